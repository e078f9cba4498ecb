"""Two installations, on the database of the tests: one that people use, and an empty one."""

import contextlib
import shutil
import sqlite3
import uuid
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.installation import comity

ALL, COUNT = 'SELECT * FROM "{}"', 'SELECT count(*) FROM "{}"'


@dataclass(frozen=True)
class Place:
    """An installation: its folder, and what its commands are told beside that."""

    folder: Path
    variables: dict

    @property
    def name(self):
        return self.variables["COMITY_DATABASE_NAME"]

    def run(self, *words):
        return comity(self.folder, *words, **self.variables)

    @contextlib.contextmanager
    def opened(self):
        """Give its database, to look into and to change by hand."""
        if not self.variables:
            database = sqlite3.connect(self.folder / "comity.sqlite3", timeout=20)
        else:
            database = psycopg.connect(**_server(), dbname=self.name)
        with contextlib.closing(database), database:
            yield database

    def tables(self):
        """Return all rows of all tables, as sets of what each says."""
        with self.opened() as database:
            return {
                name: {str(row) for row in database.execute(ALL.format(name))}
                for (name,) in database.execute(
                    "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                    if self.variables
                    else "SELECT name FROM sqlite_master WHERE type = 'table'"
                ).fetchall()
            }

    def count(self, table):
        with self.opened() as database:
            return database.execute(COUNT.format(table)).fetchone()[0]

    def contents(self):
        """Return the stored files, by the name that their hash gives them."""
        return {
            path.name: path.read_bytes() for path in sorted(self.folder.glob("files/[0-9a-f]*/*"))
        }


def _server():
    settings = connection.settings_dict
    return {"host": settings["HOST"], "user": settings["USER"]}


@pytest.fixture
def folders(prepared, tmp_path):
    """Return an installation on SQLite as ``comity prepare`` leaves it, and an empty one."""
    shutil.copytree(prepared, tmp_path / "used")
    return Place(tmp_path / "used", {}), Place(tmp_path / "new", {})


@pytest.fixture
def places(request, db):
    """Return an installation as ``comity prepare`` leaves it, and one of which nothing is there.

    They are on the database of the tests, whichever that is.
    """
    kind = "folders" if connection.vendor == "sqlite" else "databases"
    return request.getfixturevalue(kind)


@pytest.fixture(scope="session")
def prepared_database(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return the name of a database that ``comity prepare`` filled, to copy."""
    with django_db_blocker.unblock():
        place = _place(tmp_path_factory.mktemp("server"))
    with psycopg.connect(**_server(), dbname="postgres", autocommit=True) as database:
        database.execute(f"CREATE DATABASE {place.name}")
        done = place.run("manage", "migrate", "--verbosity", "0")
        assert (done.returncode, done.stderr) == (0, "")
        yield place.name
        database.execute(f"DROP DATABASE {place.name} WITH (FORCE)")


@pytest.fixture
def databases(prepared_database, tmp_path):
    used, new = _place(tmp_path / "used"), _place(tmp_path / "new")
    with psycopg.connect(**_server(), dbname="postgres", autocommit=True) as database:
        database.execute(f"CREATE DATABASE {used.name} TEMPLATE {prepared_database}")
        database.execute(f"CREATE DATABASE {new.name}")
        yield used, new
        for each in (used, new):
            database.execute(f"DROP DATABASE {each.name} WITH (FORCE)")


def _place(folder):
    """Return an installation on PostgreSQL, whose database is still to be made."""
    return Place(
        folder,
        {
            "COMITY_DATABASE": "postgres",
            "COMITY_DATABASE_HOST": _server()["host"],
            "COMITY_DATABASE_USER": _server()["user"],
            "COMITY_DATABASE_NAME": f"comity_{uuid.uuid4().hex}",
        },
    )
