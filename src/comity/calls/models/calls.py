"""Calls: what is asked, of whom, until when, and who reads what comes back."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.accounts.authority import SYSTEM, Actor
from comity.accounts.models import User
from comity.audit.models import Versioned
from comity.core.registry import Registry
from comity.core.translated import TranslatedField, text_in
from comity.parties.models import Party
from comity.processes.audiences import Addressed, addressed_to, presided_by
from comity.processes.models import Body, Participation, Process, Status

if TYPE_CHECKING:
    from comity.calls.models.replies import Reply


class CallState(models.TextChoices):
    """How far a call is."""

    PREPARED = "prepared", gettext_lazy("being prepared")
    OPEN = "open", gettext_lazy("open")
    CLOSED = "closed", gettext_lazy("closed")
    WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")


# In these, those who were asked see it.
ISSUED = (CallState.OPEN, CallState.CLOSED, CallState.WITHDRAWN)


class AskedBy(models.TextChoices):
    """How it is said whom a call asks."""

    STATUS = "status", gettext_lazy("how they take part")
    BODY = "body", gettext_lazy("their seat in a body")
    LIST = "list", gettext_lazy("a list")


class Release(models.TextChoices):
    """When an accepted reply goes to the audience of its call."""

    ON_CLEARANCE = "clearance", gettext_lazy("each as soon as it is cleared and accepted")
    AT_CLOSE = "close", gettext_lazy("all when the call is closed")
    NEVER = "never", gettext_lazy("never")


# Of a call of these kinds, that somebody answered says what: members do not see its board.
discreet_kinds = Registry[str]("discreet kind of call")


class CallQuerySet(models.QuerySet["Call"]):
    """The questions one asks of calls."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """Keep the calls that ``actor`` may see on that day.

        - The secretariat of the process sees all of them, and alone those being prepared.
        - A call that was opened is seen by those it asks, by members, and by the presidency.
        - Others of its audience see it once a reply was released to them.
        """
        if actor is SYSTEM:
            return self.all()
        issued = Q(state__in=ISSUED)
        released = Exists(self._replies().filter(released_at__isnull=False))
        audience = issued & addressed_to(Call, actor, on) & Q(released)
        if not isinstance(actor, User):
            return self.filter(audience)
        asked = Exists(self._replies().filter(party__in=Party.objects.of(actor, on)))
        run = Q(process__in=Process.objects.run_by(actor, on))
        return self.filter(run | (issued & (Q(asked) | knowing(actor, on))) | audience)

    def on_board_of(self, actor: Actor, on: date) -> Self:
        """Keep the calls of which ``actor`` may know who has answered and who has not.

        That is a matter of the members, the presidency and the secretariat; of a discreet kind,
        of the last two.
        """
        if actor is SYSTEM:
            return self.all()
        if not isinstance(actor, User):
            return self.none()
        run = Q(process__in=Process.objects.run_by(actor, on))
        presides = Q(process__in=presided_by(actor, on).values("process"))
        known = knowing(actor, on) & ~Q(kind__in=list(discreet_kinds))
        return self.filter(run | (Q(state__in=ISSUED) & (presides | known)))

    def _replies(self) -> models.QuerySet["Reply"]:
        from comity.calls.models.replies import Reply  # noqa: PLC0415 -- a cycle

        return Reply.objects.filter(call=OuterRef("pk"))


def knowing(actor: User, on: date, process: str = "process") -> Q:
    """Return the condition that ``actor`` may know by office who has answered a call.

    ``process`` is the path to the process that asks.
    """
    members = Participation.objects.held_by(actor, on).unless_suspended(on)
    member = members.filter(status=Status.MEMBER).values("process")
    presiding = presided_by(actor, on).values("process")
    return Q((f"{process}__in", member)) | Q((f"{process}__in", presiding))


class Call(Addressed, Versioned):
    """Something that the secretariat of a process asks of States.

    ``audience`` is who reads what was released. ``kind`` names an entry of ``calls.kinds``.
    """

    kind = models.CharField(gettext_lazy("kind"), max_length=60)
    subject = TranslatedField(gettext_lazy("subject"))
    instructions = TranslatedField(gettext_lazy("what is asked"), blank=True, default=dict)
    asked_by = models.CharField(
        gettext_lazy("who is asked"), max_length=10, choices=AskedBy, default=AskedBy.STATUS
    )
    asked_statuses = models.JSONField(default=list, blank=True)
    asked_body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_parties = models.ManyToManyField(Party, blank=True, related_name="+")
    due_at = models.DateTimeField(gettext_lazy("due"))
    release = models.CharField(
        gettext_lazy("replies are released"), max_length=10, choices=Release, default=Release.NEVER
    )
    state = models.CharField(
        gettext_lazy("state"),
        max_length=10,
        choices=CallState,
        default=CallState.PREPARED,
        editable=False,
    )
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta(Addressed.Meta):
        verbose_name = gettext_lazy("call")
        ordering = ["-due_at", "-pk"]
        constraints = [
            *Addressed.Meta.constraints,
            models.CheckConstraint(
                condition=Q(process__isnull=False),
                name="call_belongs_to_a_process",
                violation_error_message=gettext_lazy("Choose a process."),
            ),
            models.CheckConstraint(
                condition=Q(state=CallState.PREPARED, opened_at=None)
                | (Q(opened_at__isnull=False) & ~Q(state=CallState.PREPARED))
                | Q(state=CallState.WITHDRAWN),
                name="call_is_opened_once",
            ),
            models.CheckConstraint(
                condition=Q(asked_by=AskedBy.BODY, asked_body__isnull=False)
                | (~Q(asked_by=AskedBy.BODY) & Q(asked_body=None)),
                name="call_names_the_body_that_is_asked",
                violation_error_message=gettext_lazy("Choose the body whose seats are asked."),
            ),
        ]
        indexes = [models.Index(fields=["process", "state", "due_at"], name="call_by_due")]

    def __str__(self) -> str:
        return text_in(self.subject)

    def clean(self) -> None:
        """Refuse a body of another process, and a status that there is not."""
        super().clean()
        if self.asked_body and self.asked_body.process_id != self.process_id:
            raise ValidationError({"asked_body": _("This body belongs to another process.")})
        unknown = [each for each in self.asked_statuses if each not in Status.values]
        if unknown:
            words = _("“%(code)s” is not known.") % {"code": unknown[0]}
            raise ValidationError({"asked_statuses": words})


class Question(Versioned):
    """One thing asked by a call whose secretariat writes its own questions."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(gettext_lazy("order"))
    words = TranslatedField(gettext_lazy("question"))
    help = TranslatedField(gettext_lazy("explanation"), blank=True, default=dict)
    shape = models.CharField(gettext_lazy("answered by"), max_length=10)
    options = models.JSONField(gettext_lazy("choices"), default=list, blank=True)
    is_required = models.BooleanField(gettext_lazy("must be answered"), default=False)

    class Meta:
        verbose_name = gettext_lazy("question")
        ordering = ["call", "order", "pk"]

    def __str__(self) -> str:
        return text_in(self.words)
