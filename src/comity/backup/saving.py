"""Write all of an installation into one file, while people work in it.

The database comes first, as it stood at one moment; then the stored files that it names. They
are in place before a row names them, and none is removed until the backup is done.
"""

import fcntl
import gzip
import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

import click
from django.conf import settings
from django.db import connection
from django.utils import timezone

import comity
from comity.backup import archive, postgres, sqlite
from comity.backup.archive import Description, Writer
from comity.store import services as store
from comity.store.models import StoredFile

# What differs between installations and is no secret; a restore tells what is otherwise there.
SETTINGS: dict[str, Callable[[], str]] = {
    "COMITY_MODE": lambda: "production" if settings.PRODUCTION else "demonstration",
    "COMITY_HOSTS": lambda: ",".join(settings.ALLOWED_HOSTS),
    "COMITY_ADDRESS": lambda: settings.SITE_ADDRESS,
    "COMITY_NAME": lambda: settings.INSTALLATION_NAME,
    "COMITY_DATA_LICENCE": lambda: settings.DATA_LICENCE,
    "COMITY_SECOND_FACTOR": lambda: "required" if settings.SECOND_FACTOR_REQUIRED else "optional",
    "COMITY_LANGUAGES": lambda: ",".join(settings.INTERFACE_LANGUAGES),
    "COMITY_TIME_ZONE": lambda: settings.TIME_ZONE,
    "COMITY_MAIL_HOST": lambda: settings.EMAIL_HOST,
    "COMITY_MAIL_FROM": lambda: settings.DEFAULT_FROM_EMAIL,
}
READY = "demonstration-is-ready"
COMPRESSION = 4
# Of what stands on the disk of the reader's own machine a line every few seconds is enough.
TOLD_EVERY_SECONDS = 5.0


class Engine(Protocol):
    """A database as it stood at one moment."""

    def write(self, target: IO[bytes]) -> Description:
        """Write it whole."""

    def ask(self, question: str) -> Iterator[tuple[object, ...]]:
        """Answer a question of SQL."""


@dataclass(frozen=True)
class Saved:
    """What a backup came to."""

    size: int
    sha256: str
    files: int
    lacking: list[str]


class _Counting:
    """A stream that knows how much went into it."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target, self.written, self.digest = target, 0, hashlib.sha256()

    def write(self, content: bytes) -> int:
        self.written += len(content)
        self.digest.update(content)
        return self._target.write(content)

    def flush(self) -> None:
        self._target.flush()


def save(target: Path) -> Saved:
    """Write a backup to ``target``, which appears whole or not at all.

    Raises a ClickException with a sentence where ``target`` is there already, or cannot be.
    """
    target = target.absolute()
    if target.exists() or target.is_symlink():
        raise click.ClickException(f"{target} is there already. Choose another name.")
    if not target.parent.is_dir():
        raise click.ClickException(f"There is no folder {target.parent}.")
    try:
        with _draft_of(target) as (draft, place):
            saved = _write(draft, place)
            draft.flush()
            os.fsync(draft.fileno())
            _give_name(place, target)
    except OSError as error:
        raise click.ClickException(
            f"The backup could not be written: {error.strerror or error}."
        ) from error
    return saved


@contextmanager
def _draft_of(target: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """Open the file that is to become ``target``: only its owner reads it, only one writes it."""
    place = target.with_name(f".{target.name}.part")
    descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with open(descriptor, "r+b") as draft:  # noqa: PTH123 -- a descriptor
        try:
            fcntl.flock(draft, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise click.ClickException(f"Another backup to {target} is under way.") from error
        try:
            draft.truncate()
            os.fchmod(descriptor, 0o600)
            yield draft, place
        finally:
            place.unlink(missing_ok=True)


def _give_name(place: Path, target: Path) -> None:
    """Give the finished file its name, unless somebody took that meanwhile."""
    try:
        target.hardlink_to(place)
    except FileExistsError as error:
        raise click.ClickException(f"{target} is there already. Choose another name.") from error
    except OSError:  # a disk without links
        place.rename(target)
    descriptor = os.open(target.parent, os.O_RDONLY)
    with suppress(OSError):  # nor do all folders know how to be kept
        os.fsync(descriptor)
    os.close(descriptor)


def _write(draft: IO[bytes], place: Path) -> Saved:
    dump = (
        sqlite.Dump(place.with_name(f"{place.name}.sqlite3"))
        if connection.vendor == "sqlite"
        else postgres.Dump()
    )
    with store.contents_stay(), dump as engine, tempfile.TemporaryFile(dir=place.parent) as packed:
        click.echo("Reading the database …")
        described = _pack(engine, packed)
        manifest = _manifest(engine, described)
        writer = Writer(draft)
        manifest_sha256 = writer.describe(archive.MANIFEST, manifest)
        packed.seek(0)
        writer.add(archive.DATABASE, packed, described["bytes"])
        lacking = _add_files(engine, writer, manifest["files"])
        writer.describe(archive.END, {"manifest_sha256": manifest_sha256, "lacking": lacking})
        writer.end()
    return Saved(writer.written, writer.sha256, manifest["files"]["count"], lacking)


def _pack(engine: Engine, packed: IO[bytes]) -> Description:
    """Write the database, packed, to ``packed``; return what the manifest says of it."""
    outer = _Counting(packed)
    with gzip.GzipFile("", "wb", COMPRESSION, outer, mtime=0) as inner:
        counted = _Counting(inner)  # type: ignore[arg-type] # -- as above
        described = engine.write(counted)  # type: ignore[arg-type] # -- as above
    kind = sqlite.KIND if connection.vendor == "sqlite" else postgres.KIND
    return described | {
        "kind": kind,
        "bytes": outer.written,
        "sha256": outer.digest.hexdigest(),
        "unpacked_bytes": counted.written,
    }


def _manifest(engine: Engine, described: Description) -> Description:
    question = "SELECT count(*), coalesce(sum(size), 0) FROM store_storedfile"
    ((files, size),) = engine.ask(question)
    head = list(engine.ask("SELECT count, digest FROM audit_head"))
    known = engine.ask("SELECT app, name FROM django_migrations")
    return {
        "comity_backup": archive.FORMAT,
        "comity": comity.__version__,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "is_demonstration": (Path(settings.DATA_DIR) / READY).exists(),
        "settings": {name: read() for name, read in SETTINGS.items()},
        "migrations": sorted(list(row) for row in known),
        "database": described,
        "log": [list(row) for row in head],
        "files": {"count": files, "bytes": int(size)},  # type: ignore[call-overload] # -- a sum
    }


def _add_files(engine: Engine, writer: Writer, expected: Description) -> list[str]:
    """Add the contents that the snapshot names; return those that the disk has lost or damaged."""
    lacking, told_at = [], time.monotonic()
    rows = engine.ask("SELECT sha256, size FROM store_storedfile ORDER BY sha256")
    for number, (sha256, size) in enumerate(rows, 1):
        assert isinstance(sha256, str)
        assert isinstance(size, int)
        try:
            with store.path_of(StoredFile(sha256=sha256)).open("rb") as file:
                if os.fstat(file.fileno()).st_size != size:
                    raise FileNotFoundError  # noqa: TRY301 -- as bad as none
                found = writer.add(f"files/{sha256}", file, size)
        except FileNotFoundError:
            found = ""
        if found != sha256:
            lacking.append(sha256)
        if time.monotonic() - told_at > TOLD_EVERY_SECONDS:
            told_at = time.monotonic()
            click.echo(f"{number} of {expected['count']} files")
    return lacking
