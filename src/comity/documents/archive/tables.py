"""The spreadsheet of an archive: comma-separated or Excel, one row for each paper."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, Final
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.utils.translation import gettext as _

from comity.office.problems import Problem
from comity.office.tables import Row, Table, read_table
from comity.office.workbook_bounds import UnreadableError, check_file, check_parts

NEEDED: Final = ("symbol", "kind", "date", "meeting", "audience")
MAY_BE: Final = ("original", "adopted_by", "note")
MOST_ROWS: Final = 100_000


def columns_of(languages: Sequence[str]) -> list[str]:
    """Return every column that a spreadsheet may have."""
    return [
        *NEEDED,
        *MAY_BE,
        *(f"title_{code}" for code in languages),
        *(f"files_{code}" for code in languages),
    ]


def read_spreadsheet(path: Path) -> Table:
    """Return the rows of the spreadsheet at ``path``, with everything wrong with its columns.

    It may leave out languages and what need not be known; what is left out reads as empty.
    """
    with path.open("rb") as stream:
        if path.suffix == ".xlsx":
            return _of_workbook(path.name, stream)
        heads = stream.readline().decode("utf-8-sig", "replace").strip().replace('"', "")
        given = [head.strip() for head in heads.split(",")]
        stream.seek(0)
        table = read_table(path.name, stream, _expected(given))
    return Table([_whole(row) for row in table.rows], table.problems)


def _expected(given: Sequence[str]) -> list[str]:
    """Return the columns to be found: those needed, and of the others those that are given."""
    known = columns_of(settings.CONTENT_LANGUAGES)
    return [name for name in known if name in NEEDED or name in given]


def _whole(row: Row) -> Row:
    empty = dict.fromkeys(columns_of(settings.CONTENT_LANGUAGES), "")
    values = {name: value.strip() for name, value in row.values.items()}
    return Row(row.number, empty | values)


def _of_workbook(name: str, stream: IO[bytes]) -> Table:
    from openpyxl import load_workbook  # noqa: PLC0415 -- heavy, and most need no workbook

    table = Table()
    try:
        check_file(stream)
        with ZipFile(stream) as archive:
            check_parts(archive)
        stream.seek(0)
        sheet = load_workbook(stream, read_only=True, data_only=True).worksheets[0]
        sheet.reset_dimensions()
        lines = [
            [_plain(cell) for cell in cells]
            for cells in sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 1)
        ]
    except UnreadableError as error:
        table.problems.append(Problem(name, "", error.row, "", str(error)))
        return table
    except (BadZipFile, KeyError, OSError, ValueError, IndexError):
        reason = _("The workbook is damaged and cannot be read.")
        table.problems.append(Problem(name, "", 0, "", reason))
        return table
    heads = lines[0] if lines else []
    table.problems += _wrong_heads(name, heads)
    for number, cells in enumerate(lines[1:], start=2):
        if any(cells):
            table.rows.append(_whole(Row(number, dict(zip(heads, cells, strict=False)))))
    return table


def _wrong_heads(name: str, heads: Sequence[str]) -> Iterator[Problem]:
    for each in NEEDED:
        if each not in heads:
            yield Problem(name, "", 1, each, _("This column is missing."))
    known = columns_of(settings.CONTENT_LANGUAGES)
    for position, each in enumerate(heads):
        if each and each not in known:
            yield Problem(name, "", 1, each, _("This column is not expected here."))
        elif each and each in heads[:position]:
            yield Problem(name, "", 1, each, _("This column stands twice."))


def _plain(cell: object) -> str:
    """Return what a cell holds as one would write it in a comma-separated file."""
    match cell:
        case None:
            return ""
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
    return str(cell)
