"""Keep files by the hash of their content, and open them again."""

import fcntl
import hashlib
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.services import record, record_removal
from comity.store.content import CHUNK_BYTES, check_content
from comity.store.models import StoredFile
from comity.store.names import clean_name, ending_of

MOST_BYTES = 50 * 1024 * 1024
STALE_SECONDS = 24 * 60 * 60


class Readable(Protocol):
    """What a file can be read from: an upload, an open file, bytes in memory."""

    def read(self, size: int, /) -> bytes:
        """Return at most ``size`` bytes, and none at the end."""


def keep_file(
    *,
    stream: Readable,
    name: str,
    by: Actor,
    allowed: Collection[str] | None = None,
    most_bytes: int = MOST_BYTES,
) -> StoredFile:
    """Keep the content of ``stream`` once, under its hash, after checking what it is.

    ``allowed`` are the endings taken, as in ``{"xlsx", "csv"}``; None takes every type that
    the store knows. Raises ValidationError with a sentence that names the file. When this
    returns, the content is on the disk for good; call it before the transaction that refers to
    the file, because reading an upload takes its time.
    """
    require(by, "store.keep", None)
    name = clean_name(name)
    if allowed is not None and ending_of(name) not in allowed:
        raise ValidationError(
            _("“%(name)s” is not of a type taken here: %(allowed)s.")
            % {"name": name, "allowed": ", ".join(sorted(allowed))},
            code="type",
        )
    draft, sha256, size = _write_draft(stream, name, most_bytes)
    try:
        found = check_content(draft, name)
        with contents_stay():
            _move_into_place(draft, _path_of_hash(sha256))
            return _keep_row(sha256, size, found.media_type, name, by)
    finally:
        draft.unlink(missing_ok=True)


def open_file(stored: StoredFile) -> BinaryIO:
    """Return the content of ``stored``, open for reading in bytes."""
    return path_of(stored).open("rb")


def path_of(stored: StoredFile) -> Path:
    """Return where the content of ``stored`` lies."""
    return _path_of_hash(stored.sha256)


@transaction.atomic
def discard_file(*, stored: StoredFile, by: Actor) -> bool:
    """Remove a file that no row refers to any more; tell whether none did.

    Whoever calls this has removed the row that referred to it.
    """
    require(by, "store.keep", None)
    try:
        with transaction.atomic():
            record_removal(stored, action="file.discarded", by=by)
            stored.delete()
    except ProtectedError:
        return False
    place = path_of(stored)
    transaction.on_commit(lambda: _remove_content(place))
    return True


@contextmanager
def contents_stay() -> Iterator[None]:
    """Have no content removed meanwhile, by no process of the installation.

    Who keeps a file needs that between content and row, a backup for as long as it copies what
    the rows of its snapshot name. Contents left by it are removed by ``sweep_contents``.
    """
    with _lock().open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


def sweep_contents(now: datetime) -> int:
    """Remove contents that no row has named for a day; return how many there were."""
    swept = 0
    for folder in sorted(_folder().glob("??")):
        known = set(
            StoredFile.objects.filter(sha256__startswith=folder.name).values_list(
                "sha256", flat=True
            )
        )
        for place in folder.iterdir():
            if place.name not in known and _is_stale(place, now):
                _remove_content(place)
                swept += not place.exists()
    return swept


def sweep_drafts(now: datetime) -> int:
    """Remove drafts that a killed process left a day ago; return how many there were."""
    swept = 0
    for draft in _drafts().iterdir():
        if _is_stale(draft, now):
            draft.unlink(missing_ok=True)
            swept += 1
    return swept


@transaction.atomic
def _keep_row(sha256: str, size: int, media_type: str, name: str, by: Actor) -> StoredFile:
    stored, is_new = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": size, "media_type": media_type}
    )
    if is_new:
        record(by, "file.kept", stored, after={"name": name})
    return stored


def _is_stale(place: Path, now: datetime) -> bool:
    return place.stat().st_mtime < now.timestamp() - STALE_SECONDS


def _remove_content(place: Path) -> None:
    """Remove the content at ``place``, unless a row of it has been written meanwhile.

    Where contents have to stay just now, it is left to ``sweep_contents``.
    """
    with _lock().open("a") as lock, suppress(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not StoredFile.objects.filter(sha256=place.name).exists():
            place.unlink(missing_ok=True)


def _lock() -> Path:
    _folder().mkdir(parents=True, exist_ok=True)
    return _folder().with_name("files.lock")


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "files"


def _drafts() -> Path:
    folder = _folder() / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _path_of_hash(sha256: str) -> Path:
    return _folder() / sha256[:2] / sha256


def _write_draft(stream: Readable, name: str, most_bytes: int) -> tuple[Path, str, int]:
    """Write ``stream`` to the disk and return where, its hash and its size."""
    digest, size = hashlib.sha256(), 0
    with NamedTemporaryFile(dir=_drafts(), delete=False) as file:
        draft = Path(file.name)
        try:
            while chunk := stream.read(CHUNK_BYTES):
                size += len(chunk)
                if size > most_bytes:
                    raise ValidationError(_too_large(name, most_bytes), code="size")  # noqa: TRY301 -- the draft goes with it
                digest.update(chunk)
                file.write(chunk)
            if getattr(stream, "size", size) != size:  # an upload that was cut short on its way
                raise ValidationError(_too_large(name, most_bytes), code="size")  # noqa: TRY301 -- the draft goes with it
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            draft.unlink()
            raise
    return draft, digest.hexdigest(), size


def _too_large(name: str, most_bytes: int) -> str:
    megabytes = most_bytes / (1024 * 1024)
    return _("“%(name)s” is too large: at most %(most)s MB are taken.") % {
        "name": name,
        "most": f"{megabytes:.4g}",
    }


def _move_into_place(draft: Path, place: Path) -> None:
    """Give the draft its final name such that a power cut leaves all of it or nothing.

    A file of the same content is replaced: that mends it where the disk has damaged it.
    """
    folder = place.parent
    is_new_folder = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    draft.chmod(0o640)
    draft.replace(place)
    _sync_folder(folder)
    if is_new_folder:
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
