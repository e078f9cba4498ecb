"""Read back a workbook that we handed out, and name everything that is wrong with it at once."""

import math
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any, Final
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from comity.core.dates import parse_date
from comity.office import workbooks
from comity.office.problems import Problem
from comity.office.workbook_bounds import UnreadableError, check_file, check_parts
from comity.office.workbook_writing import yes_and_no
from comity.office.workbooks import (
    ABOUT,
    FORMAT,
    HEADER_ROW,
    LISTS,
    ROW_KEY,
    ROW_VERSION,
    Column,
    ColumnKind,
    ReadResult,
    Sheet,
    SheetRow,
    Value,
    Workbook,
)

if TYPE_CHECKING:
    from openpyxl import Workbook as File

CHUNK: Final = 1 << 16
LOCKED: Final = b"\xd0\xcf\x11\xe0"
MOST_ABOUT: Final = 100_000
# Any: a cell of openpyxl, whose kinds share no type
Cells = Sequence[Any]


class _NotReadableError(Exception):
    """A cell holds what its column cannot take; the text is the sentence to show."""


class _Reader:
    def __init__(self, name: str, expected: Workbook) -> None:
        self.name = name
        self.expected = expected
        self.about: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.truths: dict[str, bool] = {}
        self.handed_out: set[tuple[str, str]] = set()

    def note(self, reason: str, sheet: str = "", row: int = 0, column: str = "") -> None:
        self.problems.append(Problem(self.name, sheet, row, column, reason))

    def read(self, file: "File", merged: set[str]) -> dict[str, list[SheetRow]]:
        if not self.check_about(file):
            return {}
        self.truths = _truths(self.about.get("language", ""))
        titles = {s.name: self.about.get(f"sheet:{s.name}", s.title) for s in self.expected.sheets}
        for title in file.sheetnames:
            if title not in {*titles.values(), ABOUT, LISTS}:
                self.note(_("This sheet is not expected here."), title)
        found = {}
        for sheet in self.expected.sheets:
            title = titles[sheet.name]
            if title not in file.sheetnames:
                self.note(_("This sheet is missing."), title)
                continue
            if title in merged:
                self.note(_("Cells are merged. Take them apart: each holds one value."), title)
            # What a file says of its own extent is not believed: rows beyond it would be lost.
            file[title].reset_dimensions()
            rows = file[title].iter_rows(max_col=workbooks.MOST_COLUMNS + 1)
            found[sheet.name] = _SheetReader(self, sheet, title).read(rows)
        return found

    def check_about(self, file: "File") -> bool:
        if ABOUT not in file.sheetnames:
            self.note(_("This is not a workbook that we handed out. Fill in the one you got."))
            return False
        for cells in file[ABOUT].iter_rows(max_row=MOST_ABOUT, max_col=4, values_only=True):
            padded = (*cells, None, None, None)
            name, value, sheet, key = ("" if one is None else str(one) for one in padded[:4])
            if name:
                self.about[name] = value
            if key:
                self.handed_out.add((sheet, key))
        if self.about.get("format") != str(FORMAT):
            self.note(_("This workbook is from another edition of the platform. Fetch it anew."))
        elif self.about.get("kind") != self.expected.kind:
            self.note(_("This is another kind of workbook."))
        elif self.about.get("subject") != self.expected.subject:
            self.note(_("This workbook is about something else."))
        return not self.problems


