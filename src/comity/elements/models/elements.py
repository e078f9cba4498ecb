"""Elements: what one provision of an adopted text asks, of whom, until when, and how it stands."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comity.accounts.authority import SYSTEM, Actor
from comity.accounts.models import User
from comity.audit.models import Versioned
from comity.core.dates import EdgeField, FuzzyDateField
from comity.core.translated import TranslatedField, text_in
from comity.documents.models import Document
from comity.parties.models import Party
from comity.processes.models import Body, Process, Status, Theme
from comity.texts.models import Paragraph, Revision, Text

NUMBER = r"[0-9A-Za-z][0-9A-Za-z.\-]{0,19}"


class ElementStatus(models.TextChoices):
    """What became of an element so far."""

    OPEN = "open", _("open")
    CARRIED = "carried", _("carried")
    TAKEN_UP = "taken-up", _("taken up again")
    SUPERSEDED = "superseded", _("superseded")
    ELAPSED = "elapsed", _("elapsed")
    CLOSED = "closed", _("closed by the meeting")


class ElementQuerySet(models.QuerySet["Element"]):
    """The questions one asks of elements."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """Keep the elements that ``actor`` may read on that day: those of the texts they read."""
        if actor is SYSTEM:
            return self.all()
        return self.filter(text__document__in=Document.objects.visible_to(actor, on).values("pk"))

    def of_process(self, process: Process) -> Self:
        """Keep the elements of the texts of ``process``."""
        return self.filter(text__document__process=process)

    def whole(self) -> Self:
        """Read with each element what a line about it says, in a fixed number of queries."""
        return self.select_related(
            "text__document__process", "theme", "continues__text__document"
        ).prefetch_related("addressees__party__names", "addressees__body")


class Element(Versioned):
    """One provision of an adopted text, under a number that is given once and never changed."""

    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="elements")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="elements")
    paragraph = models.ForeignKey(Paragraph, on_delete=models.PROTECT, related_name="elements")
    number = models.CharField(
        _("number"),
        max_length=20,
        validators=[
            RegexValidator(
                rf"\A{NUMBER}\Z", _("Use digits, letters, points and hyphens: 4, 4a or 4.1.")
            )
        ],
    )
    order = models.PositiveIntegerField(_("order"))
    words = TranslatedField(_("words"))
    verb = models.CharField(_("verb"), max_length=20, blank=True)
    due = FuzzyDateField(_("due"), blank=True)
    due_earliest = EdgeField(of="due", edge="earliest")
    due_latest = EdgeField(of="due", edge="latest")
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="elements"
    )
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=ElementStatus,
        default=ElementStatus.OPEN,
        editable=False,
    )
    continues = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name=_("continues"),
    )

    objects = ElementQuerySet.as_manager()

    class Meta:
        verbose_name = _("element")
        ordering = ["text", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["text", "number"],
                name="element_number_once_in_text",
                violation_error_message=_("The text has an element with this number already."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=ElementStatus.values), name="element_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(continues=None) | ~Q(continues=models.F("pk")),
                name="element_does_not_continue_itself",
            ),
        ]
        indexes = [models.Index(fields=["text", "order"], name="element_in_text")]

    def __str__(self) -> str:
        return f"{self.number} {text_in(self.words)}"

    def get_absolute_url(self) -> str:
        """Return its permanent address."""
        return reverse("elements:element", args=[self.text.document.slug, self.number])

    def clean(self) -> None:
        """Refuse a paragraph of another text, and to continue what is of the same text."""
        super().clean()
        if self.paragraph.text_id != self.text_id:
            words = gettext("This paragraph belongs to another text.")
            raise ValidationError({"paragraph": words}, code="text")
        if self.continues and self.continues.text_id == self.text_id:
            words = gettext("An element continues one of an older text.")
            raise ValidationError({"continues": words}, code="text")


class AddresseeKind(models.TextChoices):
    """To whom an element speaks."""

    STATUS = "status", _("those who take part in one way")
    PARTY = "party", _("a party")
    BODY = "body", _("a body")
    SECRETARIAT = "secretariat", _("the secretariat")
    PRESIDENCY = "presidency", _("the presidency")
    ORGANISATIONS = "organisations", _("organisations")


class Addressee(models.Model):
    """One to whom an element speaks."""

    element = models.ForeignKey(Element, on_delete=models.CASCADE, related_name="addressees")
    kind = models.CharField(_("kind"), max_length=15, choices=AddresseeKind)
    status = models.CharField(_("status"), max_length=20, choices=Status, blank=True)
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("addressee")
        ordering = ["element", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind="status", party=None, body=None) & ~Q(status="")
                    | Q(kind="party", party__isnull=False, body=None, status="")
                    | Q(kind="body", party=None, body__isnull=False, status="")
                    | Q(
                        kind__in=["secretariat", "presidency", "organisations"],
                        party=None,
                        body=None,
                        status="",
                    )
                ),
                name="addressee_is_one_thing",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class ElementStep(models.Model):
    """That an element came to a status, on a day and for a reason; rows are only added."""

    element = models.ForeignKey(Element, on_delete=models.CASCADE, related_name="steps")
    status = models.CharField(max_length=12, choices=ElementStatus)
    on = models.DateField(_("day"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("step of an element")
        ordering = ["element", "on", "pk"]

    def __str__(self) -> str:
        return f"{self.element.number}: {self.get_status_display()}"
