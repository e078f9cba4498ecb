"""Whether a ZIP container may be opened at all.

Readers trust the sizes that a container declares for its entries and stop there, so bounding
what is declared bounds what a reader unpacks.
"""

import os
import re
from typing import IO
from zipfile import ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_ENTRIES = 5_000
MOST_UNPACKED_BYTES = 400 * 1024 * 1024
MOST_RATIO = 100
# Small files of one repeated word shrink well and harm nobody.
RATIO_FROM_BYTES = 20 * 1024 * 1024
MOST_LISTED_BYTES = 2 * 1024 * 1024
# The list of a container's files: some fifty bytes of it take a kilobyte when it is opened.
MOST_DIRECTORY_BYTES = 2 * 1024 * 1024
END_OF_DIRECTORY = b"PK\5\6"
LARGE_DIRECTORY = b"PK\6\7"
END_BYTES = 22
MOST_COMMENT_BYTES = 1 << 16


def is_too_long_a_list(stream: IO[bytes]) -> bool:
    """Tell whether the list of files in a container would fill the memory when it is opened.

    Whatever stands at the end and could be taken for that list is asked.
    """
    stream.seek(0, os.SEEK_END)
    stream.seek(max(stream.tell() - END_BYTES - MOST_COMMENT_BYTES - len(LARGE_DIRECTORY), 0))
    tail = stream.read()
    stream.seek(0)
    if LARGE_DIRECTORY in tail:
        return True
    places = (found.start() for found in re.finditer(re.escape(END_OF_DIRECTORY), tail))
    sizes = (int.from_bytes(tail[place + 12 : place + 16], "little") for place in places)
    return any(size > MOST_DIRECTORY_BYTES for size in sizes)


def check_archive(archive: ZipFile, name: str) -> None:
    """Refuse the container ``name`` where it unpacks too large, breaks out or carries macros."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(sum(entry.compress_size for entry in entries), 1)
    if len(entries) > MOST_ENTRIES:
        raise ValidationError(
            _("“%(name)s” holds %(found)d files; at most %(most)d are taken.")
            % {"name": name, "found": len(entries), "most": MOST_ENTRIES},
            code="expansion",
        )
    if unpacked > MOST_UNPACKED_BYTES or (
        unpacked > RATIO_FROM_BYTES and unpacked > MOST_RATIO * packed
    ):
        raise ValidationError(
            _("“%(name)s” would grow too large when it is opened.") % {"name": name},
            code="expansion",
        )
    paths = [entry.filename for entry in entries]
    if any(_breaks_out(path) for path in paths):
        raise ValidationError(
            _("“%(name)s” holds files that would be written outside its own folder.")
            % {"name": name},
            code="path",
        )
    if any(_is_macro(path) for path in paths) or _declares_macros(archive, paths):
        raise ValidationError(
            _("“%(name)s” carries macros. Save it without them.") % {"name": name}, code="macros"
        )


def _breaks_out(path: str) -> bool:
    parts = path.replace("\\", "/").split("/")
    return parts[0] == "" or ":" in parts[0] or ".." in parts


def _is_macro(path: str) -> bool:
    lowered = path.lower()
    return lowered.endswith(("vbaproject.bin", "vbadata.xml")) or lowered.startswith(
        ("basic/", "scripts/", "xl/macrosheets/")
    )


def _declares_macros(archive: ZipFile, paths: list[str]) -> bool:
    listed = "[Content_Types].xml"
    if listed not in paths:
        return False
    with archive.open(listed) as file:
        return b"macroenabled" in file.read(MOST_LISTED_BYTES).lower()
