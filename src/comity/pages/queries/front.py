"""What the first page shows: who is engaged where, what comes next, and what is new.

It is opened most of all pages, so its questions are few and prepared: the participations, for
one, are read once for the table, the map and the pairs of processes.
"""

from collections import defaultdict, namedtuple
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.core.prepared import Prepared, Rows
from comity.core.translated import text_in
from comity.documents.models import Document, DocumentQuerySet
from comity.library.models import Study
from comity.office.models import Drawing
from comity.pages.queries.home import (
    Beside,
    Counts,
    Note,
    RegionRows,
    notes_of,
    rows_beside,
    rows_by_region,
    with_beside,
)
from comity.pages.queries.lines import Line, address, country_names, dated, foreign, words_of
from comity.pages.queries.party_lists import named_parties
from comity.pages.queries.pictures import map_of_engagement
from comity.pages.queries.process_participants import STATUS_WORDS
from comity.parties.models.parties import name_of
from comity.processes.models import (
    AHEAD,
    COUNTED,
    SECRETARIATS,
    TAKING_PART,
    Area,
    Meeting,
    Participation,
    Process,
    ProcessKind,
    Term,
    perhaps_held,
)
from comity.projects.models import Project
from comity.sources.marks import Marks

MOST_ROWS: Final = 8
MOST_AHEAD: Final = 6
VISITOR: Final = AnonymousUser()
OWN = Q(process__is_made_up=False) | Q(process=None)


@dataclass(frozen=True)
class Pair:
    """Two things that meet, how often, and where to read of it."""

    words: str
    count: int
    url: str


PROCESSES = Prepared(
    lambda: (
        with_beside(Process.objects.filter(kind=ProcessKind.PROCESS, is_made_up=False))
        .order_by("order", "pk")
        .values_list(
            "pk",
            "slug",
            "name",
            "short_name",
            "region",
            "begins",
            "is_made_up",
            "order",
            "more",
            "served_by",
            "served_by_name",
        )
    )
)
PARTICIPATIONS = Prepared(
    lambda on: (
        Participation.objects.filter(
            perhaps_held(on),
            status__in=TAKING_PART,
            process__kind=ProcessKind.PROCESS,
            process__is_made_up=False,
        )
        .order_by()
        .values_list("process_id", "party_id", "status")
        .distinct()
    )
)
PARTIES = Prepared(
    lambda on: (
        named_parties()
        .filter(is_made_up=False)
        .annotate(name=name_of("pk", on))
        .order_by("name")
        .values_list("pk", "m49", "name")
    )
)
TERMS = Prepared(
    lambda on: (
        Term.objects.filter(perhaps_held(on), office__in=SECRETARIATS, process__is_made_up=False)
        .annotate(name=name_of("party", on))
        .order_by("pk")
        .values_list("pk", "process_id", "name", "party__acronym")
    )
)
AHEAD_OF_ALL = Prepared(
    lambda: (
        Meeting.objects.filter(status__in=AHEAD, process__is_made_up=False)
        .order_by(F("days_earliest").asc(nulls_last=True), "pk")
        .values_list("pk", "slug", "title", "days", "place", "process__short_name")[:MOST_AHEAD]
    )
)
THEMES = Prepared(
    lambda: (
        Area.objects.filter(process__kind=ProcessKind.PROCESS, process__is_made_up=False)
        .exclude(themes=None)
        .order_by()
        .values_list("themes__slug", "themes__name")
        .annotate(count=Count("process", distinct=True))
    )
)


def _latest(documents: DocumentQuerySet) -> QuerySet[Document, Any]:
    dated_ones = documents.filter(process__is_made_up=False).exclude(dated="")
    return dated_ones.latest_first().values_list(
        "pk", "slug", "title", "dated", "kind", "process__short_name"
    )[:MOST_ROWS]


def _counted(rows: QuerySet[Any], kind: str) -> QuerySet[Any, Any]:
    found = rows.filter(OWN).order_by().values_list("process_id")
    counted: QuerySet[Any, Any] = found.annotate(kind=Value(kind), count=Count("pk"))
    return counted


def _counts(documents: QuerySet[Document]) -> QuerySet[Any, Any]:
    """Return how many things of each kind each process has, and how many belong to none."""
    others = {"meeting": Meeting, "study": Study, "project": Project}
    return _counted(documents, "document").union(
        *(_counted(model._default_manager.all(), kind) for kind, model in others.items()),
        all=True,
    )


# What visitors may read is the same at every request; for others the questions are built anew.
LATEST = Prepared(lambda: _latest(Document.objects.visible_to(VISITOR)))
COUNTS = Prepared(lambda: _counts(Document.objects.visible_to(VISITOR)))


