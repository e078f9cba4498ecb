"""What a backup says of itself, looked at before anything else in it is believed."""

import re
from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from comity.backup import postgres, sqlite
from comity.backup.archive import FORMAT, BadBackup, Description

HASH = re.compile(r"[0-9a-f]{64}")
NAMES = {sqlite.KIND: "SQLite", postgres.KIND: "PostgreSQL"}


def check_manifest(manifest: Description) -> None:
    """Refuse a backup that this version cannot bring back here, with a sentence."""
    number = manifest.get("comity_backup")
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise BadBackup("This is no backup of Comity.")
    if number > FORMAT:
        raise BadBackup(
            "The backup was made by a newer version of Comity, in a form that this one does not "
            "know. Bring Comity up to date first."
        )
    if not _is_well_formed(manifest):
        raise BadBackup("The backup is damaged: what it says of itself makes no sense.")
    kind = sqlite.KIND if connection.vendor == "sqlite" else postgres.KIND
    if manifest["database"]["kind"] != kind:
        theirs = NAMES[manifest["database"]["kind"]]
        raise BadBackup(
            f"The backup is of an installation on {theirs}, and this one is on {NAMES[kind]}. "
            "Set COMITY_DATABASE as it was there."
        )
    known = _known_migrations()
    newer = [row for row in manifest["migrations"] if tuple(row) not in known]
    if newer:
        app, name = newer[0]
        raise BadBackup(
            f"The backup was made by a newer version of Comity, whose tables ({app}, {name}) this "
            "one does not know. Bring Comity up to date first."
        )


@cache
def _known_migrations() -> set[tuple[str, str]]:
    """Return the migrations of this version, whatever the database has gone through."""
    return set(MigrationLoader(None).disk_migrations or ())


def _is_well_formed(manifest: Description) -> bool:
    database, files = manifest.get("database"), manifest.get("files")
    if not isinstance(database, dict) or not isinstance(files, dict):
        return False
    return (
        isinstance(manifest.get("comity"), str)
        and isinstance(manifest.get("made_at"), str)
        and isinstance(manifest.get("is_demonstration"), bool)
        and _are_texts(manifest.get("settings"))
        and _are_pairs(manifest.get("migrations"))
        and isinstance(manifest.get("log"), list)
        and _is_count(files.get("count"))
        and _is_count(files.get("bytes"))
        and _is_database(database)
    )


def _is_database(database: Description) -> bool:
    if not (
        database.get("kind") in NAMES
        and all(_is_count(database.get(name)) for name in ("bytes", "unpacked_bytes"))
        and isinstance(database.get("sha256"), str)
        and HASH.fullmatch(database["sha256"])
        and _are_counts(database.get("rows"))
    ):
        return False
    return database["kind"] != postgres.KIND or _are_tables(database)


def _are_tables(database: Description) -> bool:
    tables, sequences = database.get("tables"), database.get("sequences")
    return (
        isinstance(tables, list)
        and all(isinstance(table, dict) and _is_table(table) for table in tables)
        and len({table["name"] for table in tables}) == len(tables)
        and isinstance(sequences, dict)
        and all(
            isinstance(each, list)
            and len(each) == 2
            and _is_count(each[0])
            and isinstance(each[1], bool)
            for each in sequences.values()
        )
    )


def _is_table(table: Description) -> bool:
    columns = table.get("columns")
    return (
        isinstance(table.get("name"), str)
        and isinstance(columns, list)
        and all(isinstance(column, str) for column in columns)
        and _is_count(table.get("rows"))
        and _is_count(table.get("bytes"))
    )


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 63


def _are_counts(value: object) -> bool:
    return isinstance(value, dict) and all(_is_count(each) for each in value.values())


def _are_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())


def _are_pairs(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(each, list) and len(each) == 2 and all(isinstance(word, str) for word in each)
        for each in value
    )
