"""Whether a workbook can be read at all: bounded before the reader builds it in memory.

Each part is gone through piece by piece first. What a spreadsheet program writes passes; what
would grow, or was made to do harm, is refused with a sentence.
"""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from comity.store.archives import MOST_ENTRIES, is_too_long_a_list
from comity.store.markup import DocumentTypeError, LongTagError, MalformedError, read_markup

MEGABYTE: Final = 1024 * 1024
MOST_BYTES: Final = 50 * MEGABYTE
MOST_EXPANDED: Final = 100 * MEGABYTE
# Sheets and texts are read row by row; all other parts are built in memory as a whole.
MOST_BYTES_WHOLE: Final = 2 * MEGABYTE
MOST_ELEMENTS_WHOLE: Final = 50_000
MOST_TEXTS: Final = 200_000
MOST_CHARACTERS: Final = 10_000_000
# Shorter names and values of attributes are counted with their elements.
LONG_CHARACTERS: Final = 100
MOST_CELLS: Final = 500_000
# What is read as one piece, such as a row: as many cells as a spreadsheet is wide, and more.
MOST_ELEMENTS_OF_A_ROW: Final = 50_000
MOST_ELEMENTS: Final = 3_000_000
SHEETS: Final = "xl/worksheets/"
TEXTS: Final = "xl/sharedStrings.xml"
LIST: Final = "[Content_Types].xml"
LOCKED: Final = 1  # the flag of an entry that needs a password
SHEET_TYPE: Final = "worksheet+xml"
TEXTS_TYPE: Final = "sharedStrings+xml"


class UnreadableError(Exception):
    """The workbook cannot be read; the text is the sentence to show, ``row`` where it stands."""

    def __init__(self, reason: str, row: int = 0) -> None:
        super().__init__(reason)
        self.row = row


def check_file(stream: IO[bytes]) -> None:
    """Raise UnreadableError where the file is too large to be opened, or is no archive."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    if size > MOST_BYTES:
        raise UnreadableError(
            _("The file is too large: at most %(most)d MB are taken.")
            % {"most": MOST_BYTES // MEGABYTE}
        )
    if is_too_long_a_list(stream):
        raise UnreadableError(_too_large())


def check_parts(archive: ZipFile) -> None:
    """Raise UnreadableError where the parts of the workbook are too large, or do harm."""
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if any(part.flag_bits & LOCKED for part in parts):
        raise UnreadableError(
            _("The file is locked with a password, or of an old kind. Save it as .xlsx.")
        )
    if len(parts) > MOST_ENTRIES or sum(part.file_size for part in parts) > MOST_EXPANDED:
        raise UnreadableError(_too_large())
    if len(set(names)) < len(names):
        raise BadZipFile
    if any(name.endswith("vbaProject.bin") for name in names):
        raise UnreadableError(_("The workbook holds macros. Save it as .xlsx without them."))
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise UnreadableError(
            _("The workbook takes values from other files. Break the links and save it anew.")
        )
    try:
        _watch_parts(archive, parts)
    except (DocumentTypeError, LongTagError) as error:
        raise UnreadableError(
            _("The workbook holds what no spreadsheet program writes. Save it anew.")
        ) from error


def _watch_parts(archive: ZipFile, parts: list[ZipInfo]) -> None:
    whole = _read_whole(archive, parts)
    counted: Counter[str] = Counter()
    for part in parts:
        watcher = _Watcher(counted, is_whole=part.filename in whole)
        # What is no XML is a picture, say; the reader stops there too.
        with archive.open(part) as stream, suppress(MalformedError):
            read_markup(stream, watcher.begin, text=watcher.text)


def _read_whole(archive: ZipFile, parts: list[ZipInfo]) -> set[str]:
    """Return the parts that the reader builds in memory; refuse one that is too large.

    A part is streamed where both its place and its declared type say that it is a sheet, or
    the list of texts. A file that says two things about a part was made to do harm.
    """
    types = dict(_declared_types(archive))
    streamed = {name for name in types if name.startswith(SHEETS)} | {TEXTS}
    for name, kind in types.items():
        expected = SHEET_TYPE if name.startswith(SHEETS) else TEXTS_TYPE
        if (name in streamed) != kind.endswith((SHEET_TYPE, TEXTS_TYPE)) or (
            name in streamed and not kind.endswith(expected)
        ):
            raise BadZipFile
    whole = {part.filename for part in parts} - streamed
    for part in parts:
        if (
            part.filename in whole
            and part.file_size > MOST_BYTES_WHOLE
            and (part.filename in types or part.filename.endswith((".xml", ".rels")))
        ):
            raise UnreadableError(_too_large())
    return whole


def _declared_types(archive: ZipFile) -> Iterator[tuple[str, str]]:
    found: list[tuple[str, str]] = []

    def begin(tag: str, values: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Override":
            found.append((values.get("PartName", "").lstrip("/"), values.get("ContentType", "")))
        if len(found) > MOST_ENTRIES:
            raise UnreadableError(_too_large())

    if LIST not in archive.namelist():
        raise BadZipFile
    if archive.getinfo(LIST).file_size > MOST_BYTES_WHOLE:
        raise UnreadableError(_too_large())
    with archive.open(LIST) as stream, suppress(MalformedError):
        read_markup(stream, begin)
    yield from found


class _Watcher:
    """Counts what one part holds, and beside it what all sheets hold together."""

    def __init__(self, counted: Counter[str], *, is_whole: bool) -> None:
        self.counted = counted
        self.is_whole = is_whole
        self.row = 0
        self.of_row = 0
        self.elements = 0

    def begin(self, tag: str, values: dict[str, str]) -> None:
        for words in (tag, *values, *values.values()):
            if len(words) > LONG_CHARACTERS:
                self.text(words)
        self.elements += 1
        if self.is_whole:
            if self.elements > MOST_ELEMENTS_WHOLE:
                raise UnreadableError(_too_large())
        else:
            self.count(tag.rpartition(":")[2])

    def count(self, local: str) -> None:
        self.counted["elements"] += 1
        self.of_row += 1
        if local == "row":
            self.row += 1
            self.of_row = 0
        elif local == "si":
            self.counted["texts"] += 1
            self.of_row = 0
        elif local == "c":
            self.counted["cells"] += 1
        if self.of_row > MOST_ELEMENTS_OF_A_ROW:
            raise UnreadableError(_("The row holds more cells than a sheet is wide."), self.row)
        if self.counted["cells"] > MOST_CELLS:
            raise UnreadableError(
                _("The workbook holds more than %(most)d cells.") % {"most": MOST_CELLS}, self.row
            )
        if self.counted["texts"] > MOST_TEXTS:
            raise UnreadableError(
                _("The workbook holds more than %(most)d texts.") % {"most": MOST_TEXTS}
            )
        if self.counted["elements"] > MOST_ELEMENTS:
            raise UnreadableError(_too_large())

    def text(self, words: str) -> None:
        self.counted["characters"] += len(words)
        if self.counted["characters"] > MOST_CHARACTERS:
            raise UnreadableError(_too_large())


def _too_large() -> str:
    return _("The workbook would grow too large when it is opened. Take out what is not needed.")
