"""Files that are no workbook, or were made to do harm."""

import io
import re
from zipfile import ZipFile

import pytest

from comity.office import workbook_bounds
from tests.office.hostile_workbooks import CASES, measure
from tests.office.workbook_samples import (
    SENTENCES,
    problems,
    read,
    with_cell,
    with_part,
    written,
)

MOST_MIB = 200


@pytest.mark.parametrize(
    "content", [b"", b"name,status\nPeru,member\n", b"PK\x03\x04 and no more", b"%PDF-1.7"]
)
def test_what_is_no_workbook_is_refused(content):
    assert problems(content) == [SENTENCES["damaged"]]


def test_archive_that_is_no_workbook_is_refused():
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    assert problems(buffer.getvalue()) == [SENTENCES["damaged"]]


def test_cut_off_workbook_is_refused():
    assert problems(written()[:-400]) == [SENTENCES["damaged"]]


def test_file_locked_with_a_password_is_refused():
    assert problems(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == [SENTENCES["locked"]]


def test_workbook_with_macros_is_refused():
    data = with_part(written(), "xl/vbaProject.bin", lambda _content: b"macro")

    assert problems(data) == [SENTENCES["macros"]]


def test_workbook_that_takes_values_from_other_files_is_refused():
    data = with_part(written(), "xl/externalLinks/externalLink1.xml", lambda _content: b"<a/>")

    assert problems(data) == [SENTENCES["links"]]


def test_part_that_needs_a_password_is_refused():
    data = bytearray(written())
    data[data.rindex(b"PK\1\2") + 8] |= 1

    assert problems(bytes(data)) == [SENTENCES["locked"]]


def test_workbook_of_more_parts_than_are_taken_is_refused(monkeypatch):
    monkeypatch.setattr(workbook_bounds, "MOST_ENTRIES", 12)

    assert problems(with_part(written(), "xl/a.bin", lambda _content: b"")) == [SENTENCES["large"]]


def test_part_that_stands_twice_is_refused():
    buffer = io.BytesIO(written())
    with ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", "<workbook/>")

    assert problems(buffer.getvalue()) == [SENTENCES["damaged"]]


def test_rows_beyond_what_the_file_says_of_its_extent_are_read():
    data = with_part(
        with_cell("C2", "A note", "Notes"),
        "xl/worksheets/sheet2.xml",
        lambda text: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', text),
    )

    assert [row.values for row in read(data).rows["notes"]] == [{"text": "A note"}]


@pytest.mark.parametrize("name", CASES)
def test_workbook_is_read_or_refused_in_little_memory(name, tmp_path):
    make, sentence = CASES[name]
    (tmp_path / "p.xlsx").write_bytes(make())

    peak_mib, first = measure(tmp_path / "p.xlsx")

    assert first == sentence
    assert peak_mib < MOST_MIB


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
