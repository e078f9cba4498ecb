"""What pages show of reminders: which left when for which reply, and which wait for a word."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from comity.accounts.authority import Actor
from comity.calls.models import Call, Reminder, ReminderRound, Reply
from comity.calls.reminders.planning import UNANSWERED
from comity.parties.models.parties import name_of
from comity.processes.approved import read_names
from comity.processes.models import Participation, Process


@dataclass(frozen=True)
class Reminded:
    """A reply with the days on which it was reminded, by the schedule and by hand."""

    reply: Reply
    party: str
    by_itself: list[date] = field(default_factory=list)
    by_hand: list[date] = field(default_factory=list)

    @property
    def is_awaited(self) -> bool:
        """Whether the party has still to answer."""
        return self.reply.state in UNANSWERED


def reminders_of(call: Call, on: date) -> list[Reminded]:
    """Return the replies of ``call`` in protocol order, each with its reminders; five queries."""
    assert call.process_id is not None
    names = read_names(call.process_id, on)
    listed = Participation.objects.on(on).filter(process=call.process_id)
    order = dict(listed.order_by("-order").values_list("party", "order"))
    found: dict[int, Reminded] = {}
    rows: Any = call.replies.annotate(party_name=name_of("party", on))  # Any: annotated
    for reply in rows:
        called = names.called.get(reply.party_id)
        found[reply.pk] = Reminded(reply, called.name if called else reply.party_name)
    for row in Reminder.objects.filter(reply__call=call).order_by("left_on", "pk"):
        if row.left_on and row.number is None:
            found[row.reply_id].by_hand.append(row.left_on)
        elif row.left_on:
            found[row.reply_id].by_itself.append(row.left_on)
    return sorted(
        found.values(),
        key=lambda row: names.place(
            row.reply.party_id, row.party, order.get(row.reply.party_id, 0)
        ),
    )


def rounds_waiting(process: Process, reader: Actor, on: date) -> QuerySet[ReminderRound]:
    """Return the rounds of a process that wait for a word of ``reader``, each with its size."""
    rows = ReminderRound.objects.visible_to(reader, on).waiting().filter(call__process=process)
    return rows.select_related("call").annotate(size=Count("reminders")).order_by("pk")
