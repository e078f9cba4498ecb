"""What a workbook is: the file we hand out is the file we read back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise

from comity.office.problems import Problem

FORMAT: Final = 1
HEADER_ROW: Final = 1
ROW_KEY: Final = "_row"
ROW_VERSION: Final = "_version"
ABOUT: Final = "_comity"
LISTS: Final = "_lists"
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 200

Value = str | int | float | bool | None


class ColumnKind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    CODE = "code"


@dataclass(frozen=True)
class Column:
    """One column: ``key`` for us, ``label`` for the reader.

    A date is EDTF text. ``choices`` map each stored value to the words that the list shows: give
    words that wait for their language, and a workbook is read in that of who fetched it. A locked
    column is shown and not read back; the text of one that ``wraps`` goes on in the next line.
    """

    key: str
    label: str
    kind: ColumnKind = ColumnKind.TEXT
    choices: Mapping[str, str | Promise] = field(default_factory=dict)
    required: bool = False
    help: str = ""
    width: int = 20
    locked: bool = False
    wraps: bool = False


@dataclass(frozen=True)
class SheetRow:
    """One row: its key, the version that was shown, and a value for each column.

    A row that somebody added has an empty key and version 0. ``number`` is where it stood, and
    ``name`` what a sentence about it calls it. ``cells`` are the columns of which this row holds
    something else, as in a questionnaire: each with the key and the label of the column.
    """

    key: str
    version: int
    values: Mapping[str, Value]
    number: int = 0
    name: str = ""
    cells: Mapping[str, Column] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """One sheet: ``title`` is on its tab. Without ``may_add`` only the rows given are answered.

    The file says which rows it was given: what is made later, or was left out, stays untouched.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[SheetRow] = ()
    may_add: bool = False


@dataclass(frozen=True)
class Workbook:
    """A workbook of a ``kind``, as in “matrix”, about a ``subject``, as in “call:12”."""

    kind: str
    subject: str
    sheets: Sequence[Sheet]


@dataclass(frozen=True)
class ReadResult:
    """The rows of each sheet by its name, and everything that is wrong with the file."""

    rows: dict[str, list[SheetRow]]
    problems: list[Problem]

    def fine(self, name: str) -> list[SheetRow]:
        """Return the rows of a sheet whose own cells can all be read: rules may be asked of them.

        A row is named by its number alone: of two sheets that are wrong in a row, both lack it.
        """
        wrong = {problem.row for problem in self.problems}
        if 0 in wrong:  # the file as a whole: what follows from it would be told as well
            return []
        return [row for row in self.rows.get(name, []) if row.number not in wrong]

    def faulty(self, name: str) -> list[SheetRow]:
        """Return the rows of a sheet that ``fine`` leaves out; what cannot be read is None there.

        Rules that need one cell alone may be asked of them, so that all is told in one round.
        """
        wrong = {problem.row for problem in self.problems}
        if 0 in wrong:
            return []
        return [row for row in self.rows.get(name, []) if row.number in wrong]


@dataclass(frozen=True)
class Change:
    """One value that a workbook would change; ``before`` is None throughout a row that is new."""

    row: SheetRow
    column: str
    before: Value
    after: Value


def changes(original: Sequence[SheetRow], read: Sequence[SheetRow]) -> list[Change]:
    """Return what would change if ``read`` were taken over, row by row, for the reader to see."""
    known = {row.key: row.values for row in original}
    return [
        Change(row, column, before, after)
        for row in read
        for column, after in row.values.items()
        if (before := _plain(known.get(row.key, {}).get(column))) != _plain(after)
    ]


def _plain(value: Value) -> Value:
    """Return ``value`` so that a blank cell is the same as none."""
    return None if value == "" else value
