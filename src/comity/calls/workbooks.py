"""The answer to a call as a workbook: the file we hand out is the file we read back.

Each question is a row, and its answer a cell of the right shape; where any of several may be
chosen, each choice is a row of yes and no. The secretariat's workbook for a party that only
uses mail is the same, and never holds what the party drafts.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import IO, Final, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import override

from comity.accounts.models import User
from comity.calls.fields import Field, Shape, Value
from comity.calls.kinds import check_values, fields_of
from comity.calls.models import Entry, Reply, Way
from comity.calls.queries.answers import ministry_of, say
from comity.calls.services import record_answer, save_entries
from comity.calls.services.steps import refuse_shut
from comity.core.translated import text_in
from comity.office.plans import Plan, Shown, Step, StepKind, in_order
from comity.office.problems import Problem
from comity.office.workbook_reading import read_workbook
from comity.office.workbooks import Column, ColumnKind, Sheet, SheetRow, Workbook
from comity.office.workbooks import Value as Cell
from comity.parties.models import Ministry
from comity.store.models import StoredFile

KIND: Final = "answer"
ANSWER: Final = "answer"
CHOICE: Final = ":"
KINDS: Final = {
    Shape.NUMBER: ColumnKind.NUMBER,
    Shape.DAY: ColumnKind.DATE,
    Shape.YES_NO: ColumnKind.BOOLEAN,
    Shape.CHOICE: ColumnKind.CHOICE,
    Shape.CHOICES: ColumnKind.BOOLEAN,
}
in_its_language = lazy(text_in, str)


def answer_workbook(reply: Reply, entries: Mapping[str, Entry]) -> Workbook:
    """Return the workbook in which a party answers; ``entries`` are those of its draft, or none."""
    asked = fields_of(reply.call, reply.party)
    options = _options(reply) if any(each.options for each in asked.values()) else {}
    answer = Column(ANSWER, _("Answer"), width=60, wraps=True)
    columns = [
        Column("question", _("Question"), width=50, locked=True, wraps=True),
        Column("how", _("How to answer"), width=34, locked=True, wraps=True),
        answer,
    ]
    rows = [
        row
        for number, each in enumerate(asked.values(), start=1)
        for row in _rows(number, each, entries.get(each.key), answer, options)
    ]
    sheet = Sheet(KIND, _("Answer"), columns, rows)
    return Workbook(KIND, f"{reply.call_id}:{reply.party.code}", [sheet])


def plan_answer(
    reply: Reply, stream: IO[bytes], *, name: str, by: User, now: datetime | None = None
) -> Plan:
    """Return what a workbook would write into the draft of ``by``'s own party."""
    moment = now or timezone.now()
    if refused := _shut(reply, name, moment):
        return refused
    drafted = Entry.objects.visible_to(by, timezone.localdate(moment)).filter(reply=reply)
    entries = {entry.key: entry for entry in drafted}
    pk = ministry_of(by, reply, moment)
    ministry = Ministry.objects.get(pk=pk) if pk else None
    filled = _Filled.read(reply, answer_workbook(reply, entries), stream, name)
    steps = []
    for key, (_row, value) in filled.values.items():
        entry = entries.get(key)
        if _is_same(filled.asked[key], value, entry.value if entry else None):
            continue
        do = _writing(reply, key, value, entry, by=by, ministry=ministry)
        steps.append(filled.step(key, entry, do))
    return Plan(name, steps, len(filled.asked) - len(steps), filled.problems)


def plan_recorded(
    reply: Reply,
    stream: IO[bytes],
    *,
    name: str,
    by: User,
    way: Way,
    note: str = "",
    scan: StoredFile | None = None,
) -> Plan:
    """Return what the secretariat would record from a workbook that came for a party."""
    if refused := _shut(reply, name, timezone.now()):
        return refused
    filled = _Filled.read(reply, answer_workbook(reply, {}), stream, name)
    values = {key: value for key, (_row, value) in filled.values.items()}
    problems = [*filled.problems, *filled.wrong()]
    if not problems and not any(filled.is_said(key) for key in values):
        problems = [Problem(name, "", 0, "", _("Nothing is filled in."))]
    if problems:
        return Plan(name, [], 0, in_order(problems))

    def do() -> object:
        return record_answer(reply=reply, values=values, way=way, by=by, note=note, scan=scan)

    shown = [
        Shown(filled.asked[key].label, "", say(filled.asked[key], cast("Value", value)))
        for key, value in values.items()
        if filled.is_said(key)
    ]
    first = min(row.number for row, _value in filled.values.values())
    step = Step(StepKind.ADDED, str(reply.call), filled.sheet.title, first, shown, do)
    return Plan(name, [step])


