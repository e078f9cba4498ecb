import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.office import tables
from comity.office.tables import BOM, Row, read_table, write_csv

COLUMNS = ["code", "name"]
NOT_UTF8 = (
    "parties.csv, row {row}: Byte {byte} of the file is not UTF-8. Save the table as “CSV UTF-8”."
)
UNREADABLE = (
    "parties.csv, row 3: The line cannot be read as comma-separated text (',' expected after '\"')."
)
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=20)


def read(data, columns=COLUMNS):
    return read_table("parties.csv", io.BytesIO(data), columns)


def sentences(data):
    return [str(problem) for problem in read(data).problems]


def test_read_table_gives_each_row_its_line():
    table = read(b'\xef\xbb\xbfname,code\r\n"Two\nlines",A\r\n\r\nPlain,B\r\n')

    assert table.problems == []
    assert table.rows == [
        Row(2, {"code": "A", "name": "Two\nlines"}),
        Row(5, {"code": "B", "name": "Plain"}),
    ]


@pytest.mark.parametrize("text", ["-5", "+1.5", "-", "- ", "− x", "", "a=b", "x@y", "-.5"])
def test_read_table_takes_what_is_no_formula(text):
    table = read(f"code,name\nA,{text}\n".encode())

    assert [table.problems, table.rows] == [[], [Row(2, {"code": "A", "name": text})]]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+A1", "-A1", " =1", "\t=1", "＝1"])
def test_read_table_refuses_formulas(text):
    assert sentences(f"code,name\nA,B\nA,{text}\n".encode()) == [
        "parties.csv, row 3, column “name”: The cell holds a formula. Write its result."
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            b"code,name\nA,B\nA,caf\xe9\n",
            [NOT_UTF8.format(row=3, byte=20)],
        ),
        (
            BOM + b"code,name\nA,caf\xe9\n",
            [NOT_UTF8.format(row=2, byte=19)],
        ),
        (
            b"code,name\nA,\0\n",
            ["parties.csv, row 2: There is a zero byte here: this is not a text file."],
        ),
        (
            b"",
            [
                "parties.csv, row 1, column “code”: This column is missing.",
                "parties.csv, row 1, column “name”: This column is missing.",
            ],
        ),
        (
            b"code,Name,\nA,B,\n",
            [
                "parties.csv, row 1, column “name”: This column is missing.",
                "parties.csv, row 1, column “Name”: This column is not expected here.",
                "parties.csv, row 1, column “number 3”: This column is not expected here.",
            ],
        ),
        (
            b"code,name,code\nA,B,C\n",
            ["parties.csv, row 1, column “code”: This column stands twice."],
        ),
        (
            b"code,name\nA\nA,B,C\n",
            [
                "parties.csv, row 2: The row has 1 cells; the first line names 2.",
                "parties.csv, row 3: The row has 3 cells; the first line names 2.",
            ],
        ),
        (
            b'code,name\nA,B\nA,"B" C\n',
            [UNREADABLE],
        ),
    ],
)
def test_read_table_names_everything_wrong(data, expected):
    assert sentences(data) == expected


def test_read_table_is_bounded(monkeypatch):
    monkeypatch.setattr(tables, "MOST_BYTES", 1024 * 1024)

    assert sentences(b"x" * (1024 * 1024 + 1)) == ["parties.csv: The file is larger than 1 MB."]


@given(st.lists(st.tuples(CELLS, CELLS).filter(any)))
def test_what_is_written_is_read_back_unless_it_would_be_computed(rows):
    data = b"".join(write_csv(COLUMNS, rows))

    table = read(data)

    assert table.problems == []
    assert [tuple(row.values.values()) for row in table.rows] == [
        tuple(tables.safe_cell(cell) for cell in row) for row in rows
    ]


@pytest.mark.parametrize("text", ["=1", "+A1", "-A1", "@x", "\tx", "\rx", " =1", "+41 22 717 91"])
def test_write_csv_lets_no_text_be_computed(text):
    written = b"".join(write_csv(["x"], [[text]])).removeprefix(BOM).decode()

    assert list(csv.reader(io.StringIO(written, newline=""))) == [["x"], [f"'{text}"]]


def test_write_csv_leaves_numbers_and_dates_alone():
    rows = [[-1, 2.5, "-3.1", "+4", "-12%", "../2003", None]]

    assert b"".join(write_csv("abcdefg", rows)) == (
        BOM + b"a,b,c,d,e,f,g\r\n-1,2.5,-3.1,+4,-12%,../2003,\r\n"
    )


def test_write_csv_comes_in_pieces():
    drawn = 0

    def rows():
        nonlocal drawn
        for drawn in range(1, 100_000):
            yield [drawn, "x" * 100]

    pieces = write_csv(["number", "text"], rows())

    assert [next(pieces), len(next(pieces)) < 2 * tables.CHUNK_BYTES] == [BOM, True]
    assert drawn < 1_000


def test_pieces_of_a_long_table_are_the_whole_table():
    rows = [[number, "x" * 100] for number in range(2_000)]

    pieces = list(write_csv(["number", "text"], rows))

    expected = BOM + b"number,text\r\n" + b"".join(b"%d,%s\r\n" % (n, b"x" * 100) for n, _x in rows)
    assert (b"".join(pieces), len(pieces)) == (expected, 5)
