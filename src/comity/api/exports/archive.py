"""Write the open data: a ZIP that is the same, byte for byte, while the record is the same."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import translation

from comity.api.exports.citations import OfRows, resting_tables
from comity.api.exports.process_tables import process_tables
from comity.api.exports.readme import readme
from comity.api.exports.record_tables import party_tables, record_tables
from comity.api.exports.relation_tables import relation_tables
from comity.api.exports.tables import Table
from comity.core.addresses import whole_address
from comity.office.tables import write_csv

# The earliest moment that a ZIP can name: when it was made is no part of it.
NO_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
READABLE: Final = 0o644 << 16
NAME: Final = "comity"


@dataclass(frozen=True)
class Written:
    """A file in the ZIP."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Counted:
    """A table as it was written: how many rows it has, and in which files they stand."""

    name: str
    rows: int
    files: tuple[Written, Written]


AnyTable = Table | OfRows


def all_tables() -> list[AnyTable]:
    """Return every table of the open data, in the order in which they are described."""
    tables = [*party_tables(), *process_tables(), *relation_tables(), *record_tables()]
    return [*tables, *resting_tables(tables)]


def write_archive(stream: IO[bytes]) -> list[Counted]:
    """Write the open data to ``stream`` and return what is in it.

    Names that are said in one language are said in English, whoever asks.
    """
    tables = all_tables()
    with translation.override("en"), ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        counted = [_write_table(archive, table) for table in tables]
        described = json.dumps(_package(tables, counted), ensure_ascii=False, indent=1)
        _write(archive, "datapackage.json", [f"{described}\n".encode()])
        rows = {each.name: each.rows for each in counted}
        for code, _name in settings.LANGUAGES:
            path = "README.txt" if code == "en" else f"README.{code}.txt"
            _write(archive, path, [readme(code, tables, rows).encode()])
    return counted


def _write_table(archive: ZipFile, table: AnyTable) -> Counted:
    """Write a table in both forms; it is read twice, so that a long one needs no memory."""
    rows = 0

    def lines() -> Iterator[list[object]]:
        nonlocal rows
        for fact in table.facts():
            rows += 1
            yield [column.value(fact) for column in table.columns]

    names = [column.name for column in table.columns]
    as_csv = _write(archive, f"csv/{table.name}.csv", write_csv(names, lines()))
    as_json = _write(archive, f"json/{table.name}.json", _json(table.facts()))
    return Counted(table.name, rows, (as_csv, as_json))


def _json(facts: Iterable[Any]) -> Iterator[bytes]:
    """Go through a list as JSON, a line a fact."""
    before = "[\n"
    for fact in facts:
        yield (before + json.dumps(fact, cls=DjangoJSONEncoder, ensure_ascii=False)).encode()
        before = ",\n"
    yield (b"[" if before == "[\n" else b"\n") + b"]\n"


def _write(archive: ZipFile, path: str, pieces: Iterable[bytes]) -> Written:
    info = ZipInfo(path, NO_MOMENT)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = READABLE
    info.create_system = 3  # the same wherever it is written
    digest, size = hashlib.sha256(), 0
    with archive.open(info, "w", force_zip64=True) as file:
        for piece in pieces:
            file.write(piece)
            digest.update(piece)
            size += len(piece)
    return Written(path, size, digest.hexdigest())


def _package(tables: list[AnyTable], counted: list[Counted]) -> dict[str, Any]:
    """Return the description of all tables as a Data Package (specs.frictionlessdata.io)."""
    facts = next(table for table in tables if table.name == "sources").facts()
    return {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": settings.INSTALLATION_NAME or "Comity",
        "description": "What this installation publishes on regional consultative processes on"
        " migration. Nothing of it is made up. Lists in a cell are parted by semicolons.",
        "homepage": whole_address("/open-data/"),
        "licenses": [{"name": settings.DATA_LICENCE}],
        "sources": [
            {"title": fact["title"].get("en") or fact["slug"], "path": fact["link"] or fact["url"]}
            for fact in facts
        ],
        "resources": [
            _resource(table, known) for table, known in zip(tables, counted, strict=True)
        ],
        "files": [_file(known.files[1]) for known in counted],
    }


def _resource(table: AnyTable, known: Counted) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": str(table.title),
        **_file(known.files[0]),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "rows": known.rows,
        "schema": {
            "fields": [
                {"name": each.name, "type": each.kind, "description": each.words}
                for each in table.columns
            ],
            "primaryKey": table.key,
            "foreignKeys": [
                {
                    "fields": name,
                    "reference": {"resource": other, "fields": _key_of(other)},
                }
                for name, other in sorted(table.refers.items())
            ],
        },
    }


def _key_of(name: str) -> str:
    return "code" if name == "parties" else "slug"


def _file(file: Written) -> dict[str, Any]:
    return {"path": file.path, "bytes": file.size, "hash": f"sha256:{file.sha256}"}