@dataclass(frozen=True)
class FrontPage:
    """All that the first page shows."""

    figures: list[tuple[str, int]]
    regions: list[RegionRows]
    most: int
    drawing: Drawing | None
    notes: list[Note]
    ahead: list[Line]
    latest: list[Line]
    themes: list[Pair]
    overlaps: list[Pair]


def read_front(actor: Actor, on: date) -> FrontPage:
    """Return the first page as ``actor`` may see it."""
    processes, parties, terms, ahead = PROCESSES(), PARTIES(on=on), TERMS(on=on), AHEAD_OF_ALL()
    members: dict[int, set[int]] = defaultdict(set)
    guests: dict[int, list[tuple[str, str]]] = defaultdict(list)
    names = {row.pk: row.name for row in parties}
    for row in PARTICIPATIONS(on=on):
        if row.status in COUNTED:
            members[row.process_id].add(row.party_id)
        else:
            name = names.get(row.party_id, "")
            guests[row.process_id].append((name, str(STATUS_WORDS[row.status])))
    things: dict[str, Counts] = defaultdict(lambda: defaultdict(int))
    for row in COUNTS() if actor == VISITOR else _read(_counts(_readable(actor))):
        things[row.kind][row.process_id] += row.count
    marks = Marks([*rows_beside(processes, terms), (Meeting, [row.pk for row in ahead])])
    counted = {pk: len(found) for pk, found in members.items()}
    beside = Beside(counted, things["meeting"], things["document"], terms, marks, {}, guests)
    regions, _made_up = rows_by_region(processes, beside)
    rows = [row for region in regions for row in region.rows]
    latest = LATEST() if actor == VISITOR else _read(_latest(_readable(actor)))
    countries = country_names(row.place for row in ahead)
    return FrontPage(
        figures=[
            (_("processes"), len(rows)),
            (_("parties on record"), len(parties)),
            (_("participations"), sum(row.participants for row in rows)),
            (_("meetings"), sum(things["meeting"].values())),
            (_("documents"), sum(things["document"].values())),
            (_("studies"), sum(things["study"].values())),
            (_("projects"), sum(things["project"].values())),
        ],
        regions=regions,
        most=max((row.participants for row in rows), default=0),
        drawing=map_of_engagement(parties, members.values()),
        notes=notes_of(),
        ahead=[_meeting(row, marks, countries) for row in ahead],
        latest=[_document(row) for row in latest],
        themes=_themes(),
        overlaps=_overlaps(processes, members),
    )


def _readable(actor: Actor) -> DocumentQuerySet:
    return Document.objects.visible_to(actor)


def _read(rows: QuerySet[Any, Any]) -> Rows:
    """Return the rows as named tuples, as a prepared question does."""
    names = list(rows.query.selected or ())
    return [namedtuple("Row", names)(*row) for row in rows]  # noqa: PYI024 -- the names are the question's


def _meeting(row: Any, marks: Marks, countries: dict[str, str]) -> Line:  # noqa: ANN401 -- a named tuple
    place = countries.get(row.place, row.place)
    return Line(
        when=dated(row.days),
        title=text_in(row.title),
        url=address("pages:meeting", row.slug),
        remark=", ".join(filter(None, (text_in(row.process__short_name), place))),
        sources=marks.of(Meeting, row.pk),
        language=foreign(row.title),
    )


def _document(row: Any) -> Line:  # noqa: ANN401 -- a named tuple
    return Line(
        when=dated(row.dated),
        title=text_in(row.title),
        url=address("pages:document", row.slug),
        remark=f"{words_of(row.kind)}, {text_in(row.process__short_name)}",
        language=foreign(row.title),
    )


def _themes() -> list[Pair]:
    """Return the themes on which most processes work."""
    page = reverse("pages:processes")
    pairs = [
        Pair(text_in(row.themes__name), row.count, f"{page}?theme={row.themes__slug}")
        for row in THEMES()
    ]
    return sorted(pairs, key=lambda pair: (-pair.count, pair.words))[:MOST_ROWS]


def _overlaps(processes: Rows, members: dict[int, set[int]]) -> list[Pair]:
    """Return the pairs of processes that share most participants."""
    found = sorted((row for row in processes if row.pk in members), key=lambda row: row.slug)
    pairs = [
        (len(members[one.pk] & members[other.pk]), one, other)
        for one, other in combinations(found, 2)
    ]
    pairs.sort(key=lambda pair: -pair[0])
    return [
        Pair(
            _("%(one)s and %(other)s")
            % {"one": text_in(one.short_name), "other": text_in(other.short_name)},
            count,
            address("pages:process", one.slug),
        )
        for count, one, other in pairs[:MOST_ROWS]
    ]