class _SheetReader:
    def __init__(self, reader: _Reader, sheet: Sheet, title: str) -> None:
        self.reader, self.sheet, self.title = reader, sheet, title
        self.known = {row.key: row for row in sheet.rows}
        self.places: dict[str, int] = {}
        self.seen: dict[str, int] = {}

    def note(self, reason: str, row: int = 0, column: str = "") -> None:
        self.reader.note(reason, self.title, row, column)

    def read(self, rows: Iterator[Cells]) -> list[SheetRow]:
        if not self.check_header(next(rows, ())):
            return []
        found = []
        for number, cells in enumerate(rows, start=HEADER_ROW + 1):
            if number > HEADER_ROW + workbooks.MOST_ROWS:
                most = workbooks.MOST_ROWS
                self.note(_("The sheet has more than %(most)d rows.") % {"most": most}, number)
                return []
            if any(cell.value not in {None, ""} for cell in cells):
                row = self.take(number, cells)
                if row:
                    found.append(row)
        for key, row in self.known.items():
            if key not in self.seen and self.was_handed_out(key):
                deleted = {"name": row.name or key}
                self.note(_("The row “%(name)s” has been deleted. Leave it in.") % deleted)
        return found

    def was_handed_out(self, key: str) -> bool:
        return (self.sheet.name, key) in self.reader.handed_out

    def check_header(self, cells: Cells) -> bool:
        before = len(self.reader.problems)
        if any(cell.value is not None for cell in cells[workbooks.MOST_COLUMNS :]):
            most = workbooks.MOST_COLUMNS
            self.note(_("The sheet has more than %(most)d columns.") % {"most": most}, HEADER_ROW)
            return False
        names = ["" if cell.value is None else str(cell.value) for cell in cells]
        about = self.reader.about
        wanted = {ROW_KEY: ROW_KEY, ROW_VERSION: ROW_VERSION} | {
            about[f"column:{self.sheet.name}:{c.key}"]: c.key for c in self.handed_columns()
        }
        for label, key in wanted.items():
            if label not in names:
                self.note(_("This column is missing or renamed."), HEADER_ROW, label)
            elif names.count(label) > 1:
                self.note(_("This column stands twice."), HEADER_ROW, label)
            else:
                self.places[key] = names.index(label)
        for name in names:
            if name and name not in wanted:
                self.note(_("This column is not expected here."), HEADER_ROW, name)
        return len(self.reader.problems) == before

    def handed_columns(self) -> list[Column]:
        """Return the columns that the file was given; one that came later is left as it stands."""
        about = self.reader.about
        return [c for c in self.sheet.columns if f"column:{self.sheet.name}:{c.key}" in about]

    def take(self, number: int, cells: Cells) -> SheetRow | None:
        key = self.text_at(cells, ROW_KEY)
        known = self.known.get(key)
        if not self.check_key(number, key, self.text_at(cells, ROW_VERSION)):
            return None
        values: dict[str, Value] = {}
        for column in self.sheet.columns:
            old = known.values.get(column.key) if known else None
            is_read = not column.locked and column.key in self.places
            held = known.cells.get(column.key, column) if known else column
            values[column.key] = self.value(number, held, cells) if is_read else old
        return SheetRow(key, known.version if known else 0, values, number)

    def check_key(self, number: int, key: str, version: str) -> bool:
        if not key:
            if not self.sheet.may_add:
                self.note(_("Rows cannot be added to this sheet."), number)
            return self.sheet.may_add
        if key not in self.known and self.was_handed_out(key):
            self.note(_("What this row was about has been ended or removed since."), number)
            return False
        if key not in self.known or not self.was_handed_out(key):
            self.note(_("This row is not one of those we handed out."), number)
            return False
        if key in self.seen:
            first = self.seen[key]
            self.note(_("This row stands in row %(first)d already.") % {"first": first}, number)
            return False
        self.seen[key] = number
        if version != str(self.known[key].version):
            self.note(
                _("Somebody has changed this since the workbook was made. Fetch a new one."), number
            )
        return True

    def text_at(self, cells: Cells, key: str) -> str:
        place = self.places[key]
        value = cells[place].value if place < len(cells) else None
        return "" if value is None else _as_text(value)

    def value(self, number: int, column: Column, cells: Cells) -> Value:
        place = self.places[column.key]
        cell = cells[place] if place < len(cells) else None
        try:
            value = self.parse(column, cell)
            if column.required and value in {None, ""}:
                raise _NotReadableError(_("This is needed."))  # noqa: TRY301 -- one way out
        except _NotReadableError as error:
            self.note(str(error), number, column.label)
            return None
        return value

    def parse(self, column: Column, cell: Any) -> Value:  # noqa: ANN401 -- see Cells
        value = None if cell is None else cell.value
        if value is None or value == "":
            return None
        if cell.data_type == "f":
            raise _NotReadableError(_("The cell holds a formula. Write its result."))
        if cell.data_type == "e":
            raise _NotReadableError(_("The cell holds an error: %(value)s.") % {"value": value})
        if column.kind == ColumnKind.NUMBER:
            return _number(value)
        if column.kind == ColumnKind.BOOLEAN:
            return self.truth(value)
        text = _as_text(value)
        if column.kind == ColumnKind.DATE:
            return _date(text)
        if column.choices:
            return _choice(column, text, self.reader.about.get("language", ""))
        return text

    def truth(self, value: object) -> bool:
        if isinstance(value, bool):
            return value
        found = self.reader.truths.get(str(value).strip().casefold())
        if found is None:
            words = ", ".join(yes_and_no().values())
            raise _NotReadableError(_("Choose one from the list: %(words)s.") % {"words": words})
        return found


