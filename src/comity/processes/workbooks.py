"""The participants of a process as a workbook: the file we hand out is the file we read back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import IO, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.core.dates import parse_date
from comity.office.plans import Plan, Shown, Step, StepKind, in_order, show_changes
from comity.office.problems import Problem
from comity.office.workbook_reading import read_workbook
from comity.office.workbooks import (
    Change,
    Column,
    ColumnKind,
    Sheet,
    SheetRow,
    Value,
    Workbook,
    changes,
)
from comity.parties.models import Party
from comity.parties.models.parties import name_of
from comity.processes.models import Participation, Process, Status
from comity.processes.services import (
    ParticipationFacts,
    add_participation,
    change_participation,
    end_participation,
)

KIND: Final = "participants"
ROLES: Final = ("is_origin", "is_transit", "is_destination")
MOST_ORDER: Final = 32767


def columns_of_participants() -> list[Column]:
    """Return what is asked of each participant, in the reader's language."""
    code = _("A State has its ISO 3166 code; the code of every party stands on its page.")
    return [
        Column("party", _("Code"), ColumnKind.CODE, required=True, help=code, width=10),
        Column("name", _("Party"), locked=True, width=36),
        Column("status", _("Status"), ColumnKind.CHOICE, dict(Status.choices), required=True),
        Column("begins", _("From"), ColumnKind.DATE, required=True, width=14),
        Column("ends", _("Until"), ColumnKind.DATE, width=14),
        Column("for_territory", _("On behalf of (code)"), ColumnKind.CODE, width=12),
        Column("is_origin", _("Country of origin"), ColumnKind.BOOLEAN, width=12),
        Column("is_transit", _("Country of transit"), ColumnKind.BOOLEAN, width=12),
        Column("is_destination", _("Country of destination"), ColumnKind.BOOLEAN, width=12),
        Column("order", _("Order in the list"), ColumnKind.NUMBER, width=10),
        Column("note", _("Note"), width=50),
    ]


def participants_workbook(process: Process, on: date) -> Workbook:
    """Return who takes part, took part or will, as a workbook; parties are called as on ``on``."""
    rows = process.participations.annotate(party_name=name_of("party", on)).select_related(
        "party", "for_territory"
    )
    return _workbook(process, [*rows])


def _workbook(process: Process, rows: Sequence[Participation]) -> Workbook:
    columns, shown = columns_of_participants(), [_row(row) for row in rows]
    sheet = Sheet(KIND, _("Participants"), columns, shown, may_add=True)
    return Workbook(KIND, f"{KIND}:{process.slug}", [sheet])


def _row(row: Participation) -> SheetRow:
    name = str(getattr(row, "party_name"))  # noqa: B009 -- annotated
    values: dict[str, Value] = {
        "party": row.party.code,
        "name": name,
        "status": row.status,
        "begins": row.begins,
        "ends": row.ends,
        "for_territory": row.for_territory.code if row.for_territory else "",
        **{role: getattr(row, role) for role in ROLES},
        "order": row.order,
        "note": row.note,
    }
    return SheetRow(str(row.pk), row.version, values, name=name)


def plan_participants(
    process: Process, stream: IO[bytes], *, name: str, by: Actor, grounds: str = ""
) -> Plan:
    """Return what the workbook in ``stream`` would change, or everything that is wrong with it.

    Nothing is done by this: see ``office.plans``. ``grounds`` is where the changes come from.
    """
    today = timezone.localdate()
    rows = process.participations.annotate(party_name=name_of("party", today)).select_related(
        "party", "for_territory", "since_meeting"
    )
    known: dict[str, Participation] = {str(row.pk): row for row in rows}
    expected = _workbook(process, [*known.values()])
    read = read_workbook(stream, expected, name=name)
    planner = _Planner(process, by, name, grounds, expected.sheets[0], known)
    steps = [step for row in read.fine(KIND) if (step := planner.step(row))]
    for row in read.faulty(KIND):
        planner.check_cells(row)
    problems = in_order([*read.problems, *planner.problems])
    return Plan(name, steps, len(known) - planner.touched, problems)


