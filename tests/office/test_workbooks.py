import io
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.office.workbook_reading import read_workbook
from comity.office.workbook_writing import write_workbook
from comity.office.workbooks import (
    Change,
    Column,
    ColumnKind,
    Sheet,
    SheetRow,
    Workbook,
    changes,
)

COLUMNS = [
    Column("name", "Name", required=True),
    Column("status", "Status", ColumnKind.CHOICE, {"member": "Member", "observer": "Observer"}),
    Column("count", "Count", ColumnKind.NUMBER),
    Column("begins", "From", ColumnKind.DATE),
]
ROWS = [
    SheetRow("1", 1, {"name": "=1+1", "status": "member", "count": 2.5, "begins": "2003/.."}),
    SheetRow("2", 3, {"name": "@x", "status": "", "count": -1, "begins": "2003-05-28"}),
]
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=30)


def workbook(rows=ROWS):
    return Workbook("matrix", "call:1", [Sheet("parties", "Participants", COLUMNS, rows)])


def read(data, expected=None):
    return read_workbook(io.BytesIO(data), expected or workbook(), name="p.xlsx")


def edited(edit):
    file = openpyxl.load_workbook(io.BytesIO(write_workbook(workbook(), "en")))
    edit(file["Participants"])
    buffer = io.BytesIO()
    file.save(buffer)
    return [str(problem) for problem in read(buffer.getvalue()).problems]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_unchanged_workbook_changes_nothing(language):
    result = read(write_workbook(workbook(), language))

    assert result.problems == []
    assert changes(ROWS, result.rows["parties"]) == []


@settings(max_examples=15, deadline=None)
@given(TEXTS)
def test_any_text_comes_back_as_it_was(text):
    rows = [SheetRow("1", 1, {"name": text})]

    result = read(write_workbook(workbook(rows), "en"), workbook(rows))

    assert result.problems == []
    assert result.rows["parties"][0].values["name"] == text


@pytest.mark.parametrize(
    ("cell", "value", "reason"),
    [
        ("C2", "=1+1", "row 2, column “Name”: The cell holds a formula. Write its result."),
        ("C2", None, "row 2, column “Name”: This is needed."),
        ("D2", "Chair", "row 2, column “Status”: “Chair” is not one of the list."),
        ("E3", "many", "row 3, column “Count”: “many” is no number."),
        ("A3", "1", "row 3: This row stands in row 2 already."),
        ("B2", 7, "row 2: Somebody has changed this since the workbook was made. Fetch a new one."),
    ],
)
def test_each_bad_cell_is_named(cell, value, reason):
    problems = edited(lambda sheet: sheet.__setitem__(cell, value))

    assert problems[0] == f"p.xlsx, sheet “Participants”, {reason}"


def test_changes_say_what_would_change():
    read_rows = [SheetRow("1", 1, {"name": "New"}, 2)]

    assert changes([SheetRow("1", 1, {"name": "Old"})], read_rows) == [
        Change(read_rows[0], "name", "Old", "New")
    ]


def test_row_may_hold_in_a_cell_what_its_column_holds_not():
    answer = Column("answer", "Answer", wraps=True)
    columns = [Column("question", "Question", locked=True), answer]
    choice = replace(answer, kind=ColumnKind.CHOICE, choices={"a": "Alpha", "b": "Beta"})
    kinds = {
        "1": (answer, "007"),
        "2": (replace(answer, kind=ColumnKind.NUMBER), 7.5),
        "3": (choice, "b"),
        "4": (replace(answer, kind=ColumnKind.BOOLEAN), True),
    }
    rows = [
        SheetRow(key, 1, {"question": key, "answer": value}, cells={"answer": column})
        for key, (column, value) in kinds.items()
    ]
    form = Workbook("form", "call:1", [Sheet("form", "Form", columns, rows)])
    content = write_workbook(form, "en")
    page = openpyxl.load_workbook(io.BytesIO(content))["Form"]
    result = read(content, form)

    assert {str(rule.sqref) for rule in page.data_validations.dataValidation} == {"D4", "D5"}
    assert page["D2"].alignment.wrap_text
    assert result.problems == []
    assert {row.key: row.values["answer"] for row in result.rows["form"]} == {
        key: value for key, (_column, value) in kinds.items()
    }
