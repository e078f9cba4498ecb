"""Lay what is in the file of a backup into a folder, and find out whether it is whole."""

import gzip
import hashlib
import os
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from comity.backup import archive
from comity.backup.archive import CHUNK_BYTES, BadBackup, Description, Member
from comity.backup.manifests import HASH, check_manifest

# What a restored database needs beside itself while it is brought up to date.
ROOM_TIMES = 2


@dataclass
class Staged:
    """What a backup held, laid aside and found to be what it says."""

    folder: Path
    manifest: Description
    files: int = 0
    size: int = 0
    damaged: set[str] = field(default_factory=set)
    lacking: set[str] = field(default_factory=set)

    @property
    def packed(self) -> Path:
        """Where the database lies as it came."""
        return self.folder / archive.DATABASE

    @property
    def database(self) -> Path:
        """Where the one file of a database on SQLite lies."""
        return self.folder / "comity.sqlite3"

    @property
    def contents(self) -> Path:
        """Where the stored files lie, as in the store."""
        return self.folder / "files"


class Pieces:
    """Bytes that come piece by piece, to be read in other pieces."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, b""

    def read(self, size: int, /) -> bytes:
        """Return at most ``size`` bytes, and none at the end."""
        if not self._rest:
            self._rest = next(self._pieces, b"")
        found, self._rest = self._rest[:size], self._rest[size:]
        return found


def stage(source: IO[bytes], folder: Path) -> Staged:
    """Lay the members of ``source`` into ``folder``, each checked against its hash.

    Raises BadBackup with a sentence where anything is missing, too much or not as it was.
    """
    members = archive.read_members(source)
    first = next(members, None)
    if first is None or first.name != archive.MANIFEST:
        raise BadBackup("This is no backup of Comity.")
    manifest, manifest_sha256 = first.description()
    check_manifest(manifest)
    _refuse_without_room(manifest, folder)
    staged = Staged(folder, manifest)
    staged.contents.mkdir()
    end: Description = {}
    for member in members:
        if member.name == archive.DATABASE:
            _stage_database(staged, member)
        elif member.name == archive.END:
            end, _sha256 = member.description()
        else:
            _stage_file(staged, member)
    _check_end(staged, end, manifest_sha256)
    return staged


def unpacked(staged: Staged) -> Iterator[bytes]:
    """Unpack the database, as far as the manifest says that it goes and no further."""
    left = staged.manifest["database"]["unpacked_bytes"]
    try:
        with gzip.open(staged.packed) as inner:
            while chunk := inner.read(CHUNK_BYTES):
                left -= len(chunk)
                if left < 0:
                    raise BadBackup(
                        "The backup is refused: its database grows beyond what it says."
                    )
                yield chunk
    except (OSError, EOFError, zlib.error) as error:
        raise BadBackup("The backup is damaged: its database cannot be unpacked.") from error
    if left:
        raise BadBackup("The backup is damaged: a part of its database is missing.")


def _refuse_without_room(manifest: Description, folder: Path) -> None:
    database = manifest["database"]
    needed = (
        manifest["files"]["bytes"] + database["bytes"] + ROOM_TIMES * database["unpacked_bytes"]
    )
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise BadBackup(
            f"There is too little room in {folder.parent}: "
            f"{needed // 10**6:,} MB are needed, {free // 10**6:,} MB are free."
        )


def _stage_database(staged: Staged, member: Member) -> None:
    said = staged.manifest["database"]
    if member.size != said["bytes"] or _keep(member, staged.packed) != said["sha256"]:
        raise BadBackup("The backup is damaged: its database is not as it was written.")


def _stage_file(staged: Staged, member: Member) -> None:
    sha256 = member.name.rpartition("/")[2]
    staged.files += 1
    staged.size += member.size
    if staged.size > staged.manifest["files"]["bytes"]:
        raise BadBackup("The backup is refused: its files are larger than it says.")
    place = staged.contents / sha256[:2] / sha256
    place.parent.mkdir(exist_ok=True)
    if place.exists():
        raise BadBackup(f"The backup is damaged: it holds the file {sha256} twice.")
    if _keep(member, place) != sha256:
        staged.damaged.add(sha256)
        place.unlink()


def _keep(member: Member, place: Path) -> str:
    """Write the content of ``member`` to the disk for good, and return its SHA-256."""
    digest = hashlib.sha256()
    with place.open("xb") as file:
        for chunk in member.chunks:
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    place.chmod(0o640)
    return digest.hexdigest()


def _check_end(staged: Staged, end: Description, manifest_sha256: str) -> None:
    """Refuse what has no end, or another than its beginning says."""
    if not end:
        raise BadBackup(archive.CUT_SHORT)
    lacking = end.get("lacking")
    if (
        end.get("manifest_sha256") != manifest_sha256
        or not isinstance(lacking, list)
        or not all(isinstance(each, str) and HASH.fullmatch(each) for each in lacking)
        or not staged.packed.exists()
    ):
        raise BadBackup("The backup is damaged: its end does not belong to its beginning.")
    staged.lacking = set(lacking)
    # What was lost or damaged when the backup was made is known to be; anything else is not.
    if changed := staged.damaged - staged.lacking:
        raise BadBackup(f"The backup is damaged: the file {min(changed)} is not as it was written.")
    missing = staged.manifest["files"]["count"] - staged.files
    if missing != len(staged.lacking - staged.damaged):
        raise BadBackup("The backup is damaged: it has not as many files as it says.")
