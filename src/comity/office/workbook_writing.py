"""Write workbooks that can be read back."""

import io
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from comity.office.workbooks import (
    ABOUT,
    FORMAT,
    HEADER_ROW,
    LISTS,
    ROW_KEY,
    ROW_VERSION,
    Column,
    ColumnKind,
    Sheet,
    Value,
    Workbook,
)

if TYPE_CHECKING:
    from openpyxl import Workbook as File
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

FREE_ROWS: Final = 500
TEXTS: Final = {ColumnKind.TEXT, ColumnKind.DATE, ColumnKind.CODE}
ILLEGAL: Final = dict.fromkeys(c for c in range(32) if chr(c) not in "\t\n\r")


def write_workbook(workbook: Workbook, language: str) -> bytes:
    """Return the file of ``workbook``, with its own words in ``language``.

    No cell is ever computed: text stays text, whatever it begins with.
    """
    import openpyxl  # noqa: PLC0415 -- heavy, and few pages write workbooks

    file = openpyxl.Workbook()
    file.remove(file.worksheets[0])
    with override(language):
        lists = _Lists()
        for sheet in workbook.sheets:
            _write_sheet(file, sheet, lists, language)
        _write_hidden(file, workbook, language, lists)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


class _Lists:
    """The drop-down lists of a file, each a column of one hidden sheet."""

    def __init__(self) -> None:
        self.columns: list[list[str]] = []

    def add(self, words: list[str]) -> str:
        """Keep a list; return the range by which cells refer to it."""
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 -- see write_workbook

        if words not in self.columns:
            self.columns.append(words)
        letter = get_column_letter(self.columns.index(words) + 1)
        return f"'{LISTS}'!${letter}$1:${letter}${len(words)}"


def yes_and_no() -> dict[bool, str]:
    """Return the words for true and false, in the language of the file."""
    return {True: _("yes"), False: _("no")}


def _write_sheet(file: "File", sheet: Sheet, lists: _Lists, language: str) -> None:
    from openpyxl.styles import Alignment, Protection  # noqa: PLC0415 -- see write_workbook

    page = file.create_sheet(sheet.title)
    page.sheet_view.rightToLeft = get_language_info(language)["bidi"]
    page.freeze_panes = page.cell(HEADER_ROW + 1, 3)
    for position, name in enumerate((ROW_KEY, ROW_VERSION), start=1):
        _put(page.cell(HEADER_ROW, position), name)
        page.column_dimensions["AB"[position - 1]].hidden = True
    for number, row in enumerate(sheet.rows, start=HEADER_ROW + 1):
        _put(page.cell(number, 1), row.key)
        page.cell(number, 2).value = row.version
    last = HEADER_ROW + len(sheet.rows) + (FREE_ROWS if sheet.may_add else 0)
    free = Protection(locked=False)
    wrapped = Alignment(wrap_text=True, vertical="top")
    for position, column in enumerate(sheet.columns, start=3):
        _write_header(page, position, column)
        for number, row in zip_longest(range(HEADER_ROW + 1, last + 1), sheet.rows):
            held = row.cells.get(column.key, column) if row else column
            value = _shown(held, row.values.get(column.key)) if row else None
            # Cells are locked unless told otherwise, and nobody types into an empty one of those.
            if column.locked and (value is None or value == ""):
                continue
            cell = page.cell(number, position)
            _put(cell, value)
            if not column.locked:
                cell.protection = free
            if column.wraps:
                cell.alignment = wrapped
            if held.kind in TEXTS:
                cell.number_format = "@"
            if held is not column:
                _add_list(page, position, held, lists, (number, number))
        _add_list(page, position, column, lists, (HEADER_ROW + 1, last))
    page.protection.sheet = True
    page.protection.formatColumns = False


def _write_header(page: "Worksheet", position: int, column: Column) -> None:
    from openpyxl.comments import Comment  # noqa: PLC0415 -- see write_workbook
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    cell = page.cell(HEADER_ROW, position)
    _put(cell, column.label)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="E6EAE8")
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    page.column_dimensions[get_column_letter(position)].width = column.width
    notes = [column.help] if column.help else []
    if column.kind == ColumnKind.DATE:
        notes.append(_("Write 2003, 2003-05, 2003-05-28, 2003/.. or ../2003."))
    if column.required:
        notes.append(_("Every row needs this."))
    if column.locked:
        notes.append(_("Changes in this column are not read."))
    if notes:
        cell.comment = Comment("\n".join(notes), "Comity", height=120, width=260)


def _add_list(
    page: "Worksheet", position: int, column: Column, lists: _Lists, rows: tuple[int, int]
) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 -- see write_workbook
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    words = [str(each) for each in column.choices.values()]
    if column.kind == ColumnKind.BOOLEAN:
        words = list(yes_and_no().values())
    first, last = rows
    if not words or column.locked or last < first:
        return
    rule = DataValidation(
        type="list",
        formula1=lists.add(words),
        allow_blank=not column.required,
        showErrorMessage=True,
    )
    rule.errorTitle, rule.error = column.label[:32], _("Choose one from the list.")
    letter = get_column_letter(position)
    rule.add(f"{letter}{first}:{letter}{last}")
    page.add_data_validation(rule)


def _write_hidden(file: "File", workbook: Workbook, language: str, lists: _Lists) -> None:
    """Write what the file is, and the lists of its drop-downs, where nobody looks."""
    about = file.create_sheet(ABOUT)
    for number, (name, value) in enumerate(about_values(workbook, language), start=1):
        _put(about.cell(number, 1), name)
        _put(about.cell(number, 2), value)
    handed_out = [(sheet.name, row.key) for sheet in workbook.sheets for row in sheet.rows]
    for number, (name, key) in enumerate(handed_out, start=1):
        _put(about.cell(number, 3), name)
        _put(about.cell(number, 4), key)
    page = file.create_sheet(LISTS)
    for position, words in enumerate(lists.columns, start=1):
        for number, word in enumerate(words, start=1):
            _put(page.cell(number, position), word)
    for hidden in (about, page):
        hidden.sheet_state = "veryHidden"
        hidden.protection.sheet = True


def about_values(workbook: Workbook, language: str) -> list[tuple[str, str]]:
    """Return what the hidden sheet says of the file: what it is, and each sheet and column."""
    values = [
        ("format", str(FORMAT)),
        ("kind", workbook.kind),
        ("subject", workbook.subject),
        ("language", language),
    ]
    for sheet in workbook.sheets:
        values.append((f"sheet:{sheet.name}", sheet.title))
        values += [(f"column:{sheet.name}:{c.key}", c.label) for c in sheet.columns]
    return values


def _shown(column: Column, value: Value) -> Value:
    """Return what a cell shows for a stored value."""
    if isinstance(value, bool):
        return yes_and_no()[value]
    if column.kind == ColumnKind.CHOICE and value not in {None, ""}:
        return str(column.choices[str(value)])
    return value


def _put(cell: "Cell | MergedCell", value: Value) -> None:
    """Write a value; text becomes a cell of the type text, which no program computes."""
    if not isinstance(value, str):
        cell.value = value
        return
    text = value.translate(ILLEGAL)
    if text:
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = True
