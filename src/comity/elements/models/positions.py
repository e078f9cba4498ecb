"""Positions: what one State says of an adopted text, or of a paragraph of it."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comity.accounts.authority import SYSTEM, Actor
from comity.accounts.models import User
from comity.audit.models import Versioned
from comity.calls.models import RECORDED, Way
from comity.core.translated import TranslatedField
from comity.documents.models import Document
from comity.parties.models import Party
from comity.texts.models import Paragraph, Text


class PositionKind(models.TextChoices):
    """What a State says of an adopted text."""

    RESERVATION = "reservation", _("reservation")
    EXPLANATION = "explanation", _("explanation of position")
    DISSOCIATION = "dissociation", _("dissociation")


class PositionQuerySet(models.QuerySet["Position"]):
    """The questions one asks of positions."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """Keep the positions on the texts that ``actor`` may read: they stand wherever it does."""
        if actor is SYSTEM:
            return self.all()
        return self.filter(text__document__in=Document.objects.visible_to(actor, on).values("pk"))

    def holding(self) -> Self:
        """Keep what was not withdrawn."""
        return self.filter(withdrawn_on=None)

    def about(self, text: Text, paragraph: int) -> Self:
        """Keep what is said of ``text`` as a whole or of that paragraph."""
        return self.filter(Q(paragraph=None) | Q(paragraph=paragraph), text=text)


class Position(Versioned):
    """What a party says of an adopted text as a whole, or of one paragraph of it.

    It is written in the party's own language; translations are unofficial. It is withdrawn with
    a date, and never removed.
    """

    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="positions")
    paragraph = models.ForeignKey(
        Paragraph, on_delete=models.PROTECT, null=True, blank=True, related_name="positions"
    )
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="positions")
    kind = models.CharField(_("kind"), max_length=20, choices=PositionKind)
    language = models.CharField(_("language"), max_length=10)
    words = models.TextField(_("words"))
    translations = TranslatedField(_("unofficial translations"), blank=True, default=dict)
    way = models.CharField(_("how it came"), max_length=10, choices=Way, default=Way.ONLINE)
    note = models.CharField(_("note"), max_length=300, blank=True)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        ordering = ["text", "pk"]
        indexes = [models.Index(fields=["text", "paragraph"], name="position_of_paragraph")]

    def __str__(self) -> str:
        return f"{self.party} – {self.get_kind_display()}"

    def clean(self) -> None:
        """Refuse a paragraph of another text."""
        super().clean()
        if self.paragraph and self.paragraph.text_id != self.text_id:
            words = gettext("This paragraph belongs to another text.")
            raise ValidationError({"paragraph": words}, code="text")

    @property
    def is_recorded(self) -> bool:
        """Whether the secretariat entered it for the party."""
        return self.way in RECORDED
