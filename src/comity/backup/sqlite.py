"""The database of an installation on SQLite: a copy of its one file."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Self

import click
from django.db import connection

from comity.backup.archive import BadBackup, Description

KIND = "sqlite"
FORGOTTEN = ("django_session",)
BUSY_SECONDS = 60


class Dump:
    """A consistent copy of the database, beside the file of the backup.

    The copy is made anew rather than page by page: what was deleted, of people who were erased
    for example, is in no corner of it. Writers are not held up.
    """

    def __init__(self, place: Path) -> None:
        self.place = place

    def __enter__(self) -> Self:
        self.place.unlink(missing_ok=True)
        try:
            with closing(_opened(database_path())) as source:
                source.execute("VACUUM INTO ?", [str(self.place)])
            self.place.chmod(0o600)
            self._copy = _opened(self.place)
        except BaseException:
            self.place.unlink(missing_ok=True)
            raise
        self._copy.execute("PRAGMA secure_delete = ON")
        with self._copy:
            for table in FORGOTTEN:
                self._copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 -- our own names
        return self

    def __exit__(self, *_error: object) -> None:
        self._copy.close()
        self.place.unlink(missing_ok=True)

    def write(self, target: IO[bytes]) -> Description:
        """Write the database to ``target``; return what the manifest says of it."""
        with self.place.open("rb") as file:
            while chunk := file.read(1 << 20):
                target.write(chunk)
        return {"rows": _row_counts(self._copy)}

    def ask(self, question: str) -> Iterator[tuple[object, ...]]:
        """Answer a question of SQL from the copy."""
        yield from self._copy.execute(question)


def database_path() -> Path:
    """Return the one file of the database."""
    return Path(str(connection.settings_dict["NAME"]))


def beside(place: Path) -> list[Path]:
    """Return the file of a database, with those that SQLite lays beside it."""
    return [place.with_name(place.name + end) for end in ("", "-wal", "-shm", "-journal")]


def refuse_if_used() -> None:
    """Refuse where another process has the database open."""
    place = database_path()
    if not place.exists():
        return
    with closing(sqlite3.connect(place, timeout=1)) as database:
        try:
            # Only who is alone may leave the mode in which several read and write.
            (mode,) = database.execute("PRAGMA journal_mode = DELETE").fetchone()
        except sqlite3.OperationalError:
            mode = "wal"
    if mode == "wal":
        raise click.ClickException(
            "The installation is being served, or a command runs in it. Stop that first."
        )


def check(place: Path, manifest: Description) -> None:
    """Refuse a database that is not sound, or not the one that the manifest describes."""
    try:
        with closing(sqlite3.connect(place)) as database:
            found = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
            broken = database.execute("PRAGMA foreign_key_check").fetchone()
            rows = _row_counts(database)
            known = sorted(
                database.execute("SELECT app, name FROM django_migrations").fetchall(),
            )
    except sqlite3.DatabaseError as error:
        raise BadBackup("The backup is damaged: its database cannot be opened.") from error
    if found != "ok" or broken:
        raise BadBackup("The backup is damaged: its database is not sound.")
    if rows != manifest["database"]["rows"]:
        raise BadBackup("The backup is damaged: its database has not the rows that it should.")
    if [list(row) for row in known] != manifest["migrations"]:
        raise BadBackup("The backup is damaged: its database is not the one that it describes.")


@contextmanager
def working_on(place: Path) -> Iterator[None]:
    """Have Django work on another file meanwhile, and leave that as one file."""
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(place)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
    with closing(_opened(place)) as database:
        database.execute("PRAGMA journal_mode = DELETE")


def _opened(place: Path) -> sqlite3.Connection:
    database = sqlite3.connect(place, timeout=BUSY_SECONDS)
    database.execute("PRAGMA synchronous = FULL")
    return database


def _row_counts(database: sqlite3.Connection) -> dict[str, int]:
    tables = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%'"
        " ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    ).fetchall()
    return {
        name: database.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0]  # noqa: S608 -- quoted
        for (name,) in tables
        for quoted in [name.replace('"', '""')]
    }
