"""The calls of a process as its readers see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy

from comity.accounts.authority import Actor, may
from comity.accounts.models import User
from comity.calls.kinds import kinds
from comity.calls.models import AskedBy, Call, CallState, Reply
from comity.calls.queries.standing import ANSWERED
from comity.core.translated import text_in
from comity.processes.models import Participation, Process, Status

# In lists, what asks for work stands first.
GROUPS = {CallState.PREPARED: 0, CallState.OPEN: 1}

# Those who are asked by how they take part, in the order of the record.
PLURALS = {
    Status.MEMBER: gettext_lazy("members"),
    Status.PARTICIPANT: gettext_lazy("participants"),
    Status.OBSERVER: gettext_lazy("observers"),
    Status.INVITED: gettext_lazy("those invited"),
    Status.PARTNER: gettext_lazy("partners"),
}


@dataclass(frozen=True)
class CallLine:
    """A call in the list of a process; ``answered`` is None where its reader may not know."""

    call: Call
    asks: str
    asked: int
    answered: int | None

    @property
    def group(self) -> str:
        """Under which heading it stands."""
        state = CallState(self.call.state)
        return str(state) if state in GROUPS else str(CallState.CLOSED)


def lists_calls(actor: Actor, process: Process, on: date) -> bool:
    """Tell whether ``actor`` finds a list of calls: who takes part, runs it, or sees a call of it.

    The list itself holds only what each may see.
    """
    if may(actor, "processes.run", process):
        return True
    if isinstance(actor, User):
        held = Participation.objects.held_by(actor, on).unless_suspended(on)
        if held.filter(process=process).exists():
            return True
    return Call.objects.visible_to(actor, on).filter(process=process).exists()


def calls_in_order(actor: Actor, process: Process, on: date) -> QuerySet[Call]:
    """Return the calls that ``actor`` may see: prepared, then open by due, then the latest over."""
    group = Case(
        *(When(state=state, then=Value(place)) for state, place in GROUPS.items()),
        default=Value(len(GROUPS)),
        output_field=IntegerField(),
    )
    found = Call.objects.visible_to(actor, on).filter(process=process).annotate(place=group)
    soonest = Case(When(~Q(place=len(GROUPS)), then=F("due_at")))
    return found.order_by("place", soonest.asc(nulls_last=True), "-due_at", "-pk")


def call_lines(actor: Actor, page: Iterable[Call], on: date) -> list[CallLine]:
    """Return the lines of one page of calls, in a fixed number of queries."""
    calls = list(page)
    keys = [call.pk for call in calls]
    known = set(
        Call.objects.on_board_of(actor, on).filter(pk__in=keys).values_list("pk", flat=True)
    )
    counted: Any = Reply.objects.filter(call__in=keys).order_by().values_list("call")
    counts = {
        call: (asked, answered)
        for call, asked, answered in counted.annotate(
            asked=Count("pk"), answered=Count("pk", filter=Q(state__in=ANSWERED))
        )
    }
    lines = []
    for call in calls:
        asked, answered = counts.get(call.pk, (0, 0))
        words = text_in(call.instructions) or str(kinds[call.kind].title)
        lines.append(CallLine(call, words, asked, answered if call.pk in known else None))
    return lines


def asked_in_words(call: Call) -> list[str]:
    """Return whom ``call`` asks: statuses, a body, or those of a list."""
    match call.asked_by:
        case AskedBy.STATUS:
            return [str(PLURALS[each]) for each in PLURALS if each in call.asked_statuses]
        case AskedBy.BODY:
            return [str(call.asked_body)]
        case _:
            return [str(AskedBy.LIST.label)]
