import io
import re
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from django.utils.translation import override

from comity.office import workbook_reading, workbooks
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


def test_workbook_comes_back_as_it_was():
    result = read(written())

    assert result.problems == []
    assert [(row.key, row.version, row.values, row.number) for row in result.rows["parties"]] == [
        ("1", 1, VALUES, 2),
        ("2", 3, VALUES | {"name": "Chile", "is_open": False}, 3),
    ]
    assert result.rows["notes"] == []


def test_row_that_somebody_added_has_no_key():
    result = read(with_cell("C2", "A note", "Notes"))

    assert result.problems == []
    assert result.rows["notes"] == [SheetRow("", 0, {"text": "A note"}, 2)]


def test_change_of_a_locked_column_is_not_read():
    result = read(with_cell("I2", "Europe"))

    assert result.problems == []
    assert result.rows["parties"][0].values == VALUES


@pytest.mark.parametrize(
    ("place", "value", "key", "expected"),
    [
        ("C2", " Peru ", "name", " Peru "),
        ("C2", 604, "name", "604"),
        ("C2", 1e20, "name", "100000000000000000000"),
        ("D2", True, "is_open", True),
        ("D2", " YES ", "is_open", True),
        ("D2", None, "is_open", None),
        ("E2", 604.0, "code", "604"),
        ("F2", "observer", "status", "observer"),
        ("F2", " Observer ", "status", "observer"),
        ("G2", "7", "count", 7.0),
        ("G2", 0, "count", 0),
        ("H2", 2003, "begins", "2003"),
        ("H2", datetime(2003, 5, 28), "begins", "2003-05-28"),  # noqa: DTZ001 -- as Excel has it
    ],
)
def test_cell_is_read_as_it_was_meant(place, value, key, expected):
    result = read(with_cell(place, value))

    assert result.problems == []
    assert result.rows["parties"][0].values == VALUES | {key: expected}


def test_words_for_true_are_those_of_the_file_and_of_the_reader():
    with override("fr"):
        french = written(language="fr")

    assert problems(french) == []
    with override("es"):
        assert problems(french) == []


@pytest.mark.parametrize(
    ("place", "value", "reason"),
    [
        ("D2", "perhaps", "column “Open”: Choose one from the list: yes, no."),
        ("G2", True, "column “Count”: “True” is no number."),
        ("G2", "nan", "column “Count”: “nan” is no number."),
        ("G2", "inf", "column “Count”: “inf” is no number."),
        ("G2", "=SUM(A1:A2)", "column “Count”: The cell holds a formula. Write its result."),
        ("E2", "=HYPERLINK(1)", "column “Code”: The cell holds a formula. Write its result."),
        ("E2", "#N/A", "column “Code”: The cell holds an error: #N/A."),
        ("H2", "28 May", "column “From”: " + BAD_DATE),
        ("A2", "99", "This row is not one of those we handed out."),
        ("A2", None, "Rows cannot be added to this sheet."),
        ("B2", None, "Somebody has changed this since the workbook was made."),
    ],
)
def test_bad_cell_is_named(place, value, reason):
    joint = ": " if reason[0].isupper() else ", "

    first = problems(with_cell(place, value))[0]

    assert first == f"p.xlsx, sheet “Participants”, row 2{joint}{reason}"


def test_every_problem_is_listed_at_once():
    def edit(file):
        file["Participants"]["C2"] = None
        file["Participants"]["G3"] = "many"
        file["Notes"]["A2"] = "5"

    assert problems(edited(edit)) == [
        "p.xlsx, sheet “Participants”, row 2, column “Name”: This is needed.",
        "p.xlsx, sheet “Participants”, row 3, column “Count”: “many” is no number.",
        "p.xlsx, sheet “Notes”, row 2: This row is not one of those we handed out.",
    ]


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        (workbook(kind="register"), SENTENCES["kind"]),
        (workbook(subject="call:2"), SENTENCES["subject"]),
    ],
)
def test_workbook_of_another_kind_or_subject_is_refused(expected, sentence):
    assert problems(written(), expected) == [sentence]
    assert read(written(), expected).rows == {}


def test_workbook_of_another_edition_is_refused():
    assert problems(with_cell("B1", "2", workbooks.ABOUT)) == [SENTENCES["edition"]]


def test_blank_row_in_what_the_file_says_of_itself_is_passed_over():
    data = edited(lambda file: file[workbooks.ABOUT].insert_rows(2))

    assert problems(data) == []


def test_columns_with_the_same_words_share_one_list():
    columns = [Column("a", "A", ColumnKind.BOOLEAN), Column("b", "B", ColumnKind.BOOLEAN)]
    book = Workbook("matrix", "call:1", [Sheet("s", "S", columns, [SheetRow("1", 1, {})])])

    file = openpyxl.load_workbook(io.BytesIO(written(book)))

    assert [rule.formula1 for rule in file["S"].data_validations.dataValidation] == [
        "'_lists'!$A$1:$A$2",
        "'_lists'!$A$1:$A$2",
    ]
    assert list(file[workbooks.LISTS].values) == [("yes",), ("no",)]


def test_workbook_that_we_never_handed_out_is_refused():
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)

    assert problems(buffer.getvalue()) == [SENTENCES["foreign"]]


def test_missing_sheet_is_named():
    assert problems(edited(lambda file: file.remove(file["Notes"]))) == [
        "p.xlsx, sheet “Notes”: This sheet is missing."
    ]


def test_extra_sheet_is_named():
    assert problems(edited(lambda file: file.create_sheet("Mine"))) == [
        "p.xlsx, sheet “Mine”: This sheet is not expected here."
    ]


