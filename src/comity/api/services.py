"""Release the open data."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import connection, transaction

from comity.accounts.authority import Actor, require
from comity.api.exports.archive import NAME, write_archive
from comity.api.models import Release
from comity.audit.services import record
from comity.store.services import discard_file, keep_file

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_BYTES: Final = 2 * 1024 * 1024 * 1024
# Releases that stay to be cited; older ones make room.
KEPT: Final = 30
REPEATABLE: Final = {"postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}


def release_data(*, by: Actor, now: datetime) -> Release:
    """Write the open data and keep them where they differ from those of the last release.

    It is written outside of any transaction but one that only reads, so that nobody who edits
    waits for it; called inside of one, it reads what that one reads.
    """
    require(by, "api.release", None)
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with TemporaryFile(dir=settings.DATA_DIR) as draft:
        with _one_moment():
            tables = [{"name": each.name, "rows": each.rows} for each in write_archive(draft)]
        draft.seek(0)
        file = keep_file(
            stream=draft, name=f"{NAME}.zip", by=by, allowed={"zip"}, most_bytes=MOST_BYTES
        )
    with transaction.atomic():
        release, is_new = Release.objects.get_or_create(
            file=file, defaults={"tables": tables, "made_at": now, "checked_at": now}
        )
        if is_new:
            record(by, "data.released", release, after={"sha256": file.sha256})
        else:
            # A record that is again as it was before has its release again.
            release.checked_at = now
            release.save(update_fields=["checked_at"])
        for old in latest_releases()[KEPT:]:
            old.delete()
            discard_file(stored=old.file, by=by)
    return release


def latest_releases() -> "QuerySet[Release]":
    """Return the releases, with the one that is as the record was last night first."""
    return Release.objects.select_related("file").order_by("-checked_at", "-pk")


@contextmanager
def _one_moment() -> Iterator[None]:
    """Let all that is read inside be of one moment, without keeping anybody from writing.

    Django begins transactions of SQLite such that nobody else writes; this one only reads.
    """
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(REPEATABLE.get(connection.vendor, "BEGIN DEFERRED"))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("COMMIT")
