"""A workbook as it is handed out, and what people may have done to it since."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl

from comity.office.workbook_reading import read_workbook
from comity.office.workbook_writing import write_workbook
from comity.office.workbooks import Column, ColumnKind, Sheet, SheetRow, Workbook

COLUMNS = [
    Column("name", "Name", required=True),
    Column("is_open", "Open", ColumnKind.BOOLEAN),
    Column("code", "Code", ColumnKind.CODE),
    Column("status", "Status", ColumnKind.CHOICE, {"member": "Member", "observer": "Observer"}),
    Column("count", "Count", ColumnKind.NUMBER),
    Column("begins", "From", ColumnKind.DATE),
    Column("region", "Region", locked=True),
]
VALUES = {
    "name": "Peru",
    "is_open": True,
    "code": "604",
    "status": "member",
    "count": 2.5,
    "begins": "2003",
    "region": "Americas",
}
ROWS = [SheetRow("1", 1, VALUES), SheetRow("2", 3, VALUES | {"name": "Chile", "is_open": False})]
BAD_DATE = "“28 May” is no date: write 2003, 2003-05, 2003-05-28, 2000/2001, 2003/.. or ../2003."
NOTES = Sheet("notes", "Notes", [Column("text", "Text")], [], may_add=True)
SENTENCES = {
    "foreign": "p.xlsx: This is not a workbook that we handed out. Fill in the one you got.",
    "edition": "p.xlsx: This workbook is from another edition of the platform. Fetch it anew.",
    "kind": "p.xlsx: This is another kind of workbook.",
    "subject": "p.xlsx: This workbook is about something else.",
    "locked": "p.xlsx: The file is locked with a password, or of an old kind. Save it as .xlsx.",
    "entities": "p.xlsx: The workbook holds what no spreadsheet program writes. Save it anew.",
    "damaged": "p.xlsx: This is no Excel workbook (.xlsx), or it is damaged.",
    "large": "p.xlsx: The workbook would grow too large when it is opened. Take out what is not "
    "needed.",
    "links": "p.xlsx: The workbook takes values from other files. Break the links and save it "
    "anew.",
    "macros": "p.xlsx: The workbook holds macros. Save it as .xlsx without them.",
}


def workbook(rows=ROWS, kind="matrix", subject="call:1"):
    return Workbook(kind, subject, [Sheet("parties", "Participants", COLUMNS, rows), NOTES])


def written(book=None, language="en"):
    return write_workbook(book or workbook(), language)


def read(data, expected=None):
    return read_workbook(io.BytesIO(data), expected or workbook(), name="p.xlsx")


def problems(data, expected=None):
    return [str(problem) for problem in read(data, expected).problems]


def edited(edit):
    """Return the file after somebody has edited it."""
    file = openpyxl.load_workbook(io.BytesIO(written()))
    edit(file)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def with_cell(place, value, sheet="Participants"):
    return edited(lambda file: file[sheet].__setitem__(place, value))


def with_part(data, name, change):
    """Return the file with the XML of one part changed, or with a part of that name more."""
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as before, ZipFile(buffer, "w", ZIP_DEFLATED) as after:
        for part in before.namelist():
            content = before.read(part)
            after.writestr(part, change(content) if part == name else content)
        if name not in before.namelist():
            after.writestr(name, change(b""))
    return buffer.getvalue()
