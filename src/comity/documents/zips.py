"""ZIP files that are never made whole: any part of one is read from the files that it holds.

Entries are stored as they are, with checksums known beforehand. So the place of every byte is
known before one is read: a download that broke off goes on where it stopped, and nothing is kept.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from comity.store.content import CHUNK_BYTES
from comity.store.models import StoredFile
from comity.store.services import open_file

# What a container without the additions for larger ones can say.
MOST_ENTRIES: Final = 65_000
VERSION: Final = 20
UTF8: Final = 0x800
READABLE: Final = 0o100644 << 16
MADE_ON_UNIX: Final = 3 << 8
FIRST_YEAR: Final = 1980


@dataclass(frozen=True)
class Entry:
    """A file in a pack: its path in it, its checksum and size, and where its content is."""

    path: str
    crc32: int
    size: int
    made_on: date
    content: bytes | StoredFile

    @property
    def identity(self) -> str:
        """What stays the same while its bytes do."""
        stored = self.content
        digest = stored.sha256 if isinstance(stored, StoredFile) else sha256(stored).hexdigest()
        return f"{self.path}\n{self.made_on}\n{digest}"


@dataclass(frozen=True)
class Layout:
    """A ZIP file as its pieces follow one another, each with its length."""

    pieces: Sequence[tuple[int, bytes | StoredFile]]
    size: int
    etag: str

    def read(self, start: int, end: int) -> Iterator[bytes]:
        """Yield the bytes from ``start`` up to ``end``, opening no file outside of them."""
        place = 0
        for length, content in self.pieces:
            first, last = max(start - place, 0), min(end - place, length)
            if first < last:
                yield from _part(content, first, last)
            place += length


def lay_out(entries: Sequence[Entry]) -> Layout:
    """Return the ZIP file that holds ``entries``, in their order."""
    if len(entries) > MOST_ENTRIES:
        raise ValueError("Too many files for a ZIP file.")
    pieces: list[tuple[int, bytes | StoredFile]] = []
    listed, place = [], 0
    for entry in entries:
        name = entry.path.encode()
        same = (
            UTF8,
            0,
            0,
            _dos_date(entry.made_on),
            entry.crc32,
            entry.size,
            entry.size,
            len(name),
        )
        head = struct.pack("<4s5H3L2H", b"PK\3\4", VERSION, *same, 0) + name
        attributes = (0, 0, 0, 0, READABLE, place)
        made_by = VERSION | MADE_ON_UNIX
        listed.append(
            struct.pack("<4s6H3L5H2L", b"PK\1\2", made_by, VERSION, *same, *attributes) + name
        )
        pieces += [(len(head), head), (entry.size, entry.content)]
        place += len(head) + entry.size
    directory = b"".join(listed)
    count = len(entries)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), place, 0)
    pieces += [(len(directory), directory), (len(end), end)]
    identity = sha256("\n".join(entry.identity for entry in entries).encode()).hexdigest()
    return Layout(pieces, place + len(directory) + len(end), f'"{identity[:40]}"')


def _dos_date(day: date) -> int:
    return (max(day.year - FIRST_YEAR, 0) << 9) | (day.month << 5) | day.day


def _part(content: bytes | StoredFile, first: int, last: int) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content[first:last]
        return
    with open_file(content) as stream:
        stream.seek(first)
        left = last - first
        while left and (chunk := stream.read(min(CHUNK_BYTES, left))):
            left -= len(chunk)
            yield chunk
