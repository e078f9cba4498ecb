"""What rests on a source, and what sources say differently, as far as a reader may see it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page, Paginator
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.core.prepared import Prepared
from comity.sources.gates import Shown, closed_kinds, gates, open_kinds
from comity.sources.locators import anchor_of, reading_order, title_of
from comity.sources.models import Citation, Source, Statement
from comity.sources.originals import changes_of

SOURCES_ON_A_PAGE: Final = 50
CITATIONS_ON_A_PAGE: Final = 150

# What is read of a statement, and of its source.
OWN: Final = tuple(each.attname for each in Statement._meta.concrete_fields)
OF_SOURCE: Final = ("id", "slug", "symbol", "title")
STATED = Prepared(
    lambda kind, pk: Statement.objects.filter(content_type=kind, object_id=pk).values_list(
        *OWN, *(f"source__{name}" for name in OF_SOURCE)
    )
)

# Written by hand: lists of the API ask it at every request.
SAID_IN_WORDS: Final = (
    "SELECT object_id, words FROM sources_grounds "
    "WHERE content_type_id = %s AND object_id IN ({keys}) UNION "
    "SELECT object_id, grounds FROM sources_original "
    "WHERE content_type_id = %s AND object_id IN ({keys}) "
    "AND grounds <> '' AND CAST(differing AS text) <> '[]' ORDER BY 1, 2"
)

# The kind of an object, by the key of its content type, and its own primary key.
Key = tuple[int, int]


@dataclass(frozen=True)
class Difference:
    """What sources say differently of one subject, in the order in which it was stated."""

    about: str
    statements: list[Statement]
    shown: Shown | None = None


@dataclass(frozen=True)
class Fact:
    """An object that rests on a source, and the words that explain how."""

    title: str
    url: str
    notes: list[str]


@dataclass(frozen=True)
class Place:
    """One place in a source, in the reader's words, with what rests on it."""

    title: str
    anchor: str
    facts: list[Fact]


@dataclass(frozen=True)
class Listed:
    """A source, and how often it is cited for what the reader may see."""

    source: Source
    citations: int


def key_of(row: models.Model) -> Key:
    """Return the key under which the answers of this module speak of ``row``."""
    return ContentType.objects.get_for_model(row).pk, row.pk


def differences_of(row: models.Model) -> list[Difference]:
    """Return what sources say differently of ``row``; a page shows it with their sources."""
    kind, pk = key_of(row)
    return [found for _key, found in _differences(_stated(kind, pk))]


def _stated(kind: int, pk: int) -> Iterator[Statement]:
    for row in STATED(kind=kind, pk=pk):
        statement = Statement.from_db(DEFAULT_DB_ALIAS, OWN, row[: len(OWN)])
        statement.source = Source.from_db(DEFAULT_DB_ALIAS, OF_SOURCE, row[len(OWN) :])
        yield statement


def said_in_words(kind: ContentType, pks: Iterable[int]) -> list[tuple[int, str]]:
    """Return where people know rows of ``kind`` from, in their words, with the key of each.

    A row that rests on a source has them where somebody made it say otherwise.
    """
    keys = list(pks)
    rows = [kind.pk, *keys]
    with connection.cursor() as cursor:
        cursor.execute(SAID_IN_WORDS.format(keys=", ".join(["%s"] * len(keys))), rows * 2)
        return list(cursor.fetchall())


def visible_targets(actor: Actor, keys: Iterable[Key]) -> dict[Key, Shown]:
    """Return the objects that ``actor`` may see, asking the gate of each kind once."""
    by_kind: dict[int, set[int]] = defaultdict(set)
    for kind, pk in keys:
        by_kind[kind].add(pk)
    kinds = ContentType.objects.in_bulk(by_kind)
    shown: dict[Key, Shown] = {}
    for kind, pks in sorted(by_kind.items()):
        content_type = kinds[kind]
        try:
            gate = gates[f"{content_type.app_label}.{content_type.model}"]
        except LookupError:
            continue  # confidential by default
        seen = gate(actor, pks)
        shown |= {(kind, pk): Shown(*seen[pk]) for pk in pks & seen.keys()}
    return shown


def list_sources(actor: Actor, number: str | None) -> tuple[list[Listed], Page[Any]]:
    """Return a page of sources, with how often each is cited for what ``actor`` may see."""
    page = Paginator(Source.objects.all(), SOURCES_ON_A_PAGE).get_page(number)
    counted = (
        _cited_for(actor)
        .filter(source__in=list(page))
        .order_by()
        .values_list("source")
        .annotate(Count("pk"))
    )
    counts = dict(counted)
    return [Listed(source, counts.get(source.pk, 0)) for source in page], page


def places_of(
    actor: Actor, source: Source, *, number: str | None, place: str = ""
) -> tuple[list[Place], Page[Any]]:
    """Return a page of the places of ``source`` in its own order, with what ``actor`` may see.

    ``place`` is the anchor of the place that a reader looks for; the page is the one on which
    it begins, unless ``number`` names another.
    """
    citations = _cited_for(actor).filter(source=source).order_by("place_order", "pk")
    if place and not number:
        before = citations.filter(place_order__lt=reading_order(place)).count()
        number = str(before // CITATIONS_ON_A_PAGE + 1)
    values = citations.values_list("locator", "content_type", "object_id", "note", "field")
    page = Paginator(values, CITATIONS_ON_A_PAGE).get_page(number)
    rows = list(page)
    shown = visible_targets(actor, {(kind, pk) for _locator, kind, pk, *_rest in rows})
    changes = changes_of(shown)
    places: dict[str, dict[Key, list[str]]] = defaultdict(lambda: defaultdict(list))
    for locator, kind, pk, note, field in rows:
        if (kind, pk) in shown:
            notes = places[locator][kind, pk]
            change = changes.get((kind, pk))
            outdated = change and change.concerns(field) and change.around(_("the source"))
            notes.extend(each for each in (note, outdated) if each and each not in notes)
    found = [
        Place(
            title_of(locator),
            anchor_of(locator),
            [Fact(*shown[key], notes) for key, notes in facts.items()],
        )
        for locator, facts in places.items()
    ]
    return found, page


def _cited_for(actor: Actor) -> QuerySet[Citation]:
    """Keep the citations of what ``actor`` may see, in the same question."""
    seen = Q(content_type__in=[_kind(name) for name in sorted(open_kinds)])
    for closed in closed_kinds:
        rows = closed.rows(actor).order_by().values("pk")
        seen |= Q(content_type=_kind(closed.kind), object_id__in=rows)
    return Citation.objects.filter(seen)


def _kind(name: str) -> int:
    return ContentType.objects.get_by_natural_key(*name.split(".")).pk


def all_differences(actor: Actor) -> list[Difference]:
    """Return what sources say differently of anything that ``actor`` may see."""
    found = _differences(Statement.objects.select_related("source"))
    shown = visible_targets(actor, {key for key, _difference in found})
    visible = [
        Difference(difference.about, difference.statements, shown[key])
        for key, difference in found
        if key in shown
    ]
    return sorted(visible, key=lambda difference: difference.shown or ())


def _differences(statements: Iterable[Statement]) -> list[tuple[Key, Difference]]:
    """Group statements by object and subject, and keep those that are more than one."""

    def subject(row: Statement) -> tuple[int, int, str]:
        return row.content_type_id, row.object_id, row.about

    groups = [(key, list(rows)) for key, rows in groupby(statements, key=subject)]
    return [
        ((kind, pk), Difference(about, rows)) for (kind, pk, about), rows in groups if len(rows) > 1
    ]
