"""Read the tables of the made-up installation: which file fills which model, in which order."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import models

from comity.core.translated import TranslatedField
from comity.documents.models import Document
from comity.library.models import Study
from comity.office.tables import Row
from comity.parties.models import Affiliation, Ministry, Party, PartyName, Person, Post
from comity.processes.loading.catalogue import load_themes
from comity.processes.models import (
    Agreement,
    Alias,
    Area,
    Attendance,
    Body,
    Contact,
    LiaisonVisit,
    Meeting,
    Network,
    Participation,
    Partnership,
    Process,
    Request,
    Seat,
    Series,
    Stage,
    Term,
    Theme,
    Turn,
    Website,
)
from comity.projects.models import Project, ProjectCountry
from comity.sources.folders import Folder, Place

LANGUAGES = ("en", "es", "fr")
# The invented States have confirmed that they take part.
CONFIRMED_AT = datetime(2026, 1, 1, tzinfo=UTC)
# Columns by which later rows name a row; what has no address of its own has an “id”.
NAMING = ("id", "code", "slug")
# Any: each column has its own type.
Values = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """One file: the model that it fills, what makes a row of it one, and its other columns."""

    file: str
    model: type[models.Model]
    key: tuple[str, ...]
    others: tuple[str, ...] = ()
    has_id: bool = False
    fixed: Mapping[str, object] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields of the model that the file gives."""
        return (*self.key, *self.others)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the file: a text in several languages has one for each."""
        found = ["id"] if self.has_id else []
        for name in self.names:
            is_translated = isinstance(self.model._meta.get_field(name), TranslatedField)
            found += [f"{name}_{code}" for code in LANGUAGES] if is_translated else [name]
        return tuple(found)


MADE_UP = {"is_made_up": True}
DATES = ("begins", "ends")
TABLES = (
    Table(
        "parties",
        Party,
        ("code",),
        ("kind", "acronym", "region", "subregion", "part_of", "place"),
        fixed=MADE_UP,
    ),
    Table("names", PartyName, ("party", "language", "begins"), ("name", "ends")),
    Table("ministries", Ministry, ("party", "name"), has_id=True),
    Table(
        "posts",
        Post,
        ("party", "title"),
        ("ministry", "is_focal_point", "is_listed"),
        has_id=True,
    ),
    Table("people", Person, ("email",), ("name", "telephone", "language"), has_id=True),
    Table(
        "affiliations",
        Affiliation,
        ("person", "party", "begins"),
        ("post", "place", "may_speak", "seconded_by", "is_entered_for_party", "ends"),
        has_id=True,
    ),
    Table(
        "processes",
        Process,
        ("slug",),
        ("name", "short_name", "region", "order", "begins", "note"),
        fixed=MADE_UP,
    ),
    Table("aliases", Alias, ("process", "name", "kind"), ("language",)),
    Table("stages", Stage, ("process", "kind"), (*DATES, "note")),
    Table("areas", Area, ("process", "order"), ("words", "language", "themes")),
    Table("websites", Website, ("process", "url"), ("note",)),
    Table("series", Series, ("process", "name"), has_id=True),
    Table(
        "meetings",
        Meeting,
        ("slug",),
        ("process", "series", "title", "kind", "status", "days", "place", "country", "organisers"),
    ),
    Table("attendances", Attendance, ("meeting", "order"), ("party", "name_in_source", "role")),
    Table(
        "participations",
        Participation,
        ("process", "party", "begins"),
        (
            "status", "order", "ends", "since_meeting", "is_origin", "is_transit",
            "is_destination", "note",
        ),
        fixed={"confirmed_at": CONFIRMED_AT},
    ),
    Table(
        "bodies",
        Body,
        ("slug",),
        ("process", "name", "kind", "party", "seat_or_members", "terms_of_reference", "begins"),
    ),
    Table("seats", Seat, ("body", "party", "begins"), ("ends", "note")),
    Table("terms", Term, ("process", "office", "party", "begins"), ("body", "ends", "note")),
    Table("rotation", Turn, ("process", "party"), ("order",)),
    Table(
        "documents",
        Document,
        ("slug",),
        (
            "process", "symbol", "title", "kind", "dated", "meeting", "adopted_by", "audience",
            "body", "named_parties", "named_process", "published_at", "note",
        ),
    ),
    Table(
        "studies",
        Study,
        ("slug",),
        ("process", "meeting", "title", "kind", "year", "producer", "coverage"),
    ),
    Table(
        "projects",
        Project,
        ("slug",),
        ("process", "title", *DATES, "status", "implementer", "plan", "note"),
    ),
    Table("project_countries", ProjectCountry, ("project", "party"), ("name_in_source", "order")),
    Table(
        "partnerships",
        Partnership,
        ("process", "name_in_source"),
        ("party", "partner_process", "role", "order"),
    ),
    Table("agreements", Agreement, ("slug",), ("title", "process", "parties", "signed", "note")),
    Table("networks", Network, ("process", "name"), has_id=True),
    Table("contacts", Contact, ("network", "affiliation"), ("confirmed_on",)),
    Table(
        "visits",
        LiaisonVisit,
        ("process", "visited", "days"),
        ("meeting", "represented_by", "report"),
    ),
    Table(
        "requests",
        Request,
        ("process", "asked"),
        ("party", "meeting", "words", "state", "answer"),
    ),
)  # fmt: skip


def fill_tables(folder: Folder) -> None:
    """Fill every table, so that each row finds those that it names."""
    load_themes(folder)
    found: dict[type[models.Model], dict[str, models.Model]] = defaultdict(dict)
    found[Theme] = {theme.slug: theme for theme in Theme.objects.all()}
    for table in TABLES:
        file = f"made-up/{table.file}.csv"
        for row in folder.rows(file, table.columns):
            _keep_row(folder, table, row, Place(file, row.number), found=found)


def _keep_row(
    folder: Folder,
    table: Table,
    row: Row,
    place: Place,
    *,
    found: dict[type[models.Model], dict[str, models.Model]],
) -> None:
    """Keep one row, and remember it under the name that later rows give it."""
    values: Values = {}
    lists: dict[str, list[models.Model]] = {}
    for name in table.names:
        column = table.model._meta.get_field(name)
        text = row.values.get(name, "")
        if isinstance(column, models.ManyToManyField):
            known = found[column.related_model]
            codes = filter(None, text.split(";"))
            listed = (folder.known(known, code, place, name) for code in codes)
            lists[name] = [one for one in listed if one is not None]
        elif isinstance(column, models.ForeignKey):
            values[name] = folder.known(found[column.related_model], text, place, name)
        elif isinstance(column, TranslatedField):
            texts = {code: row.values[f"{name}_{code}"] for code in LANGUAGES}
            values[name] = {code: text for code, text in texts.items() if text} or None
        else:
            values[name] = _read(column, text)
    key = {name: values.pop(name) for name in table.key}
    kept = folder.keep(table.model, place, key, {**values, **table.fixed})
    if kept is None:
        return
    for name, members in lists.items():
        getattr(kept, name).set(members)
    for name in NAMING:
        if name in row.values:
            found[table.model][row.values[name]] = kept


def _read(column: object, text: str) -> object:
    """Return what a plain cell says, in the type of its column."""
    for kind, read in READERS.items():
        if isinstance(column, kind):
            return read(text)
    return text


def _read_moment(text: str) -> datetime | None:
    """Return noon of the day, so that no time zone moves it to another."""
    return datetime.combine(date.fromisoformat(text), time(12), tzinfo=UTC) if text else None


# A moment is a date as well for Django: it stands first.
READERS: dict[type[Any], Callable[[str], object]] = {  # Any: fields are generic in the stubs
    models.BooleanField: lambda text: text == "yes",
    models.IntegerField: int,
    models.DateTimeField: _read_moment,
    models.DateField: lambda text: date.fromisoformat(text) if text else None,
}
