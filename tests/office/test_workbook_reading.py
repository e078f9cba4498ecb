import io
from datetime import datetime

import openpyxl
import pytest
from django.utils.translation import override

from comity.office import workbooks
from comity.office.workbooks import Column, ColumnKind, Sheet, SheetRow, Workbook
from tests.office.workbook_samples import (
    BAD_DATE,
    VALUES,
    edited,
    problems,
    read,
    with_cell,
    written,
)


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
        ("B2", None, "Somebody has changed this since the workbook was made. Fetch a new one."),
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


def test_columns_with_the_same_words_share_one_list():
    columns = [Column("a", "A", ColumnKind.BOOLEAN), Column("b", "B", ColumnKind.BOOLEAN)]
    book = Workbook("matrix", "call:1", [Sheet("s", "S", columns, [SheetRow("1", 1, {})])])

    file = openpyxl.load_workbook(io.BytesIO(written(book)))

    assert [rule.formula1 for rule in file["S"].data_validations.dataValidation] == [
        "'_lists'!$A$1:$A$2",
        "'_lists'!$A$1:$A$2",
    ]
    assert list(file[workbooks.LISTS].values) == [("yes",), ("no",)]