def read_workbook(stream: IO[bytes], expected: Workbook, *, name: str) -> ReadResult:
    """Return the rows of a workbook that was written from ``expected``, and all its problems.

    ``expected`` is built anew from what is stored now, so that rows which somebody has changed
    since are noticed. ``name`` is the file's. Rows are for use only where nothing is wrong.
    """
    reader = _Reader(name, expected)
    head = stream.read(len(LOCKED))
    stream.seek(0)
    if head == LOCKED:
        reader.note(_("The file is locked with a password, or of an old kind. Save it as .xlsx."))
        return ReadResult({}, reader.problems)
    rows: dict[str, list[SheetRow]] = {}
    try:
        check_file(stream)
        rows = _open_and_read(reader, stream)
    except UnreadableError as error:
        reader.note(str(error), row=error.row)
    except BadZipFile:
        reader.note(_("This is no Excel workbook (.xlsx), or it is damaged."))
    # openpyxl lets every error of a damaged file through
    except Exception as error:  # noqa: BLE001
        reason = _("The file cannot be read as an Excel workbook (%(error)s).")
        reader.note(reason % {"error": type(error).__name__})
    return ReadResult(rows, reader.problems)


def _open_and_read(reader: _Reader, stream: IO[bytes]) -> dict[str, list[SheetRow]]:
    import openpyxl  # noqa: PLC0415 -- heavy, and few pages read workbooks

    with ZipFile(stream) as archive:
        check_parts(archive)
        file = openpyxl.load_workbook(stream, read_only=True, keep_links=False)
        try:
            return reader.read(file, set(_merged_sheets(archive, file)))
        finally:
            file.close()


def _merged_sheets(archive: ZipFile, file: "File") -> Iterator[str]:
    """Go through the sheets with merged cells, which a file read in passing does not tell."""
    for sheet in file.worksheets:
        # the stubs do not know the sheets of a file that is read in passing
        path: str = sheet._worksheet_path  # type: ignore[attr-defined]  # noqa: SLF001
        before = b""
        with archive.open(path) as part:
            while chunk := part.read(CHUNK):
                if b"<mergeCell " in before + chunk:
                    yield sheet.title
                    break
                before = chunk[-16:]


def _truths(language: str) -> dict[str, bool]:
    """Return what stands for true and false in the language of the file and of the reader."""
    found = {words.casefold(): truth for truth, words in yes_and_no().items()}
    if language in dict(settings.LANGUAGES):
        with override(language):
            found |= {words.casefold(): truth for truth, words in yes_and_no().items()}
    return found


def _as_text(value: object) -> str:
    """Return a cell as text, where a program has made a number or a day of what was typed."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _number(value: object) -> int | float:
    try:
        number = float(value) if isinstance(value, str) else value
    except ValueError:
        number = None
    if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
        raise _NotReadableError(_("“%(value)s” is no number.") % {"value": value})
    return number


def _date(text: str) -> str:
    try:
        return parse_date(text.strip()).text
    except ValidationError as error:
        raise _NotReadableError(error.messages[0]) from error


def _choice(column: Column, text: str, language: str) -> str:
    """Return the value of what was chosen, in the language of the file or of the reader."""
    plain = text.strip()
    by_words = {str(words): value for value, words in column.choices.items()}
    if language in dict(settings.LANGUAGES):
        with override(language):
            by_words |= {str(words): value for value, words in column.choices.items()}
    if plain in by_words:
        return by_words[plain]
    if plain in column.choices:
        return plain
    raise _NotReadableError(_("“%(value)s” is not one of the list.") % {"value": text})
