"""Hand out a table as a file: comma-separated text or a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from comity.office.tables import write_csv
from comity.office.workbooks import Column, ColumnKind, Sheet, SheetRow, Value, Workbook

FORMS = {"csv": "CSV", "xlsx": "Excel"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 60


@dataclass(frozen=True)
class TableFile:
    """A table to hand out: ``name`` is the file's, without its ending."""

    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]


def table_file(table: TableFile, form: str) -> HttpResponseBase:
    """Return ``table`` as a file of one of ``FORMS``."""
    response: HttpResponseBase
    if form == "xlsx":
        # It brings 20 MB into the process that needs it, and most never do.
        from comity.office.workbook_writing import write_workbook  # noqa: PLC0415

        content = write_workbook(_workbook(table), get_language() or "en")
        response = HttpResponse(content, content_type=XLSX)
    else:
        lines = write_csv(table.columns, table.rows)
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{table.name}.{form}"'
    return response


def _workbook(table: TableFile) -> Workbook:
    keys = [f"c{number}" for number in range(len(table.columns))]
    columns = [
        Column(
            key,
            label,
            ColumnKind.NUMBER if _is_number(table, number) else ColumnKind.TEXT,
            width=_width(table, number),
            locked=True,
        )
        for number, (key, label) in enumerate(zip(keys, table.columns, strict=True))
    ]
    rows = [
        SheetRow(str(number), 1, dict(zip(keys, row, strict=True)))
        for number, row in enumerate(table.rows, start=1)
    ]
    return Workbook(table.name, table.name, [Sheet("table", table.title, columns, rows)])


def _is_number(table: TableFile, column: int) -> bool:
    values = [row[column] for row in table.rows if row[column] is not None]
    return bool(values) and all(isinstance(each, int | float) for each in values)


def _width(table: TableFile, column: int) -> int:
    longest = max((len(str(row[column] or "")) for row in table.rows), default=0)
    return min(WIDEST, max(longest, len(table.columns[column])) + 2)
