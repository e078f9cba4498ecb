"""The names that a process prepares as a workbook: the file handed out is the one read back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Final

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.core.languages import language_name
from comity.core.texts import validate_one_line
from comity.office.plans import Plan, Step, StepKind, in_order, show_changes
from comity.office.problems import Problem
from comity.office.workbook_reading import read_workbook
from comity.office.workbooks import (
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
from comity.processes.services.approved_names import (
    MOST_LETTERS,
    MOST_PLACES,
    NameFacts,
    add_name,
    change_name,
)

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
    planner = _Planner(listed, by, name, expected.sheets[0], read.problems)
    steps = planner.steps(read.rows.get(KIND, []))
    untouched = len(planner.known) - sum(step.kind == StepKind.CHANGED for step in steps)
    return Plan(name, steps, untouched, in_order([*read.problems, *planner.problems]))


@dataclass(frozen=True)
class _Wanted:
    """What a row asks for, as far as its cells hold it."""

    row: SheetRow
    party: Party | None
    names: Mapping[str, str]
    places: Mapping[str, int]


class _Planner:
    """Goes through all rows, each cell by itself: one that is wrong hides no other."""

    def __init__(
        self, listed: ApprovedList, by: Actor, file: str, sheet: Sheet, told: Sequence[Problem]
    ) -> None:
        self.listed, self.by, self.file, self.sheet = listed, by, file, sheet
        self.problems: list[Problem] = []
        # Of each cell one reason is told: where it cannot be read, no rule is asked.
        self.told = {(problem.row, problem.column) for problem in told}
        self.before = {row.key: row for row in sheet.rows}
        self.labels = {column.key: column.label for column in sheet.columns}
        self.known: Mapping[str, ApprovedName] = {
            str(each.pk): each for each in listed.names.select_related("party", "listed_in")
        }
        self.footnotes: Mapping[str, Footnote] = {
            each.mark: each for each in listed.footnotes.all()
        }
        offered = Party.objects.filter(is_made_up=listed.process.is_made_up)
        named = list(offered.with_name(timezone.localdate()))
        self.by_code = {each.code.casefold(): each for each in named}
        self.by_key = {each.pk: each for each in named}

    def note(self, row: SheetRow, column: str, reason: str) -> None:
        """Say what is wrong with a cell, unless that is said already."""
        label = self.labels[column]
        if (row.number, label) not in self.told:
            self.told.add((row.number, label))
            self.problems.append(Problem(self.file, self.sheet.title, row.number, label, reason))

    def steps(self, rows: Sequence[SheetRow]) -> list[Step]:
        """Return what is to be done for the rows with which nothing is wrong."""
        read = [_Wanted(row, self.party(row), self.names(row), self.places(row)) for row in rows]
        self.note_equal(
            "party", [(each.row, each.party and each.party.pk) for each in read if not each.row.key]
        )
        for code in self.listed.languages:
            folded = [(each.row, each.names.get(code, "").casefold()) for each in read]
            self.note_equal(f"name_{code}", folded)
            self.note_equal(f"place_{code}", [(each.row, each.places.get(code)) for each in read])
        wrong = {number for number, _label in self.told}
        fine = [each for each in read if each.row.number not in wrong]
        return [step for each in fine if (step := self.step(each))]

    def party(self, row: SheetRow) -> Party | None:
        code = str(row.values["party"] or "").strip()
        found, old = self.by_code.get(code.casefold()), self.known.get(row.key)
        if old:
            if code.casefold() != old.party.code.casefold():
                self.note(row, "party", _("The code of a row stays. Add a row for another party."))
            return self.by_key.get(old.party_id, old.party)
        if found is None:
            reason = _("There is no party with the code “%(code)s”.") % {"code": code}
            self.note(row, "party", reason)
        elif found.pk in {each.party_id for each in self.known.values()}:
            self.note(row, "party", _("The party is in the list already."))
        return found

    def names(self, row: SheetRow) -> dict[str, str]:
        found = {}
        for code in self.listed.languages:
            column = f"name_{code}"
            if text := str(row.values[column] or "").strip():
                found[code] = text
                if wrong := " ".join(_problems_of(text)):
                    self.note(row, column, wrong)
        columns = [f"name_{code}" for code in self.listed.languages]
        unread = any((row.number, self.labels[column]) in self.told for column in columns)
        if not found and not unread:
            self.note(row, columns[0], _("Give the name in at least one language."))
        return found

    def places(self, row: SheetRow) -> dict[str, int]:
        found = {}
        for code in self.listed.languages:
            value = row.values[f"place_{code}"]
            if value is None or value == "":
                continue
            number = float(value)
            if number.is_integer() and 1 <= number <= MOST_PLACES:
                found[code] = int(number)
            else:
                reason = _("Write a whole number from 1 to %(most)d.") % {"most": MOST_PLACES}
                self.note(row, f"place_{code}", reason)
        return found

    def note_equal(self, column: str, values: Iterable[tuple[SheetRow, object]]) -> None:
        """Note what two rows have, of which each may have its own only."""
        first: dict[object, int] = {}
        for row, value in values:
            if value and first.setdefault(value, row.number) != row.number:
                reason = _("Row %(first)d has the same.") % {"first": first[value]}
                self.note(row, column, reason)

    def step(self, wanted: _Wanted) -> Step | None:
        """Return what is to be done for a row; nothing where it is as it was handed out."""
        row, party = wanted.row, wanted.party
        old = self.known.get(row.key)
        changed = [
            change
            for change in changes([self.before[row.key]] if old else [], [row])
            if change.column != "record"
        ]
        if not changed or party is None:
            return None
        footnote = self.footnotes.get(str(row.values["footnote"] or ""))
        facts = NameFacts(name=wanted.names, positions=wanted.places, footnote=footnote)

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


def _problems_of(name: str) -> Iterator[str]:
    """Go through what is wrong with the text of a name, as the form and the record ask it."""
    for check in (validate_one_line, MaxLengthValidator(MOST_LETTERS)):
        try:
            check(name)
        except ValidationError as error:
            yield from error.messages
