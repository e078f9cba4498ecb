"""Which replies are reminded on a day: at most two by the schedule, some days apart."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q
from django.utils import timezone

from comity.calls.models import (
    Call,
    CallState,
    Notice,
    Reminder,
    ReminderPlan,
    ReminderRound,
    Reply,
    ReplyState,
    RoundState,
)
from comity.calls.models.calls import discreet_kinds
from comity.calls.models.reminders import MOST_BY_THEMSELVES
from comity.calls.reminders.recipients import Pair, people_asked
from comity.processes.models import Process

# Whoever was told something of a call is left alone for so long.
PAUSE = timedelta(days=3)
UNANSWERED = (ReplyState.AWAITED, ReplyState.RETURNED)


def plan_of(process: Process) -> ReminderPlan:
    """Return the plan of a process; where it has said nothing, the usual one, which is no row."""
    found = ReminderPlan.objects.filter(process=process).first()
    return found or ReminderPlan(process=process)


def unanswered(now: datetime) -> list[Reply]:
    """Return the replies that may still be given and are not, each with its reminders.

    Of a discreet kind none: there to say nothing is an answer, and nobody is pressed to speak.
    """
    open_ = Q(call__state=CallState.OPEN) | Q(call__state=CallState.CLOSED, due_at__gte=now)
    reminders = Reminder.objects.select_related("round")
    rows = Reply.objects.filter(open_, state__in=UNANSWERED).select_related("call__process")
    rows = rows.exclude(call__kind__in=list(discreet_kinds))
    return list(rows.prefetch_related(Prefetch("reminders", reminders)))


def make_rounds(now: datetime) -> list[ReminderRound]:
    """Make the rounds of reminders that are due today; where the chair sees them first, they wait.

    A reply of which nobody can be reached is not in them.
    """
    today = timezone.localdate(now)
    replies = [reply for reply in unanswered(now) if _left_to_itself(reply) < MOST_BY_THEMSELVES]
    plans = _plans({reply.call.process_id for reply in replies})
    told = _lately_told(replies, today)
    due: dict[tuple[Call, int], list[Reply]] = defaultdict(list)
    for reply in replies:
        number = due_number(reply, plans.get(reply.call.process_id or 0), today)
        if number and reply.pk not in told:
            due[reply.call, number].append(reply)
    reached = people_asked({pair_of(reply) for found in due.values() for reply in found}, today)
    rounds = []
    for (call, number), found in due.items():
        if there := [reply for reply in found if pair_of(reply) in reached]:
            plan = plans.get(call.process_id or 0) or ReminderPlan()
            rounds.append(_make(call, number, there, plan, today))
    return rounds


def due_number(reply: Reply, plan: ReminderPlan | None, today: date) -> int | None:
    """Return which reminder of ``reply`` is due by the plan; none while another waits."""
    reminders = list(reply.reminders.all())
    if any(each.round.state in {RoundState.WAITING, RoundState.READY} for each in reminders):
        return None
    number = _left_to_itself(reply) + 1
    offsets = (plan or ReminderPlan()).offsets
    if number > len(offsets):
        return None
    return number if today >= due_day(reply) + timedelta(days=offsets[number - 1]) else None


def due_day(reply: Reply) -> date:
    """Return the day, here, on which a reply is due: its own, where it has more time alone."""
    return timezone.localdate(reply.due_at or reply.call.due_at)


def pair_of(reply: Reply) -> Pair:
    """Return the process and the party of a reply."""
    assert reply.call.process_id is not None
    return reply.call.process_id, reply.party_id


def _left_to_itself(reply: Reply) -> int:
    """Return how many reminders of a reply the schedule has had, dropped ones included."""
    return sum(1 for each in reply.reminders.all() if each.number is not None)


def _plans(processes: set[int | None]) -> dict[int, ReminderPlan]:
    rows = ReminderPlan.objects.filter(process__in=processes)
    return {row.process_id: row for row in rows}


def _lately_told(replies: Iterable[Reply], today: date) -> set[int]:
    """Return the replies of which somebody was told, or reminded, in the last days."""
    since = today - PAUSE
    notices = Notice.objects.filter(Q(told_on=None) | Q(told_on__gt=since))
    rows = set(notices.values_list("call", "reply"))
    found = set()
    for reply in replies:
        opened = reply.call.opened_at
        days = [each.left_on or each.round.planned_on for each in reply.reminders.all()]
        days += [timezone.localdate(opened)] if opened else []
        noticed = rows & {(reply.call_id, None), (reply.call_id, reply.pk)}
        if noticed or any(day > since for day in days):
            found.add(reply.pk)
    return found


def _make(
    call: Call, number: int, replies: list[Reply], plan: ReminderPlan, today: date
) -> ReminderRound:
    state = RoundState.WAITING if plan.chair_first else RoundState.READY
    made = ReminderRound(call=call, number=number, planned_on=today, state=state)
    made.full_clean()
    made.save()
    Reminder.objects.bulk_create(
        Reminder(reply=reply, round=made, number=number) for reply in replies
    )
    return made
