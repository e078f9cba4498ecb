"""Workbooks and sheets that are not those we handed out."""

import io

import openpyxl
import pytest

from comity.office import workbooks
from comity.office.workbooks import Sheet, Workbook
from tests.office.workbook_samples import (
    COLUMNS,
    ROWS,
    SENTENCES,
    VALUES,
    edited,
    problems,
    read,
    with_cell,
    workbook,
    written,
)


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
