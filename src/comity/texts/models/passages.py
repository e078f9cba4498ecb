"""Paragraphs through time, and how each stands in one revision and one language."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from comity.accounts.authority import Actor
from comity.audit.models import Versioned
from comity.texts.models.revisions import Revision, Text


class Kind(models.TextChoices):
    """What a passage is in its text."""

    TITLE = "title", _("title")
    HEADING = "heading", _("heading")
    PREAMBLE = "preamble", _("preambular paragraph")
    OPERATIVE = "operative", _("operative paragraph")
    NOTE = "note", _("note")
    SIGNATURE = "signature", _("signature")


class Standing(models.TextChoices):
    """What the words of one language are worth."""

    ORIGINAL = "original", _("original")
    OFFICIAL = "official", _("official translation")
    UNOFFICIAL = "unofficial", _("unofficial translation")


class Paragraph(models.Model):
    """A paragraph's identity: the same through all revisions, languages, places and numbers.

    ``continues`` is the paragraph from which it was split; ``joined_to`` the one that took
    its words in.
    """

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="paragraphs")
    continues = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="continued_by"
    )
    joined_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="took_in"
    )

    class Meta:
        verbose_name = _("paragraph")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"p{self.pk}"


class PassageQuerySet(models.QuerySet["Passage"]):
    """The questions one asks of passages."""

    def visible_to(self, actor: Actor, on: date | None = None) -> Self:
        """Keep the passages of revisions that ``actor`` may read on that day."""
        return self.filter(revision__in=Revision.objects.visible_to(actor, on).values("pk"))


class Passage(Versioned):
    """One paragraph as it stands in one revision: its place, level, kind and printed number."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="passages")
    paragraph = models.ForeignKey(Paragraph, on_delete=models.PROTECT, related_name="passages")
    order = models.PositiveIntegerField(_("order"), editable=False)
    level = models.PositiveSmallIntegerField(_("level"), default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.OPERATIVE)
    number = models.CharField(
        _("number"), max_length=30, blank=True, help_text=_("As printed, for instance “12 (a)”.")
    )

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = _("passage")
        ordering = ["revision", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "paragraph"], name="paragraph_once_in_revision"
            ),
            models.UniqueConstraint(
                fields=["revision", "order"], name="passages_stand_one_after_another"
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.get_kind_display())

    @property
    def anchor(self) -> str:
        """The permanent anchor of its paragraph on every page of its text."""
        return f"p{self.paragraph_id}"


class Wording(Versioned):
    """The words of a passage in one language: plain text, lines but no marks."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(_("language"), max_length=10)
    words = models.TextField(_("words"))
    standing = models.CharField(
        _("standing"), max_length=10, choices=Standing, default=Standing.UNOFFICIAL
    )
    is_behind = models.BooleanField(_("behind its original"), default=False, editable=False)

    class Meta:
        verbose_name = _("wording")
        ordering = ["passage", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "language"], name="wording_once_in_language"
            ),
        ]

    def __str__(self) -> str:
        return self.words[:80]
