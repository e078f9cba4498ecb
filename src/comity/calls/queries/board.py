"""The boards: how far the replies to one call are, and to all open calls of a process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.accounts.names import names_of
from comity.calls.models import (
    Call,
    CallState,
    Reply,
    ReplyState,
    Submission,
)
from comity.calls.queries.protocol import Protocol, read_protocol
from comity.calls.queries.standing import (
    ANSWERED,
    KINDS,
    Standing,
    due_of,
    is_late,
    standing_of,
)
from comity.core.dates import day_in_words, moment_in_words
from comity.parties.models.parties import name_of
from comity.processes.models import Process
from comity.ui.table_files import TableFile

# So many open calls stand side by side, those due first; all are in the list of calls.
MOST_COLUMNS = 12


@dataclass(frozen=True)
class Line:
    """One party on the board of a call.

    ``person`` cleared the answer, or recorded it: only the secretariat is told who.
    """

    reply: Reply
    code: str
    name: str
    standing: Standing
    due_at: datetime
    submission: Submission | None
    person: str


@dataclass(frozen=True)
class Totals:
    """How many were asked, have answered, and are late."""

    asked: int = 0
    answered: int = 0
    late: int = 0


@dataclass(frozen=True)
class CallBoard:
    """All whom one call asks, in protocol order, and how many have answered.

    ``notes`` are the footnotes of their names, by mark.
    """

    lines: Sequence[Line]
    totals: Totals
    notes: Mapping[str, str]


@dataclass(frozen=True)
class Cell:
    """How far one party is with one call; ``standing`` is None where it is not asked."""

    call: Call
    standing: Standing | None


@dataclass(frozen=True)
class Row:
    """One party with its cells, in the order of the calls."""

    code: str
    name: str
    cells: Sequence[Cell]
    late: int


@dataclass(frozen=True)
class ProcessBoard:
    """Participants by open calls; ``totals`` are of the calls, in their order."""

    calls: Sequence[tuple[Call, Totals]]
    rows: Sequence[Row]
    left_out: int
    notes: Mapping[str, str]
    key: Sequence[tuple[str, str]] = field(default_factory=list)

    @property
    def late(self) -> int:
        """How many answers are late in all."""
        return sum(totals.late for _call, totals in self.calls)


def read_call_board(call: Call, on: date, now: datetime, *, with_people: bool) -> CallBoard:
    """Return the board of one call; whoever asks has asked whether its reader may know it."""
    replies = _named(Reply.objects.filter(call=call), on)
    protocol = read_protocol(call.process_id or 0, on)
    _in_order(replies, protocol)
    behind = _behind(call)
    senders = {each.sent_by_id for each in behind.values()} if with_people else set()
    people = names_of({sender for sender in senders if sender})
    lines = []
    for reply in replies:
        reply.call = call
        submission = behind.get(reply.pk)
        lines.append(
            Line(
                reply=reply,
                code=reply.party.code,
                name=reply.called,
                standing=standing_of(call, reply, now),
                due_at=due_of(call, reply),
                submission=submission,
                person=people.get(submission.sent_by_id or 0, "") if submission else "",
            )
        )
    return CallBoard(lines, _totals(call, replies, now), protocol.notes_of(replies))


def read_process_board(process: Process, actor: Actor, on: date, now: datetime) -> ProcessBoard:
    """Return who has answered which open call, in a fixed number of queries at any size."""
    known = Call.objects.on_board_of(actor, on).filter(process=process, state=CallState.OPEN)
    found = list(known.order_by("due_at", "pk"))
    calls = found[:MOST_COLUMNS]
    replies = _named(Reply.objects.filter(call__in=[call.pk for call in calls]), on)
    protocol = read_protocol(process.pk, on)
    _in_order(replies, protocol)
    by_party: dict[str, dict[int, Reply]] = {}
    by_call: dict[int, list[Reply]] = {call.pk: [] for call in calls}
    names = {}
    for reply in replies:
        by_party.setdefault(reply.party.code, {})[reply.call_id] = reply
        by_call[reply.call_id].append(reply)
        names[reply.party.code] = reply.called
    rows = []
    for code, given in by_party.items():
        cells = [
            Cell(call, standing_of(call, given[call.pk], now) if call.pk in given else None)
            for call in calls
        ]
        late = sum(bool(cell.standing and cell.standing.is_late) for cell in cells)
        rows.append(Row(code, names[code], cells, late))
    totals = [(call, _totals(call, by_call[call.pk], now)) for call in calls]
    return ProcessBoard(
        totals, rows, len(found) - len(calls), protocol.notes_of(replies), key_of_marks()
    )


def key_of_marks() -> list[tuple[str, str]]:
    """Return how each state is drawn and what it is called."""
    known = [(KINDS[state], str(state.label)) for state in ReplyState]
    return [*known, ("late", _("late"))]


def process_table(process: Process, board: ProcessBoard) -> TableFile:
    """Return the board of a process as a table to hand out."""
    heads = [f"{call} ({day_in_words(call.due_at)})" for call, _totals in board.calls]
    return TableFile(
        f"{process.slug}-calls-{timezone.localdate().isoformat()}",
        _("Who has answered"),
        [_("Party"), _("Code"), *heads],
        [
            [row.name, row.code, *(_in_cell(cell.standing) for cell in row.cells)]
            for row in board.rows
        ],
    )


def call_table(call: Call, board: CallBoard, *, with_people: bool) -> TableFile:
    """Return the board of one call as a table to hand out."""
    heads = [_("Party"), _("Code"), _("State"), _("Due"), _("Came"), _("On")]
    who = [_("Cleared or recorded by")] if with_people else []
    return TableFile(
        f"call-{call.pk}-board",
        _("Who has answered"),
        [*heads, *who],
        [
            [
                line.name,
                line.code,
                _in_cell(line.standing),
                day_in_words(line.due_at),
                line.submission.get_way_display() if line.submission else "",
                moment_in_words(line.submission.sent_at) if line.submission else "",
                *([line.person] if with_people else []),
            ]
            for line in board.lines
        ],
    )


def _in_cell(standing: Standing | None) -> str:
    if standing is None:
        return ""
    return f"{standing.words} ({standing.remark})" if standing.remark else standing.words


def _named(replies: Any, on: date) -> list[Any]:  # noqa: ANN401 -- annotated rows
    return list(replies.annotate(called=name_of("party", on)).select_related("party"))


def _in_order(replies: list[Any], protocol: Protocol) -> None:
    """Put ``replies`` in protocol order, under the names of the process."""
    replies.sort(key=lambda reply: protocol.place(reply.party_id, reply.called))
    for reply in replies:
        reply.called = protocol.called(reply.party_id, reply.called)


def _behind(call: Call) -> Mapping[int, Submission]:
    """Return by reply the answer by which its state came about: it has the same state."""
    sent = Submission.objects.filter(reply__call=call, state=F("reply__state"))
    return {each.reply_id: each for each in sent.order_by("reply", "number")}


def _totals(call: Call, replies: Sequence[Reply], now: datetime) -> Totals:
    return Totals(
        asked=len(replies),
        answered=sum(reply.state in ANSWERED for reply in replies),
        late=sum(is_late(call, reply, now) for reply in replies),
    )
