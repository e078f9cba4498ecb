"""Adoptions: by which rule a process adopts, and what became of each attempt."""

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
from comity.calls.models import Call
from comity.documents.models import Document
from comity.processes.audiences import presided_by
from comity.processes.models import Meeting, Participation, Process, Status
from comity.texts.models import Revision, Text


class AdoptionWay(models.TextChoices):
    """How a text is adopted."""

    ROOM = "room", _("in the room")
    WRITTEN = "written", _("by written procedure")
    SILENCE = "silence", _("by silence")


class AdoptionState(models.TextChoices):
    """How far an adoption is."""

    OPEN = "open", _("under way")
    ADOPTED = "adopted", _("adopted")
    BROKEN = "broken", _("silence broken")
    ENDED = "ended", _("ended without adoption")


class NamedTo(models.TextChoices):
    """Who is told which State objected; the presidency and the secretariat always are."""

    CHAIR = "chair", _("the presidency")
    COMMITTEE = "committee", _("the presidency and the drafting committee")
    MEMBERS = "members", _("the members")


def _in_the_room() -> list[str]:
    return [AdoptionWay.ROOM.value]


class AdoptionRule(Versioned):
    """By which rule a process adopts its texts; one that wrote none has the rule of this class."""

    process = models.OneToOneField(Process, on_delete=models.CASCADE, related_name="adoption_rule")
    ways = models.JSONField(_("texts are adopted"), default=_in_the_room)
    needs_consensus = models.BooleanField(
        _("the presidency states that all members agree"), default=True
    )
    objectors_named_to = models.CharField(
        _("who objected is told to"), max_length=10, choices=NamedTo, default=NamedTo.COMMITTEE
    )
    least_days = models.PositiveSmallIntegerField(_("silence lasts at least, in days"), default=7)
    most_extensions = models.PositiveSmallIntegerField(
        _("a silence is extended at most, in times"), default=1
    )

    class Meta:
        verbose_name = _("rule of adoption")

    def __str__(self) -> str:
        return str(self.process)

    def clean(self) -> None:
        """Refuse a way that there is not, and to adopt in no way at all."""
        super().clean()
        if not self.ways or not set(self.ways) <= set(AdoptionWay.values):
            raise ValidationError({"ways": gettext("Choose from the list.")}, code="way")


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    """The questions one asks of adoptions."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """Keep the adoptions that ``actor`` may know of on that day.

        - The secretariat of the process, its presidency and its members know of each.
        - Whoever may read the text knows that and how it was adopted.
        """
        if actor is SYSTEM:
            return self.all()
        read = Document.objects.visible_to(actor, on).values("pk")
        adopted = Q(state=AdoptionState.ADOPTED, text__document__in=read)
        if not isinstance(actor, User):
            return self.filter(adopted)
        taking_part = Participation.objects.held_by(actor, on).unless_suspended(on)
        knowing = (
            Q(text__document__process__in=Process.objects.run_by(actor, on))
            | Q(text__document__process__in=presided_by(actor, on).values("process"))
            | Q(
                text__document__process__in=taking_part.filter(status=Status.MEMBER).values(
                    "process"
                )
            )
        )
        return self.filter(adopted | Q(knowing, text__document__in=read))


class Adoption(Versioned):
    """One attempt to adopt a revision of a text.

    ``due_at`` is the moment until which silence is kept: the call has the same, but this one
    decides. ``comments`` is the call before the one that asks to confirm, in writing.
    """

    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="adoptions")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="adoptions")
    way = models.CharField(_("way"), max_length=10, choices=AdoptionWay)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=AdoptionState,
        default=AdoptionState.OPEN,
        editable=False,
    )
    call = models.OneToOneField(
        Call, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    comments = models.OneToOneField(
        Call, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    extensions = models.PositiveSmallIntegerField(default=0)
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    record = models.OneToOneField(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("adoption")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["text"],
                condition=Q(state="adopted"),
                name="adoption_of_a_text_once",
                violation_error_message=_("This text is adopted already."),
            ),
            models.UniqueConstraint(
                fields=["text"],
                condition=Q(state="open"),
                name="adoption_one_at_a_time",
                violation_error_message=_("An adoption of this text is under way."),
            ),
            models.CheckConstraint(
                condition=Q(state="adopted", adopted_on__isnull=False, record__isnull=False)
                | (~Q(state="adopted") & Q(adopted_on=None, record=None)),
                name="adoption_has_day_and_record_once_adopted",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="adoption_by_due")]

    def __str__(self) -> str:
        return f"{self.text} ({self.get_way_display()})"

    def clean(self) -> None:
        """Refuse a revision of another text."""
        super().clean()
        if self.revision.text_id != self.text_id:
            raise ValidationError(
                {"revision": gettext("This revision belongs to another text.")}, code="text"
            )

    @property
    def is_over(self) -> bool:
        """Whether nothing more is asked by it."""
        return self.state != AdoptionState.OPEN

    @property
    def is_adopted(self) -> bool:
        """Whether the text was adopted by it."""
        return self.state == AdoptionState.ADOPTED


class Consensus(models.Model):
    """That the presidency found all members agreed on a revision."""

    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="consensus")
    stated_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    stated_at = models.DateTimeField()
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("statement of consensus")

    def __str__(self) -> str:
        return str(self.revision)
