"""Bring an installation back from the file of a backup, into an empty one.

What is in the file is laid into a folder of its own first, and looked at whole. As long as that
folder is there the installation says that a restore was cut short, and is not served; beginning
the restore again begins it anew.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection, transaction

from comity import env
from comity.accounts.authority import SYSTEM
from comity.accounts.models import Token, User
from comity.audit.chain import verify_chain
from comity.audit.models import Event, Head
from comity.audit.services import record
from comity.backup import postgres, sqlite
from comity.backup.archive import BadBackup
from comity.backup.saving import READY, SETTINGS
from comity.backup.staging import Pieces, Staged, stage, unpacked
from comity.jobs.services import free_jobs
from comity.outbox.services import free_messages
from comity.store.models import StoredFile

ACTION = "installation.restored"


class Attempt:
    """A restore under way; once it has touched the installation, giving up must undo that."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.has_touched = False


def restore(source: Path) -> Staged:
    """Bring the backup at ``source`` into this installation, whole or not at all.

    Raises a ClickException with a sentence where the installation is not empty or is in use, or
    the file is not whole, not ours, or made by a newer version.
    """
    try:
        with source.open("rb") as file, _begun(env.data_dir() / env.RESTORING) as attempt:
            staged = stage(file, attempt.folder)
            click.echo("The backup is whole. Bringing it in …")
            attempt.has_touched = True
            if connection.vendor == "sqlite":
                _bring_in_file(staged)
            else:
                _bring_in_rows(staged)
            if staged.manifest["is_demonstration"]:
                (env.data_dir() / READY).touch()
    except OperationalError as error:
        raise click.ClickException(f"The database cannot be used: {error}") from error
    except OSError as error:
        raise click.ClickException(
            f"The backup could not be restored: {error.strerror or error}."
        ) from error
    return staged


def differing_settings(staged: Staged) -> list[str]:
    """Return a sentence for each setting that is another here than where the backup was made."""
    theirs = staged.manifest["settings"]
    return [
        f"{name} was {theirs[name]!r} there; here it is {read()!r}."
        for name, read in SETTINGS.items()
        if name in theirs and theirs[name] != read()
    ]


def tokens_in_force() -> int:
    """Return how many tokens open something now, those ended since the backup among them."""
    return Token.objects.filter(revoked_at=None, user__is_active=True).count()


@contextmanager
def _begun(folder: Path) -> Iterator[Attempt]:
    """Have the installation say that a restore is under way, until it is done or undone."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder.parent, os.O_RDONLY)
    attempt = Attempt(folder)
    try:
        _lock(descriptor)
        _refuse_if_used()
        if folder.exists():  # only a restore into an empty installation ever made it
            _undo()
            shutil.rmtree(folder)
        else:
            _refuse_unless_empty()
        folder.mkdir(mode=0o700)
        os.fsync(descriptor)
        try:
            yield attempt
        except BaseException:
            if attempt.has_touched:
                _undo()
            shutil.rmtree(folder)
            raise
        os.fsync(descriptor)
        shutil.rmtree(folder)
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise click.ClickException("Another restore is under way here.") from error


def _refuse_if_used() -> None:
    connection.close()
    if connection.vendor == "sqlite":
        sqlite.refuse_if_used()
    else:
        postgres.refuse_if_used()


def _refuse_unless_empty() -> None:
    """Refuse an installation in which anybody has done anything."""
    is_new_file = connection.vendor == "sqlite" and not sqlite.database_path().exists()
    tables = [] if is_new_file else connection.introspection.table_names()
    known = {*connection.introspection.django_table_names(), "django_migrations"}
    if connection.vendor != "sqlite" and not known.issuperset(tables):
        raise click.ClickException(
            "The database holds tables that are not Comity’s: choose another."
        )
    for model, what in ((User, "accounts"), (Event, "a log"), (StoredFile, "files")):
        if model._meta.db_table in tables and model._default_manager.exists():
            raise click.ClickException(
                f"This installation is not empty: it holds {what}. A backup is restored into a "
                "new one: name another COMITY_DATA_DIR, or another database."
            )
    if any(_contents().glob("??/*")):
        raise click.ClickException(
            f"This installation is not empty: there are files in {_contents()}."
        )


def _undo() -> None:
    """Leave nothing of a restore that did not come to its end."""
    if connection.vendor != "sqlite":
        postgres.empty()
    for folder in _contents().glob("??"):
        shutil.rmtree(folder)


def _bring_in_file(staged: Staged) -> None:
    """Bring a database on SQLite up to date where it lies, and put it into its place whole."""
    with staged.database.open("xb") as file:
        for chunk in unpacked(staged):
            file.write(chunk)
    staged.packed.unlink()
    sqlite.check(staged.database, staged.manifest)
    with sqlite.working_on(staged.database):
        _bring_up_to_date(staged)
    _move_contents(staged)
    with staged.database.open("rb") as file:
        os.fsync(file.fileno())
    place = sqlite.database_path()
    for old in sqlite.beside(place):
        old.unlink(missing_ok=True)
    staged.database.replace(place)


def _bring_in_rows(staged: Staged) -> None:
    """Fill the tables of a database on PostgreSQL, and bring them up to date."""
    postgres.empty()
    postgres.load(Pieces(unpacked(staged)), staged.manifest)
    _bring_up_to_date(staged)
    _move_contents(staged)


def _bring_up_to_date(staged: Staged) -> None:
    """Make of the tables those of this version, look at what they say, and lay them to rest."""
    call_command("migrate", verbosity=0, interactive=False)
    _check_log(staged)
    _check_files(staged)
    with transaction.atomic():
        free_jobs()
        free_messages()
        head, _made = Head.objects.get_or_create(pk=1)
        manifest = staged.manifest
        after = {"made_at": manifest["made_at"], "version": manifest["comity"]}
        record(SYSTEM, ACTION, head, after=after)


def _check_log(staged: Staged) -> None:
    head = [list(row) for row in Head.objects.values_list("count", "digest")]
    if head != staged.manifest["log"] or verify_chain():
        raise BadBackup("The backup is refused: its log is not as it was written.")


def _check_files(staged: Staged) -> None:
    """Refuse where rows name files that are not there, or there are files that no row names."""
    named = 0
    for sha256, size in StoredFile.objects.values_list("sha256", "size").iterator():
        place = staged.contents / sha256[:2] / sha256
        if place.is_file() and place.stat().st_size == size:
            named += 1
        elif sha256 not in staged.lacking:
            raise BadBackup(f"The backup is damaged: the file {sha256} is missing.")
    if named != staged.files - len(staged.damaged):
        raise BadBackup("The backup is refused: it holds files that nothing in it names.")


def _move_contents(staged: Staged) -> None:
    _contents().mkdir(exist_ok=True)
    for folder in sorted(staged.contents.iterdir()):
        folder.replace(_contents() / folder.name)
    descriptor = os.open(_contents(), os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def _contents() -> Path:
    return Path(settings.DATA_DIR) / "files"
