"""Reminders: when they leave, which left for which reply, and what else those asked are told."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.accounts.authority import SYSTEM, Actor
from comity.accounts.models import User
from comity.audit.models import Versioned
from comity.calls.models.calls import Call
from comity.calls.models.replies import Reply
from comity.processes.audiences import presided_by
from comity.processes.models import Process

# Of one reply: whatever a schedule says, no third leaves by itself.
MOST_BY_THEMSELVES = 2
MOST_DAYS = 180


class When(models.TextChoices):
    """On which side of the due day a reminder leaves."""

    BEFORE = "before", gettext_lazy("before it is due")
    AFTER = "after", gettext_lazy("after it was due")


class ReminderPlan(Versioned):
    """When the reminders of a process leave by themselves, and whether its chair sees them first.

    A process without a row of its own has the plan that stands here as the default.
    """

    process = models.OneToOneField(Process, on_delete=models.CASCADE, related_name="reminder_plan")
    first_days = models.PositiveSmallIntegerField(
        gettext_lazy("first reminder, days"),
        null=True,
        blank=True,
        default=7,
        validators=[MaxValueValidator(MOST_DAYS)],
    )
    first_when = models.CharField(
        gettext_lazy("first reminder"), max_length=10, choices=When, default=When.BEFORE
    )
    second_days = models.PositiveSmallIntegerField(
        gettext_lazy("second reminder, days"),
        null=True,
        blank=True,
        default=3,
        validators=[MaxValueValidator(MOST_DAYS)],
    )
    second_when = models.CharField(
        gettext_lazy("second reminder"), max_length=10, choices=When, default=When.AFTER
    )
    chair_first = models.BooleanField(gettext_lazy("the chair sees reminders first"), default=False)
    leaves_after_days = models.PositiveSmallIntegerField(
        gettext_lazy("leaves without a word after days"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_DAYS)],
    )

    class Meta:
        verbose_name = gettext_lazy("schedule of reminders")
        ordering = ["process"]
        constraints = [
            models.CheckConstraint(
                condition=Q(second_days=None) | Q(first_days__isnull=False),
                name="reminder_plan_first_before_second",
                violation_error_message=gettext_lazy("Say when the first reminder leaves."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.process)

    def clean(self) -> None:
        """Refuse a second reminder that would leave on the day of the first or earlier."""
        offsets = self.offsets
        if len(offsets) == MOST_BY_THEMSELVES and offsets[0] >= offsets[1]:
            words = _("The second reminder leaves after the first.")
            raise ValidationError({"second_days": words}, code="order")

    @property
    def offsets(self) -> list[int]:
        """The days on which reminders leave, counted from the due day."""
        found = [(self.first_days, self.first_when), (self.second_days, self.second_when)]
        return [days if when == When.AFTER else -days for days, when in found if days is not None]


class RoundState(models.TextChoices):
    """What became of reminders that leave together."""

    WAITING = "waiting", gettext_lazy("waits for a word")
    READY = "ready", gettext_lazy("leaves with the next mail of the day")
    LEFT = "left", gettext_lazy("has left")
    DROPPED = "dropped", gettext_lazy("does not leave")


class RoundQuerySet(models.QuerySet["ReminderRound"]):
    """The questions one asks of reminders that leave together."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """Keep the rounds that ``actor`` may see that day: the secretariat and the presidency."""
        if actor is SYSTEM:
            return self.all()
        if not isinstance(actor, User):
            return self.none()
        run = Q(call__process__in=Process.objects.run_by(actor, on))
        return self.filter(run | Q(call__process__in=presided_by(actor, on).values("process")))

    def waiting(self) -> Self:
        """Keep those that wait for a word of the chair or the secretariat."""
        return self.filter(state=RoundState.WAITING)


class ReminderRound(Versioned):
    """The reminders of one call that leave together; without a number they are sent by hand."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(null=True, editable=False)
    planned_on = models.DateField()
    state = models.CharField(max_length=10, choices=RoundState, default=RoundState.WAITING)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    left_on = models.DateField(null=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("round of reminders")
        ordering = ["-planned_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "number", "planned_on"], name="round_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(number=None) | Q(number__range=(1, MOST_BY_THEMSELVES)),
                name="round_at_most_two_by_themselves",
            ),
            models.CheckConstraint(
                condition=Q(state=RoundState.LEFT, left_on__isnull=False)
                | (~Q(state=RoundState.LEFT) & Q(left_on=None)),
                name="round_that_left_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} ({self.planned_on})"


class Reminder(models.Model):
    """One reminder of one reply: its number where it leaves by itself, and the day it left.

    It has no day while it waits, and never gets one where nobody was left to remind.
    """

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="reminders")
    round = models.ForeignKey(ReminderRound, on_delete=models.CASCADE, related_name="reminders")
    number = models.PositiveSmallIntegerField(null=True)
    left_on = models.DateField(null=True)

    class Meta:
        verbose_name = gettext_lazy("reminder")
        ordering = ["reply", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "number"], name="reminder_once_by_number"),
            models.UniqueConstraint(fields=["reply", "left_on"], name="reminder_once_a_day"),
            models.CheckConstraint(
                condition=Q(number=None) | Q(number__range=(1, MOST_BY_THEMSELVES)),
                name="reminder_at_most_two_by_themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reply} ({self.left_on})"


class News(models.TextChoices):
    """What those who are asked are told with the mail of the day."""

    EXTENDED = "extended", gettext_lazy("more time")
    RETURNED = "returned", gettext_lazy("returned")
    REOPENED = "reopened", gettext_lazy("open again")
    WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")


class Notice(models.Model):
    """Something that happened to a call, or to one reply, of which those asked are told once."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="notices")
    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, null=True, related_name="notices")
    news = models.CharField(max_length=10, choices=News)
    at = models.DateTimeField(default=timezone.now)
    told_on = models.DateField(null=True)

    class Meta:
        verbose_name = gettext_lazy("news of a call")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["told_on"], name="notice_not_told", condition=Q(told_on=None))
        ]

    def __str__(self) -> str:
        return f"{self.call} ({self.news})"


class MailDay(models.Model):
    """A day whose mail has left: with this row, in one transaction, or not at all."""

    on = models.DateField(unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    mails = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = gettext_lazy("mail of a day")
        ordering = ["-on"]

    def __str__(self) -> str:
        return f"{self.on}"
