"""The file of a backup: a plain tar with four kinds of members, in a fixed order.

``manifest.json`` comes first and says what follows: ``database.gz``, then ``files/…``, each named
by the hash of its content, then ``end.json``. It is written and read as a stream, block by block,
by a reader that knows nothing of links, folders, long names or anything else a tar may hold. No
name in it is ever used as a path.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from tarfile import BLOCKSIZE, GNU_FORMAT, REGTYPE, HeaderError, TarInfo
from typing import IO, Any

import click

MANIFEST, DATABASE, END = "manifest.json", "database.gz", "end.json"
FILE = re.compile(r"files/([0-9a-f]{64})")
FORMAT = 1
CHUNK_BYTES = 1 << 20
# The two descriptions are read whole; the manifest of a thousand tables has some 200 kB.
MOST_DESCRIPTION_BYTES = 16 * 1024 * 1024
CUT_SHORT = "The backup is cut short: its end is missing."
DAMAGED = "This is no backup of Comity, or it is damaged."

Description = dict[str, Any]  # Any: JSON


class BadBackup(click.ClickException):
    """The file is no backup, or is not whole."""


@dataclass(frozen=True)
class Member:
    """One thing in a backup that is being read; its content is read once, before the next."""

    name: str
    size: int
    chunks: Iterator[bytes]

    def description(self) -> tuple[Description, str]:
        """Return the content as the object that it describes, with its SHA-256."""
        if self.size > MOST_DESCRIPTION_BYTES:
            raise BadBackup(f"This is no backup of Comity: its {self.name} is too large.")
        content = b"".join(self.chunks)
        try:
            found = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise BadBackup(f"The backup is damaged: its {self.name} cannot be read.") from error
        if not isinstance(found, dict):
            raise BadBackup(f"The backup is damaged: its {self.name} cannot be read.")
        return found, hashlib.sha256(content).hexdigest()


class Writer:
    """Writes members one after the other, and sums up all that it wrote."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self._digest = hashlib.sha256()
        self.written = 0

    @property
    def sha256(self) -> str:
        """The hash of the whole file so far."""
        return self._digest.hexdigest()

    def describe(self, name: str, description: Description) -> str:
        """Write a description, and return its SHA-256."""
        content = json.dumps(description, indent=1, sort_keys=True, ensure_ascii=False).encode()
        self._head(name, len(content))
        self._put(content)
        self._pad(len(content))
        return hashlib.sha256(content).hexdigest()

    def add(self, name: str, source: IO[bytes], size: int) -> str:
        """Write ``size`` bytes of ``source``, and return their SHA-256.

        A source that is shorter is filled up: whoever calls this knows by the hash.
        """
        self._head(name, size)
        digest, left = hashlib.sha256(), size
        while left:
            chunk = source.read(min(CHUNK_BYTES, left)) or bytes(min(CHUNK_BYTES, left))
            digest.update(chunk)
            self._put(chunk)
            left -= len(chunk)
        self._pad(size)
        return digest.hexdigest()

    def end(self) -> None:
        """Write what ends a tar."""
        self._put(bytes(2 * BLOCKSIZE))

    def _head(self, name: str, size: int) -> None:
        self._put(_header(name, size))

    def _pad(self, size: int) -> None:
        self._put(bytes(-size % BLOCKSIZE))

    def _put(self, content: bytes) -> None:
        self._target.write(content)
        self._digest.update(content)
        self.written += len(content)


def read_members(source: IO[bytes]) -> Iterator[Member]:
    """Read the members of a backup in their order, each once.

    Raises BadBackup where there is anything else in it, or it ends too soon.
    """
    last = 0
    while True:
        block = source.read(BLOCKSIZE)
        if block == bytes(BLOCKSIZE):
            return
        member = _member(source, block)
        place = _place(member.name)
        if place < last or (place == last and not FILE.fullmatch(member.name)):
            raise BadBackup(f"The backup is damaged: “{member.name}” stands in the wrong place.")
        last = place
        yield member
        for _left_over in member.chunks:
            pass
        filling = bytes(-member.size % BLOCKSIZE)
        if (found := source.read(len(filling))) != filling:
            raise BadBackup(CUT_SHORT if len(found) < len(filling) else DAMAGED)


def _member(source: IO[bytes], block: bytes) -> Member:
    try:
        info = TarInfo.frombuf(block, "ascii", "strict")
    except (HeaderError, UnicodeDecodeError) as error:
        if len(block) < BLOCKSIZE:
            raise BadBackup(CUT_SHORT) from error
        raise BadBackup(DAMAGED) from error
    # An old tar says with its slash, not with its type, what is a folder.
    if block[156:157] != REGTYPE or info.linkname or info.size < 0:
        raise BadBackup(f"The backup holds “{_shown(info.name)}”, which is no file: it is refused.")
    if _place(info.name) == 0:
        raise BadBackup(
            f"The backup holds “{_shown(info.name)}”, which is nothing of Comity’s: it is refused."
        )
    if block != _header(info.name, info.size):
        raise BadBackup(DAMAGED)
    return Member(info.name, info.size, _chunks(source, info.size))


def _header(name: str, size: int) -> bytes:
    """Return the one way in which a member begins."""
    info = TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(GNU_FORMAT, "ascii")


def _chunks(source: IO[bytes], size: int) -> Iterator[bytes]:
    left = size
    while left:
        chunk = source.read(min(CHUNK_BYTES, left))
        if not chunk:
            raise BadBackup(CUT_SHORT)
        left -= len(chunk)
        yield chunk


def _place(name: str) -> int:
    """Return the place of a member in the order of a backup; 0 where it has none."""
    order = {MANIFEST: 1, DATABASE: 2, END: 4}
    return 3 if FILE.fullmatch(name) else order.get(name, 0)


def _shown(name: str) -> str:
    """Return a name that a stranger chose, so that it does no harm to a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:100]
