"""Workbooks that would fill the memory, and the largest that is taken, each with its sentence."""

import io
import os
import re
import struct
import subprocess
import sys
from zipfile import ZIP_STORED, ZipFile

from tests.office.workbook_samples import with_part, written

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
MEASURE = """
import re, sys
from django.conf import settings
settings.configure(USE_I18N=False)
from comity.office.workbook_reading import read_workbook
from tests.office.workbook_samples import workbook
with open(sys.argv[1], "rb") as file:
    result = read_workbook(file, workbook(), name="p.xlsx")
print(int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024)
print(*result.problems[:1], sep="\\n")
"""


def whole(name, content):
    return with_part(written(), name, lambda _before: content)


def many_texts(count, words="text {}"):
    texts = "".join(f"<si><t>{words.format(n)}</t></si>" for n in range(count))
    listed = (
        f'<Override PartName="/{TEXTS}" ContentType="application/vnd.openxmlformats-officedocument'
        '.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    file = whole(TEXTS, f"<sst {MAIN}>{texts}</sst>".encode())
    return with_part(
        file, "[Content_Types].xml", lambda text: text.replace(b"</Types>", listed.encode())
    )


def rows(*contents):
    return whole(
        SHEET, f"<worksheet {MAIN}><sheetData>{''.join(contents)}</sheetData></worksheet>".encode()
    )


def added_to_sheet(words):
    """Return a file with ``words`` after the rows that we handed out."""

    def add(content):
        return content.replace(b"</sheetData>", words.encode() + b"</sheetData>")

    return with_part(written(), SHEET, add)


def long_list():
    """Return an archive whose list of files has an entry of some fifty bytes a million times."""
    entry = b"PK\1\2" + bytes(24) + struct.pack("<H", 1) + bytes(16) + b"a"
    count = 1_000_000
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65535, 65535, len(entry) * count, 0, 0)
    return entry * count + end


def padded(length):
    """Return a workbook with a part that is not packed."""
    buffer = io.BytesIO(written())
    with ZipFile(buffer, "a", ZIP_STORED) as archive, archive.open("xl/noise.bin", "w") as part:
        for _ in range(length // 1_000_000):
            part.write(os.urandom(1_000_000))
    return buffer.getvalue()


def retyped():
    """Return a workbook that gives a sheet out as its own list of sheets."""

    def change(content):
        return re.sub(rb"spreadsheetml\.worksheet\+xml", b"spreadsheetml.sheet.main+xml", content)

    return with_part(written(), "[Content_Types].xml", change)


CELLS = "".join(
    f'<c r="{chr(67 + n)}{{0}}" t="inlineStr"><is><t>{{0}}</t></is></c>' for n in range(7)
)
FULL = "The workbook would grow too large when it is opened. Take out what is not needed."
CASES = {
    "more texts than are taken": (
        lambda: many_texts(250_000, "t{}"),
        "p.xlsx: The workbook holds more than 200000 texts.",
    ),
    "long texts": (lambda: many_texts(40_000, "x" * 1000), f"p.xlsx: {FULL}"),
    "most texts taken, each with a rare letter": (
        lambda: many_texts(199_999, "{}" + "x" * 40 + "\N{GRINNING FACE}"),
        "",
    ),
    "a row of millions of cells": (
        lambda: added_to_sheet('<row r="4">' + "<c/>" * 5_000_000 + "</row>"),
        "p.xlsx, row 4: The row holds more cells than a sheet is wide.",
    ),
    "millions of rows": (
        lambda: added_to_sheet("<row/>" * 3_000_000),
        f"p.xlsx: {FULL}",
    ),
    "more cells than are taken": (
        lambda: added_to_sheet(
            "".join(f'<row r="{n}">{CELLS.format(n)}</row>' for n in range(4, 80_000))
        ),
        "p.xlsx, row 71428: The workbook holds more than 500000 cells.",
    ),
    "as many rows as are read": (
        lambda: added_to_sheet(
            "".join(f'<row r="{n}">{CELLS.format(n)}</row>' for n in range(4, 21_000))
        ),
        "p.xlsx, sheet “Participants”, row 4: Rows cannot be added to this sheet.",
    ),
    "a row far below": (
        lambda: added_to_sheet('<row r="999999999"><c r="XFD999999999"><v>1</v></c></row>'),
        "p.xlsx, sheet “Participants”, row 20002: The sheet has more than 20000 rows.",
    ),
    "a huge dimension": (
        lambda: with_part(
            written(),
            SHEET,
            lambda text: re.sub(
                rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', text
            ),
        ),
        "",
    ),
    "styles of many elements": (
        lambda: whole("xl/styles.xml", f"<a {MAIN}>{'<b/>' * 400_000}</a>".encode()),
        f"p.xlsx: {FULL}",
    ),
    "a comment without end": (
        lambda: whole(SHEET, b"<worksheet><!--" + b"<x" * 40_000_000 + b"--></worksheet>"),
        "p.xlsx: The workbook holds what no spreadsheet program writes. Save it anew.",
    ),
    "an attribute without end": (
        lambda: whole(SHEET, b'<worksheet a="' + b"x" * 90_000_000 + b'"/>'),
        "p.xlsx: The workbook holds what no spreadsheet program writes. Save it anew.",
    ),
    "a list of a million files": (long_list, f"p.xlsx: {FULL}"),
    "a bomb": (
        lambda: whole("xl/media/nought.bin", bytes(200_000_000)),
        f"p.xlsx: {FULL}",
    ),
    "a file that is too large": (
        lambda: padded(53_000_000),
        "p.xlsx: The file is too large: at most 50 MB are taken.",
    ),
    "a part of two types": (
        retyped,
        "p.xlsx: This is no Excel workbook (.xlsx), or it is damaged.",
    ),
}


def measure(path):
    """Read the file in a process of its own; return its peak in MiB and the first problem."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)],
        env=os.environ | {"PYTHONPATH": "src:."},
        capture_output=True,
        text=True,
        check=True,
    )
    peak, *first = done.stdout.splitlines()
    return int(peak), "".join(first)