@dataclass
class _Filled:
    """What stands in a workbook that came back, by field, with the row of each."""

    file: str
    asked: dict[str, Field]
    sheet: Sheet
    values: dict[str, tuple[SheetRow, object]]
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def read(cls, reply: Reply, expected: Workbook, stream: IO[bytes], name: str) -> "_Filled":
        found = read_workbook(stream, expected, name=name)
        asked = fields_of(reply.call, reply.party)
        values: dict[str, tuple[SheetRow, object]] = {}
        unreadable = {row.key.partition(CHOICE)[0] for row in found.faulty(KIND)}
        for row in found.fine(KIND):
            key, _sign, code = row.key.partition(CHOICE)
            if key in unreadable:
                continue
            if not code:
                values[key] = (row, row.values[ANSWER])
                continue
            first, chosen = values.setdefault(key, (row, []))
            values[key] = (
                first,
                [*cast("list[str]", chosen), *([code] * bool(row.values[ANSWER]))],
            )
        return cls(name, asked, expected.sheets[0], values, found.problems)

    def is_said(self, key: str) -> bool:
        return self.values[key][1] not in (None, "", [])

    def wrong(self) -> list[Problem]:
        """Return all that keeps what can be read from being an answer, each at its row."""
        errors: dict[str, list[str]] = {}
        for key, (_row, value) in self.values.items():
            try:
                check_values({key: self.asked[key]}, {key: value})
            except ValidationError as error:
                errors |= error.message_dict
        return [
            Problem(self.file, self.sheet.title, self.values[key][0].number, _("Answer"), sentence)
            for key, sentences in errors.items()
            for sentence in sentences
        ]

    def step(self, key: str, entry: Entry | None, do: Callable[[], object]) -> Step:
        """Return what is done for one field, in words: it is added where nothing stood."""
        row, value = self.values[key]
        asked = self.asked[key]
        before = say(asked, entry.value) if entry else ""
        try:
            after = say(asked, asked.plain(value))
        except ValidationError:  # the rehearsal says what is wrong with it
            after = str(value)
        return Step(
            StepKind.CHANGED if before else StepKind.ADDED,
            asked.label,
            self.sheet.title,
            row.number,
            [Shown(_("Answer"), before, after)],
            do,
            {key: _("Answer")},
        )


def _writing(
    reply: Reply,
    key: str,
    value: object,
    entry: Entry | None,
    *,
    by: User,
    ministry: Ministry | None,
) -> Callable[[], object]:
    """Return what writes one field of the draft, as the page would."""
    seen = {key: entry.version} if entry else {}
    return lambda: save_entries(
        reply=reply, values={key: value}, seen=seen, by=by, ministry=ministry
    )


def _shut(reply: Reply, name: str, now: datetime) -> Plan | None:
    """Return the refusal of a workbook that comes after the close, or none."""
    try:
        refuse_shut(reply, now)
    except ValidationError as error:
        return Plan(name, problems=[Problem(name, "", 0, "", error.messages[0])])
    return None


def _is_same(asked: Field, value: object, stored: Value) -> bool:
    try:
        return asked.plain(value) == stored
    except ValidationError:
        return False


def _rows(
    number: int,
    asked: Field,
    entry: Entry | None,
    answer: Column,
    options: Mapping[str, Mapping[str, str | Promise]],
) -> Iterator[SheetRow]:
    """Yield the row of a field; for any of several, a row for each choice."""
    version, value = (entry.version, entry.value) if entry else (0, None)
    words = options.get(asked.key, {})
    cell = replace(answer, kind=KINDS.get(asked.shape, ColumnKind.TEXT))
    if asked.shape == Shape.CHOICE:
        cell = replace(cell, choices=words)
    rows: dict[str, tuple[str, Cell]] = {asked.key: (asked.label, cast("Cell", value))}
    if asked.shape == Shape.CHOICES:
        chosen = value or []
        rows = {
            f"{asked.key}{CHOICE}{code}": (f"{asked.label} – {label}", code in chosen or None)
            for code, label in asked.options
        }
    for key, (label, said) in rows.items():
        shown = {"question": f"{number}. {label}", "how": _how(asked), ANSWER: said}
        yield SheetRow(key, version, shown, name=label, cells={ANSWER: cell})


def _how(asked: Field) -> str:
    """Return how a field is answered, with what is explained of it."""
    ways = {
        Shape.LINE: _("One line."),
        Shape.TEXT: _("A text."),
        Shape.NUMBER: _("A number."),
        Shape.DAY: _("A day, as in 2026-05-28."),
        Shape.YES_NO: _("Yes or no, from the list."),
        Shape.CHOICE: _("One from the list."),
        Shape.CHOICES: _("Yes where it applies."),
    }
    needed = _("This must be answered.") if asked.is_required else ""
    return "\n".join(each for each in (ways[asked.shape], needed, asked.help) if each)


def _options(reply: Reply) -> dict[str, dict[str, str | Promise]]:
    """Return the choices of each field, in words that wait for the language of the file."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            for each in fields_of(reply.call, reply.party).values():
                for code, words in each.options:
                    found.setdefault(each.key, {}).setdefault(code, {})[language] = str(words)
    return {
        key: {code: in_its_language(words) for code, words in options.items()}
        for key, options in found.items()
    }
