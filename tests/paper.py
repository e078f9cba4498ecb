"""The paper, loaded once for all tests that read it, in a database beside the empty one."""

import sqlite3
from contextlib import closing, contextmanager

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from comity.pages.loading import load_paper


@contextmanager
def second_database():
    """Copy the database of the tests, and yield how to stand in the copy for a while."""
    settings, name = connection.settings_dict, connection.settings_dict["NAME"]
    on_sqlite = connection.vendor == "sqlite"
    copy = name.replace("memorydb", "paperdb") if on_sqlite else f"{name}_paper"
    copied = _copied_by_sqlite if on_sqlite else _copied_by_postgres

    @contextmanager
    def standing_there():
        first, connection.connection = connection.connection, None
        settings["NAME"] = copy
        ContentType.objects.clear_cache()  # an emptied database numbers its kinds anew
        try:
            yield
        finally:
            connection.connection.close()
            connection.connection, settings["NAME"] = first, name
            ContentType.objects.clear_cache()

    with copied(name, copy):
        yield standing_there


@contextmanager
def _copied_by_sqlite(_name, copy):
    with closing(sqlite3.connect(copy, uri=True)) as keeper:  # it lasts as long as one is in it
        connection.ensure_connection()
        connection.connection.backup(keeper)
        yield


@contextmanager
def _copied_by_postgres(name, copy):
    connection.close()  # a database is copied while nobody is in it
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
    yield
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{copy}"')


@pytest.fixture(scope="session")
def database_of_the_paper(django_db_setup, django_db_blocker):
    """Load the paper once, in a database of its own; return how to stand there, and the counts."""
    with django_db_blocker.unblock(), second_database() as standing_there:
        with standing_there():
            counts = load_paper()
        yield standing_there, counts


@pytest.fixture(scope="module")
def loaded(database_of_the_paper, django_db_blocker):
    """Stand in the database of the paper; each test of the module is taken back after it.

    Every test of such a module finds the paper: those that start from nothing stand in others.
    """
    standing_there, counts = database_of_the_paper
    with django_db_blocker.unblock(), standing_there():
        yield counts


@pytest.fixture
def paper(loaded, db):
    """What the loading of the paper brought; the test may change rows, they are put back."""
    return loaded
