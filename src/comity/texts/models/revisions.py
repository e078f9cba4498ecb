"""Texts and their revisions, and who reads which."""

from datetime import date
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.accounts.authority import SYSTEM, Actor
from comity.accounts.models import User
from comity.audit.models import Versioned
from comity.core.translated import TranslatedField, text_in
from comity.documents.models import Document
from comity.processes.models import Process
from comity.texts.gates import within_gates


class RevisionState(models.TextChoices):
    """How far a revision is."""

    DRAFT = "draft", gettext_lazy("draft")
    CIRCULATED = "circulated", gettext_lazy("circulated")
    FINAL = "final", gettext_lazy("final")


# In these the words never change again.
FROZEN = (RevisionState.CIRCULATED, RevisionState.FINAL)


class TextQuerySet(models.QuerySet["Text"]):
    """The questions one asks of texts."""

    def visible_to(self, actor: Actor, on: date | None = None) -> Self:
        """Keep the texts that ``actor`` may know of: one of their revisions is theirs to read.

        The secretariat of the process knows of all its texts.
        """
        if actor is SYSTEM:
            return self.all()
        day = on or timezone.localdate()
        read = Revision.objects.visible_to(actor, day).filter(text=OuterRef("pk"))
        run = Process.objects.run_by(actor, day)
        return self.filter(Q(Exists(read)) | Q(document__process__in=run))


class Text(Versioned):
    """The words of a document, kept here: paragraph by paragraph and language by language."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="text")
    languages = models.JSONField(gettext_lazy("languages"), default=list)
    original = models.CharField(gettext_lazy("original language"), max_length=10)

    objects = TextQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("text")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.document)

    def get_absolute_url(self) -> str:
        """Return the address of the page on which its latest revision is read."""
        return reverse("texts:text", args=[self.document.slug])

    def clean(self) -> None:
        """Refuse languages that are not known or said twice, and an original that is not one."""
        super().clean()
        unknown = [code for code in self.languages if code not in settings.CONTENT_LANGUAGES]
        if unknown:
            words = _("Unknown language: %(codes)s.") % {"codes": ", ".join(unknown)}
            raise ValidationError({"languages": words}, code="language")
        if len(set(self.languages)) != len(self.languages):
            raise ValidationError({"languages": _("Name each language once.")}, code="twice")
        if self.original not in self.languages:
            words = _("The original is in one of the languages of the text.")
            raise ValidationError({"original": words}, code="original")

    @property
    def in_order(self) -> list[str]:
        """The languages, the original first."""
        return [self.original, *(code for code in self.languages if code != self.original)]


class RevisionQuerySet(models.QuerySet["Revision"]):
    """The questions one asks of revisions."""

    def visible_to(self, actor: Actor, on: date | None = None) -> Self:
        """Keep the revisions that ``actor`` may read on that day, today unless another is given.

        - A draft is read by the secretariat of its process alone.
        - A circulated or final revision is read by the audience of its document, as far as
          every gate of ``texts.gates`` lets them.
        """
        if actor is SYSTEM:
            return self.all()
        day = on or timezone.localdate()
        run = Q(text__document__process__in=Process.objects.run_by(actor, day))
        readable = Document.objects.visible_to(actor, day).values("pk")
        out = Q(state__in=FROZEN, text__document__in=readable)
        return self.filter(run | (out & within_gates(actor, day)))

    def latest_first(self) -> Self:
        """Order by number, the newest first."""
        return self.order_by("-number")


class Revision(Versioned):
    """One state of a text, whole: Rev. 1, Rev. 2, the adopted words."""

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField(gettext_lazy("number"))
    label = TranslatedField(gettext_lazy("label"), blank=True, default=dict)
    state = models.CharField(
        gettext_lazy("state"),
        max_length=10,
        choices=RevisionState,
        default=RevisionState.DRAFT,
        editable=False,
    )
    based_on = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("revision")
        ordering = ["text", "number"]
        constraints = [
            models.UniqueConstraint(fields=["text", "number"], name="revision_number_once_in_text"),
            models.UniqueConstraint(
                fields=["text"],
                condition=Q(state=RevisionState.DRAFT),
                name="text_has_one_draft_at_a_time",
                violation_error_message=gettext_lazy("A draft of this text is being written."),
            ),
            models.CheckConstraint(
                condition=Q(state=RevisionState.DRAFT, frozen_at=None)
                | (~Q(state=RevisionState.DRAFT) & Q(frozen_at__isnull=False)),
                name="revision_is_frozen_when_it_is_out",
            ),
        ]

    def __str__(self) -> str:
        return text_in(self.label) or _("Revision %(number)d") % {"number": self.number}

    def get_absolute_url(self) -> str:
        """Return the address of the page on which this revision is read."""
        return reverse("texts:revision", args=[self.text.document.slug, self.number])

    @property
    def is_frozen(self) -> bool:
        """Whether its words can no longer change."""
        return self.frozen_at is not None
