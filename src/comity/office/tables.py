"""Read and write tables as comma-separated text: UTF-8, one line of names, then rows."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Final

from django.utils.translation import gettext as _

from comity.office.problems import Problem

MOST_BYTES: Final = 64 * 1024 * 1024
CHUNK_BYTES: Final = 64 * 1024
BOM: Final = b"\xef\xbb\xbf"
# A program that opens the file would compute these. A signed number stays a number.
FORMULA: Final = re.compile(r"\s*(?:[=@＝＠]|[+\-＋－](?=\s*[^\s\d.,]))")
SIGNED: Final = re.compile(r"[+-]?[\d.,]+(?:[eE][+-]?\d+)?%?", re.ASCII)
DANGEROUS: Final = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


@dataclass(frozen=True)
class Row:
    """One row, with the number of the line on which it begins."""

    number: int
    values: dict[str, str]


@dataclass
class Table:
    """What could be read of a file, and everything that is wrong with it."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class _Reader:
    """Reads one file; keeps its name, so that each problem can say it."""

    def __init__(self, name: str, columns: Sequence[str]) -> None:
        self.name = name
        self.columns = list(columns)
        self.table = Table()

    def note(self, reason: str, row: int = 0, column: str = "") -> None:
        self.table.problems.append(Problem(self.name, "", row, column, reason))

    def decode(self, stream: IO[bytes]) -> str | None:
        data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            most = MOST_BYTES // (1024 * 1024)
            self.note(_("The file is larger than %(most)d MB.") % {"most": most})
            return None
        if b"\0" in data:
            line = data[: data.index(b"\0")].count(b"\n") + 1
            self.note(_("There is a zero byte here: this is not a text file."), line)
            return None
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            # "utf-8-sig" counts from behind the mark, where there is one.
            at = error.start + (len(BOM) if data.startswith(BOM) else 0)
            reason = _("Byte %(byte)d of the file is not UTF-8. Save the table as “CSV UTF-8”.")
            self.note(reason % {"byte": at + 1}, data[:at].count(b"\n") + 1)
            return None

    def read(self, text: str) -> None:
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        begins = 1
        try:
            header = next(lines, [])
            if not self.check_header(header):
                return
            begins = lines.line_num + 1
            for cells in lines:
                if cells:  # an empty line is no row
                    self.take(begins, header, cells)
                begins = lines.line_num + 1
        except csv.Error as error:
            reason = _("The line cannot be read as comma-separated text (%(error)s).")
            self.note(reason % {"error": error}, begins)

    def check_header(self, header: list[str]) -> bool:
        before = len(self.table.problems)
        for column in self.columns:
            if column not in header:
                self.note(_("This column is missing."), 1, column)
        for position, column in enumerate(header, start=1):
            if column not in self.columns:
                shown = column or _("number %(position)d") % {"position": position}
                self.note(_("This column is not expected here."), 1, shown)
            elif column in header[: position - 1]:
                self.note(_("This column stands twice."), 1, column)
        return len(self.table.problems) == before

    def take(self, number: int, header: list[str], cells: list[str]) -> None:
        if len(cells) != len(header):
            reason = _("The row has %(found)d cells; the first line names %(expected)d.")
            self.note(reason % {"found": len(cells), "expected": len(header)}, number)
            return
        values = dict(zip(header, cells, strict=True))
        for column, value in values.items():
            if FORMULA.match(value):
                self.note(_("The cell holds a formula. Write its result."), number, column)
        self.table.rows.append(Row(number, {column: values[column] for column in self.columns}))


def read_table(name: str, stream: IO[bytes], columns: Sequence[str]) -> Table:
    """Return the rows of a table whose first line names exactly ``columns``, in any order.

    Everything wrong is listed at once, with file, line and column; a row that has problems
    in its cells is among the rows all the same. ``name`` is the file's, for the problems.
    Whoever loads the rows first sees that there is no problem.
    """
    reader = _Reader(name, columns)
    text = reader.decode(stream)
    if text is not None:
        reader.read(text)
    return reader.table


def safe_cell(value: object) -> object:
    """Return ``value`` so that no program which opens the file computes it.

    Text that looks like a formula gets an apostrophe before it; numbers stay numbers.
    """
    if isinstance(value, str) and DANGEROUS.match(value) and not SIGNED.fullmatch(value):
        return f"'{value}"
    return "" if value is None else value


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Go through the bytes of a table piece by piece, so that a long one needs no memory.

    It begins with the mark by which spreadsheet programs know UTF-8.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([safe_cell(column) for column in columns])
    yield BOM
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
        if buffer.tell() >= CHUNK_BYTES:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()