def test_renamed_sheet_is_missing_and_not_expected():
    assert problems(edited(lambda file: setattr(file["Notes"], "title", "My notes"))) == [
        "p.xlsx, sheet “My notes”: This sheet is not expected here.",
        "p.xlsx, sheet “Notes”: This sheet is missing.",
    ]


@pytest.mark.parametrize(
    ("edit", "reasons"),
    [
        (
            lambda sheet: sheet.delete_cols(7),
            ["row 1, column “Count”: This column is missing or renamed."],
        ),
        (
            lambda sheet: sheet.__setitem__("G1", "Number"),
            [
                "row 1, column “Count”: This column is missing or renamed.",
                "row 1, column “Number”: This column is not expected here.",
            ],
        ),
        (
            lambda sheet: sheet.__setitem__("K1", "Mine"),
            ["row 1, column “Mine”: This column is not expected here."],
        ),
        (
            lambda sheet: sheet.__setitem__("J1", "Count"),
            ["row 1, column “Count”: This column stands twice."],
        ),
        (
            lambda sheet: sheet.delete_cols(1),
            ["row 1, column “_row”: This column is missing or renamed."],
        ),
        (
            lambda sheet: sheet.cell(1, workbooks.MOST_COLUMNS + 1, "Far"),
            ["row 1: The sheet has more than 200 columns."],
        ),
        (
            lambda sheet: sheet.delete_rows(2),
            ["The row “1” has been deleted. Leave it in."],
        ),
        (
            lambda sheet: sheet.delete_rows(2, 2),
            [
                "The row “1” has been deleted. Leave it in.",
                "The row “2” has been deleted. Leave it in.",
            ],
        ),
        (
            lambda sheet: sheet.append(["1", 1, "Peru"]),
            ["row 4: This row stands in row 2 already."],
        ),
        (
            lambda sheet: sheet.merge_cells("C2:C3"),
            [
                "Cells are merged. Take them apart: each holds one value.",
                "row 3, column “Name”: This is needed.",
            ],
        ),
    ],
)
def test_sheet_of_another_shape_is_refused(edit, reasons):
    found = problems(edited(lambda file: edit(file["Participants"])))

    begin = "p.xlsx, sheet “Participants”"
    assert found == [
        f"{begin}{', ' if reason.startswith('row ') else ': '}{reason}" for reason in reasons
    ]


def test_moved_columns_are_found_by_their_names():
    def edit(file):
        sheet = file["Participants"]
        for row in (1, 2, 3):
            name, count = sheet.cell(row, 3).value, sheet.cell(row, 7).value
            sheet.cell(row, 3).value, sheet.cell(row, 7).value = count, name

    result = read(edited(edit))

    assert result.problems == []
    assert result.rows["parties"][0].values == VALUES


def test_rows_beyond_the_limit_are_not_read(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", 1)
    book = Workbook("matrix", "call:1", [Sheet("parties", "Participants", COLUMNS, ROWS)])

    assert read(written(book), book).rows == {"parties": []}
    assert problems(written(book), book) == [
        "p.xlsx, sheet “Participants”, row 3: The sheet has more than 1 rows."
    ]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", "BadZipFile"),
        (b"name,status\nPeru,member\n", "BadZipFile"),
        (b"PK\x03\x04 and no more", "BadZipFile"),
        (b"%PDF-1.7", "BadZipFile"),
    ],
)
def test_what_is_no_workbook_is_refused(content, error):
    assert problems(content) == [f"p.xlsx: The file cannot be read as an Excel workbook ({error})."]


def test_archive_that_is_no_workbook_is_refused():
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    assert problems(buffer.getvalue()) == [
        "p.xlsx: The file cannot be read as an Excel workbook (KeyError)."
    ]


def test_cut_off_workbook_is_refused():
    assert problems(written()[:-400]) == [
        "p.xlsx: The file cannot be read as an Excel workbook (BadZipFile)."
    ]


def test_file_locked_with_a_password_is_refused():
    assert problems(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == [SENTENCES["locked"]]


def test_workbook_with_macros_is_refused():
    data = with_part(written(), "xl/vbaProject.bin", lambda _content: b"macro")

    assert problems(data) == [SENTENCES["macros"]]


def test_archive_that_expands_too_far_is_refused(monkeypatch):
    monkeypatch.setattr(workbook_reading, "MOST_EXPANDED", 1 << 20)
    data = with_part(written(), "xl/media/nought.bin", lambda _content: bytes(1 << 20))

    assert problems(data) == ["p.xlsx: The file cannot be read as an Excel workbook (BadZipFile)."]


BOMB = (
    '<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
FILE_ENTITY = '<!DOCTYPE worksheet [<!ENTITY i SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("declaration", [BOMB, FILE_ENTITY])
@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/other.bin"]
)
def test_declared_entities_are_refused(part, declaration):
    def change(content):
        text = re.sub(r"^<\?xml[^>]*\?>\s*", "", content.decode()) or "<a>&i;</a>"
        return (declaration + text.replace(">Peru</t>", ">&i;</t>")).encode()

    assert problems(with_part(written(), part, change)) == [SENTENCES["entities"]]


def test_declared_entities_are_refused_in_any_encoding():
    bomb = f'<?xml version="1.0" encoding="UTF-16"?>{BOMB}<a>&i;</a>'.encode("utf-16")

    data = with_part(written(), "xl/other.xml", lambda _content: bomb)

    assert problems(data) == [SENTENCES["entities"]]
