"""The names that a process prepares as a workbook: the file handed out is the one read back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.core.languages import language_name
from comity.office.plans import Plan, Step, StepKind, show_changes
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
from comity.processes.models import ApprovedList, ApprovedName, Footnote
from comity.processes.services.approved_names import MOST_PLACES, NameFacts, add_name, change_name

KIND: Final = "approved-names"


def columns_of_names(listed: ApprovedList) -> list[Column]:
    """Return what is asked of each name, in the reader's language."""
    code = _("A State has its ISO 3166 code; the code of every party stands on its page.")
    place = _("Its place in the protocol order of this language, from 1 on; all or none.")
    marks = {each.mark: each.mark for each in listed.footnotes.all()}
    by_language = [
        column
        for language in listed.languages
        for column in (
            Column(
                f"name_{language}",
                _("Name (%(language)s)") % {"language": language_name(language)},
                width=34,
            ),
            Column(
                f"place_{language}",
                _("Place (%(language)s)") % {"language": language_name(language)},
                ColumnKind.NUMBER,
                help=place,
                width=12,
            ),
        )
    ]
    return [
        Column("party", _("Code"), ColumnKind.CODE, required=True, help=code, width=10),
        Column("record", _("Name on record"), locked=True, width=34),
        *by_language,
        Column("footnote", _("Footnote"), ColumnKind.CHOICE, marks, width=12)
        if marks
        else Column("footnote", _("Footnote"), locked=True, width=12),
    ]


def names_workbook(listed: ApprovedList) -> Workbook:
    """Return the names of a list as a workbook; new rows add parties."""
    sheet = Sheet(KIND, _("Names"), columns_of_names(listed), _rows(listed), may_add=True)
    return Workbook(KIND, f"{KIND}:{listed.pk}", [sheet])


def _rows(listed: ApprovedList) -> list[SheetRow]:
    names = listed.names.select_related("party", "footnote").annotate(
        record=name_of("party", timezone.localdate())
    )
    return [
        SheetRow(
            str(each.pk),
            each.version,
            {
                "party": each.party.code,
                "record": each.record,
                **_by_language(listed, each),
                "footnote": each.footnote.mark if each.footnote else "",
            },
            name=str(each),
        )
        for each in names
    ]


def _by_language(listed: ApprovedList, each: ApprovedName) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for language in listed.languages:
        found[f"name_{language}"] = each.name.get(language, "")
        found[f"place_{language}"] = each.positions.get(language)
    return found


def plan_names(listed: ApprovedList, stream: IO[bytes], *, name: str, by: Actor) -> Plan:
    """Return what the workbook in ``stream`` would change, or everything that is wrong with it.

    Nothing is done by this: see ``office.plans``.
    """
    expected = names_workbook(listed)
    read = read_workbook(stream, expected, name=name)
    if read.problems:
        return Plan(name, problems=read.problems)
    planner = _Planner(listed, by, name, expected.sheets[0])
    rows = read.rows[KIND]
    planner.check_all(rows)
    steps = [step for row in rows if (step := planner.step(row))]
    untouched = len(planner.known) - sum(step.kind == StepKind.CHANGED for step in steps)
    return Plan(name, steps, untouched, planner.problems)


@dataclass
class _Planner:
    listed: ApprovedList
    by: Actor
    file: str
    sheet: Sheet
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.before = {row.key: row for row in self.sheet.rows}
        self.labels = {column.key: column.label for column in self.sheet.columns}
        self.known: Mapping[str, ApprovedName] = {
            str(each.pk): each for each in self.listed.names.select_related("party", "listed_in")
        }
        self.footnotes: Mapping[str, Footnote] = {
            each.mark: each for each in self.listed.footnotes.all()
        }
        offered = Party.objects.filter(is_made_up=self.listed.process.is_made_up)
        self.parties = {
            each.code.casefold(): each for each in offered.with_name(timezone.localdate())
        }

    def note(self, row: SheetRow, column: str, reason: str) -> None:
        label = self.labels.get(column, "")
        self.problems.append(Problem(self.file, self.sheet.title, row.number, label, reason))

    def check_all(self, rows: Sequence[SheetRow]) -> None:
        """Note what two rows have, of which each may have its own only."""
        for column in self.labels:
            if column in {"record", "footnote"}:
                continue
            first: dict[str, int] = {}
            for row in rows:
                value = str(row.values[column] or "").strip().casefold()
                if value and first.setdefault(value, row.number) != row.number:
                    reason = _("Row %(first)d has the same.") % {"first": first[value]}
                    self.note(row, column, reason)

    def place(self, row: SheetRow, column: str) -> int | None:
        value = row.values[column]
        if value is None or value == "":
            return None
        number = float(value)
        if not number.is_integer() or not 1 <= number <= MOST_PLACES:
            reason = _("Write a whole number from 1 to %(most)d.") % {"most": MOST_PLACES}
            self.note(row, column, reason)
            return None
        return int(number)

    def party(self, row: SheetRow, old: ApprovedName | None) -> Party | None:
        code = str(row.values["party"] or "").strip()
        found = self.parties.get(code.casefold())
        if found is None:
            reason = _("There is no party with the code “%(code)s”.") % {"code": code}
            self.note(row, "party", reason)
        elif old and old.party_id != found.pk:
            self.note(row, "party", _("The code of a row stays. Add a row for another party."))
        return found

    def step(self, row: SheetRow) -> Step | None:
        """Return what is to be done for ``row``, or None where nothing is or something is wrong."""
        wrong = len(self.problems)
        old = self.known.get(row.key)
        changed = [
            change
            for change in changes([self.before[row.key]] if old else [], [row])
            if change.column != "record"
        ]
        if not changed:
            return None
        party = self.party(row, old)
        languages = self.listed.languages
        names = {code: str(row.values[f"name_{code}"] or "").strip() for code in languages}
        places = {code: self.place(row, f"place_{code}") for code in languages}
        if not any(names.values()):
            self.note(row, f"name_{languages[0]}", _("Give the name in at least one language."))
        if len(self.problems) > wrong or party is None:
            return None
        facts = NameFacts(
            name={code: name for code, name in names.items() if name},
            positions={code: place for code, place in places.items() if place},
            footnote=self.footnotes.get(str(row.values["footnote"] or "")),
        )
        return self._step(row, old, party, facts, changed)

    def _step(
        self,
        row: SheetRow,
        old: ApprovedName | None,
        party: Party,
        facts: NameFacts,
        changed: list[Change],
    ) -> Step:
        def do() -> object:
            if old is None:
                return add_name(listed_in=self.listed, party=party, facts=facts, by=self.by)
            return change_name(name=old, facts=facts, version=old.version, by=self.by)

        return Step(
            kind=StepKind.CHANGED if old else StepKind.ADDED,
            name=str(party),
            sheet=self.sheet.title,
            row=row.number,
            shown=show_changes(self.sheet.columns, changed),
            do=do,
            labels=self.labels,
        )
