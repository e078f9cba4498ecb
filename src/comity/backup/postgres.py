"""The database of an installation on PostgreSQL: the rows of its tables, without its programs.

The tables of a restored installation are made by our own migrations, as far as those of the
backup went; only rows come from the file. So no version of ``pg_dump`` has to match the server,
and nothing in a file can make the server run anything.
"""

from collections.abc import Iterator
from typing import IO, Self

import click
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from comity.backup.archive import CHUNK_BYTES, BadBackup, Description
from comity.store.services import Readable

KIND = "postgres"
FORGOTTEN = ("django_session",)
TABLES = """
    SELECT t.relname, array_agg(a.attname::text ORDER BY a.attnum)
    FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid
    WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind = 'r'
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    GROUP BY t.relname ORDER BY t.relname"""
SEQUENCES = """
    SELECT relname FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'S' ORDER BY relname"""
FUNCTIONS = """
    SELECT p.oid::regprocedure::text FROM pg_proc p
    WHERE p.pronamespace = current_schema()::regnamespace AND NOT EXISTS (
        SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"""
OTHERS = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
    AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""


class Dump:
    """One transaction that sees all tables as they stood at one moment; nobody waits for it."""

    def __enter__(self) -> Self:
        connection.ensure_connection()
        self._cursor = connection.connection.cursor()
        self._cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        self._cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        return self

    def __exit__(self, *_error: object) -> None:
        self._cursor.execute("ROLLBACK")
        self._cursor.close()

    def write(self, target: IO[bytes]) -> Description:
        """Write the rows of all tables to ``target``; return what the manifest says of them."""
        tables = []
        for name, columns in self._cursor.execute(TABLES).fetchall():
            copied = 0
            if name not in FORGOTTEN:
                with self._cursor.copy(_copying(name, columns, "TO STDOUT")) as copy:
                    for row in copy:
                        target.write(row)
                        copied += len(row)
            rows = self._cursor.rowcount if copied else 0
            tables.append({"name": name, "columns": columns, "rows": rows, "bytes": copied})
        sequences = {}
        for (name,) in self._cursor.execute(SEQUENCES).fetchall():
            asked = sql.SQL("SELECT last_value, is_called FROM {}").format(sql.Identifier(name))
            sequences[name] = list(self._cursor.execute(asked).fetchone())
        return {
            "tables": tables,
            "sequences": sequences,
            "rows": {table["name"]: table["rows"] for table in tables},
        }

    def ask(self, question: str) -> Iterator[tuple[object, ...]]:
        """Answer a question of SQL as of the same moment, without holding the rows."""
        cursor = connection.connection.cursor(name="comity_backup")
        with cursor:
            cursor.itersize = 2_000
            yield from cursor.execute(question)


def refuse_if_used() -> None:
    """Refuse where another process is connected to the database."""
    with connection.cursor() as cursor:
        cursor.execute(OTHERS)
        if cursor.fetchone()[0]:
            raise click.ClickException(
                "The database is in use: stop “comity serve” and whatever else is connected."
            )


def empty() -> None:
    """Remove all tables, as they stand in a database of ours that nobody has used."""
    with transaction.atomic(), connection.cursor() as cursor:
        for kind, question in (("TABLE", TABLES), ("SEQUENCE", SEQUENCES)):
            cursor.execute(question)
            for name, *_columns in cursor.fetchall():
                cursor.execute(f"DROP {kind} IF EXISTS {connection.ops.quote_name(name)} CASCADE")
        cursor.execute(FUNCTIONS)
        for (signature,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {signature} CASCADE")


def load(source: Readable, manifest: Description) -> None:
    """Make the tables as those of the backup were, and fill them with its rows."""
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    applied = {(app, name) for app, name in manifest["migrations"]}
    # Of each app the migrations on which none of the applied ones stands.
    targets = [
        node
        for node in sorted(applied & graph.nodes.keys())
        if not any(child.key in applied for child in graph.node_map[node].children)
    ]
    executor.migrate(targets)
    with transaction.atomic():
        _fill(source, manifest["database"])


def _fill(source: Readable, described: Description) -> None:
    tables = described["tables"]
    cursor = connection.connection.cursor()
    with cursor:
        known = dict(cursor.execute(TABLES).fetchall())
        said = {table["name"]: table["columns"] for table in tables}
        if {name: sorted(columns) for name, columns in said.items()} != {
            name: sorted(columns) for name, columns in known.items()
        }:
            raise BadBackup("The backup has other tables than this version of Comity knows.")
        names = sql.SQL(", ").join(sql.Identifier(name) for name in known)
        cursor.execute(sql.SQL("TRUNCATE {}").format(names))
        for table in tables:
            with cursor.copy(_copying(table["name"], table["columns"], "FROM STDIN")) as copy:
                left = table["bytes"]
                while left:
                    chunk = source.read(min(CHUNK_BYTES, left))
                    if not chunk:
                        raise BadBackup("The backup is damaged: rows of its database are missing.")
                    copy.write(chunk)
                    left -= len(chunk)
            if cursor.rowcount != table["rows"]:
                raise BadBackup(f"The backup is damaged: rows of “{table['name']}” are missing.")
        owned = {name for (name,) in cursor.execute(SEQUENCES).fetchall()}
        for name, (value, is_called) in described["sequences"].items():
            if name in owned:
                cursor.execute(
                    "SELECT setval(quote_ident(%s)::regclass, %s, %s)", [name, value, is_called]
                )
        if source.read(1):
            raise BadBackup("The backup is damaged: its database holds more than it should.")


def _copying(table: str, columns: list[str], way: str) -> "sql.Composed":
    return sql.SQL("COPY {} ({}) " + way).format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
