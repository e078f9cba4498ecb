"""What pages show of reminders: which left when for which reply, and which wait for a word."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import override

from comity.accounts.authority import Actor
from comity.calls.models import Call, Reminder, ReminderRound, Reply
from comity.calls.queries.protocol import read_protocol
from comity.calls.reminders.mails import written
from comity.calls.reminders.planning import UNANSWERED
from comity.calls.reminders.telling import matters_of, reminder_words
from comity.parties.models.parties import name_of
from comity.processes.models import Process


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
    """Return the replies of ``call`` in protocol order, each with its reminders; four queries."""
    assert call.process_id is not None
    protocol = read_protocol(call.process_id, on)
    found: dict[int, Reminded] = {}
    rows: Any = call.replies.annotate(party_name=name_of("party", on)).select_related(
        "party"
    )  # Any: annotated
    for reply in rows:
        found[reply.pk] = Reminded(reply, protocol.called(reply.party_id, reply.party_name))
    for row in Reminder.objects.filter(reply__call=call).order_by("left_on", "pk"):
        if row.left_on and row.number is None:
            found[row.reply_id].by_hand.append(row.left_on)
        elif row.left_on:
            found[row.reply_id].by_itself.append(row.left_on)
    return sorted(found.values(), key=lambda row: protocol.place(row.reply.party_id, row.party))


def rounds_waiting(process: Process, reader: Actor, on: date) -> QuerySet[ReminderRound]:
    """Return the rounds of a process that wait for a word of ``reader``, each with its size."""
    rows = ReminderRound.objects.visible_to(reader, on).waiting().filter(call__process=process)
    return rows.select_related("call").annotate(size=Count("reminders")).order_by("pk")


@dataclass(frozen=True)
class Preview:
    """A reminder as its readers of one language get it."""

    language: str
    subject: str
    text: str


def preview_of(replies: list[Reply], on: date) -> list[Preview]:
    """Return the reminder of the first of ``replies`` in each language of those reminded."""
    told = list(matters_of(replies, on, reminder_words, is_reminder=True))
    if not told:
        return []
    matter = told[0][1][1]
    found = []
    for language in sorted({recipient.language for _reply, (recipient, _matter) in told}):
        with override(language):
            found.append(Preview(language, *written([matter])))
    return found
