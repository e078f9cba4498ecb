"""What can be done with reminders, and the mail of a day that carries them."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.accounts.models import User
from comity.audit.services import lock_version, record, record_creation, save_change
from comity.calls.models import (
    Call,
    CallState,
    MailDay,
    Reminder,
    ReminderPlan,
    ReminderRound,
    Reply,
    RoundState,
    When,
)
from comity.calls.models.calls import discreet_kinds
from comity.calls.reminders.mails import daily_sources, post_together
from comity.calls.reminders.planning import UNANSWERED, pair_of
from comity.calls.reminders.recipients import people_asked
from comity.calls.reminders.telling import leave
from comity.calls.services.steps import lock_call, refuse_unless
from comity.processes.models import Process

DAILY = "mail.of_the_day"


@dataclass(frozen=True)
class PlanFacts:
    """When reminders leave by themselves; without days, none does."""

    first_days: int | None = 7
    first_when: When = When.BEFORE
    second_days: int | None = 3
    second_when: When = When.AFTER
    chair_first: bool = False
    leaves_after_days: int | None = None


@transaction.atomic
def set_plan(*, process: Process, facts: PlanFacts, version: int, by: Actor) -> ReminderPlan:
    """Set when the reminders of a process leave; ``version`` is 0 for the first time.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: the second would not leave after the first, or a value is wrong.
    """
    require(by, "processes.run", process)
    known = ReminderPlan.objects.filter(process=process).first()
    if known is None:
        plan = ReminderPlan(process=process, **vars(facts))
        plan.full_clean()
        plan.save()
        record_creation(plan, action="reminders.planned", by=by)
        return plan
    current = lock_version(known, version, yours=vars(facts))
    save_change(current, vars(facts), action="reminders.planned", by=by)
    return current


def let_leave(
    *, row: ReminderRound, version: int, by: Actor, now: datetime | None = None
) -> ReminderRound:
    """Say that a round of reminders may leave: it does with the next mail of the day.

    Raises:
        PermissionDenied: ``by`` is neither of the secretariat nor of the presidency.
        EditConflict: somebody decided after ``version``.
        ValidationError: the round does not wait any more.
    """
    return _decide(row, RoundState.READY, "reminders.let_leave", version=version, by=by, now=now)


def drop_round(
    *, row: ReminderRound, version: int, by: Actor, now: datetime | None = None
) -> ReminderRound:
    """Say that a round of reminders does not leave; it counts as one of the two all the same.

    Raises:
        PermissionDenied: ``by`` is neither of the secretariat nor of the presidency.
        EditConflict: somebody decided after ``version``.
        ValidationError: the round does not wait any more.
    """
    return _decide(row, RoundState.DROPPED, "reminders.dropped", version=version, by=by, now=now)


@transaction.atomic
def remind_by_hand(*, call: Call, by: Actor, now: datetime | None = None) -> ReminderRound:
    """Remind at once, and politely, those who have not answered and can be reached.

    It does not count as one of the two that leave by themselves, but puts them off. Who was
    reminded today is not reminded again.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: the call is not open, or nobody is left to remind today.
    """
    require(by, "calls.run", call)
    moment = now or timezone.now()
    current = lock_call(call)
    refuse_unless(current, [CallState.OPEN], _("This call is not open."))
    replies = remindable(current, moment)
    if not replies:
        raise ValidationError(_("Nobody is left to remind today."), code="nobody")
    today = timezone.localdate(moment)
    row = ReminderRound(
        call=current,
        planned_on=today,
        state=RoundState.READY,
        decided_by=by if isinstance(by, User) else None,
        decided_at=moment,
    )
    row.full_clean()
    row.save()
    reminders = Reminder.objects.bulk_create(Reminder(reply=each, round=row) for each in replies)
    told = leave(row, reminders, today, moment)
    record(by, "reminders.sent_by_hand", current, after={"parties": [e.party for e in replies]})
    post_together(told, cause="reminders.sent_by_hand", key=f"reminder:{row.pk}", about=current)
    return row


def remindable(call: Call, now: datetime) -> list[Reply]:
    """Return the replies of ``call`` that can be reminded today: open, not given, not reminded.

    Of a discreet kind none: see ``unanswered``.
    """
    if call.kind in discreet_kinds:
        return []
    today = timezone.localdate(now)
    rows = call.replies.filter(state__in=UNANSWERED).exclude(reminders__left_on=today)
    replies = list(rows.select_related("party"))
    for reply in replies:
        reply.call = call
    reached = people_asked({pair_of(reply) for reply in replies}, today)
    return [reply for reply in replies if pair_of(reply) in reached]


@transaction.atomic
def send_daily_mail(*, now: datetime) -> int:
    """Keep the mail of the day, one to each person with all that is due; return how many.

    The day is marked in the same transaction: run twice, it finds the day done and does
    nothing; killed in between, nothing of it was done.
    """
    today = timezone.localdate(now)
    day, is_new = MailDay.objects.get_or_create(on=today)
    if not is_new:
        return 0
    told = [one for source in daily_sources for one in source(now)]
    day.mails = post_together(told, cause=DAILY, key=f"{DAILY}:{today}")
    day.save(update_fields=["mails"])
    return day.mails


@transaction.atomic
def _decide(
    row: ReminderRound,
    state: RoundState,
    action: str,
    *,
    version: int,
    by: Actor,
    now: datetime | None,
) -> ReminderRound:
    require(by, "calls.decide_reminders", row)
    current = lock_version(row, version)
    if current.state != RoundState.WAITING:
        raise ValidationError(_("This does not wait for a word any more."), code="state")
    changes = {
        "state": state,
        "decided_by": by if isinstance(by, User) else None,
        "decided_at": now or timezone.now(),
    }
    save_change(current, changes, action=action, by=by)
    return current