@dataclass
class _Planner:
    process: Process
    by: Actor
    file: str
    grounds: str
    sheet: Sheet
    known: dict[str, Participation]
    problems: list[Problem] = field(default_factory=list)
    touched: int = 0

    def __post_init__(self) -> None:
        self.before = {row.key: row for row in self.sheet.rows}
        self.labels = {column.key: column.label for column in self.sheet.columns}
        self.parties = {party.code.casefold(): party for party in self._parties()}

    def _parties(self) -> Iterator[Party]:
        parties = Party.objects.filter(is_made_up=self.process.is_made_up)
        yield from parties.with_name(timezone.localdate())

    def note(self, row: SheetRow, column: str, reason: str) -> None:
        label = self.labels.get(column, "")
        self.problems.append(Problem(self.file, self.sheet.title, row.number, label, reason))

    def party(self, row: SheetRow, column: str) -> Party | None:
        code = str(row.values[column] or "").strip()
        found = self.parties.get(code.casefold())
        if code and not found:
            reason = _("There is no party with the code “%(code)s”.")
            self.note(row, column, reason % {"code": code})
        return found

    def check_cells(self, row: SheetRow) -> tuple[Party | None, Party | None, float]:
        """Return the parties and the order of ``row``, and note what is wrong with each."""
        old = self.known.get(row.key)
        party, territory = self.party(row, "party"), self.party(row, "for_territory")
        order = float(row.values["order"] or 0)
        if not order.is_integer() or not 0 <= order <= MOST_ORDER:
            self.note(row, "order", _("Write a whole number from 0 to 32767."))
        if old and party and party.pk != old.party_id:
            self.note(
                row,
                "party",
                _("One party does not become another: end this row, and add one for the other."),
            )
        return party, territory, order

    def step(self, row: SheetRow) -> Step | None:
        """Return what is to be done for ``row``, or None where nothing is or something is wrong."""
        wrong = len(self.problems)
        old = self.known.get(row.key)
        changed = [
            change
            for change in changes([self.before[row.key]] if old else [], [row])
            if change.column != "name" and not _is_no_role(change)
        ]
        if not changed:
            return None
        self.touched += old is not None
        party, territory, order = self.check_cells(row)
        if len(self.problems) > wrong or party is None:
            return None
        facts = ParticipationFacts(
            status=Status(str(row.values["status"])),
            begins=str(row.values["begins"]),
            ends=str(row.values["ends"] or ""),
            order=int(order),
            for_territory=territory,
            since_meeting=old.since_meeting if old else None,
            note=str(row.values["note"] or ""),
            **{role: bool(row.values[role]) for role in ROLES},
        )
        return self._step(row, old, party, facts, changed)

    def _step(
        self,
        row: SheetRow,
        old: Participation | None,
        party: Party,
        facts: ParticipationFacts,
        changed: list[Change],
    ) -> Step:
        kind = kind_of_step(old is None, changed)
        only_ends = [each.column for each in changed] == ["ends"]
        last_day = last_day_of(facts.ends) if only_ends else None

        def do() -> object:
            if old is None:
                return add_participation(process=self.process, party=party, facts=facts, by=self.by)
            if kind == StepKind.ENDED and last_day and not self.grounds:
                return end_participation(
                    participation=old, last_day=last_day, version=old.version, by=self.by
                )
            return change_participation(
                participation=old,
                facts=facts,
                version=old.version,
                by=self.by,
                grounds=self.grounds,
            )

        shown: list[Shown] = show_changes(self.sheet.columns, changed)
        return Step(kind, str(party), self.sheet.title, row.number, shown, do, self.labels)


def _is_no_role(change: Change) -> bool:
    """Tell whether an empty cell only says once more that a role is not held."""
    return change.column in ROLES and not change.before and not change.after


def kind_of_step(is_new: bool, changed: Sequence[Change]) -> StepKind:  # noqa: FBT001 -- read at once
    """Return what happens to a row: what gets an end ends."""
    if is_new:
        return StepKind.ADDED
    ends = any(each.column == "ends" and not each.before and each.after for each in changed)
    return StepKind.ENDED if ends else StepKind.CHANGED


def last_day_of(ends: str) -> date | None:
    """Return the day that an end is, where it is one day."""
    end = parse_date(ends) if ends else None
    return end.earliest if end and end.earliest == end.latest else None
