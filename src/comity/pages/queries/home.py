"""What the list of processes shows, and what stands beside it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    Count,
    Exists,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils import timezone
from django.utils.safestring import SafeString

from comity.accounts.authority import Actor
from comity.core.dates import in_words, parse_date
from comity.core.prepared import Prepared
from comity.core.translated import text_in
from comity.documents.models import Document
from comity.pages.queries.lines import Line, address, short_name
from comity.pages.queries.process_participants import STATUS_WORDS, named_guests
from comity.parties.models import Region
from comity.parties.models.parties import name_of
from comity.processes.models import (
    COUNTED,
    SECRETARIATS,
    TAKING_PART,
    Area,
    Body,
    Grouping,
    Meeting,
    OpenSet,
    Participation,
    Partnership,
    Process,
    ProcessKind,
    ProcessQuerySet,
    Stage,
    StageKind,
    Term,
    Theme,
    perhaps_held,
)
from comity.processes.unheld import secretariat_bodies
from comity.sources.marks import Marks, mark_of
from comity.sources.models import Statement
from comity.sources.vocabulary import reads_source, said

REGIONS = dict(Region.choices)
STAGES = dict(StageKind.choices)
PAGE_SIZE: Final = 50
OPEN_SET: Final = OpenSet.objects.filter(process=OuterRef("pk")).values("words")[:1]
# Where a source names the secretariat and not who holds it.
SERVED_BY: Final = secretariat_bodies().filter(process=OuterRef("pk"))
Counts = dict[int, int]


def with_beside(processes: ProcessQuerySet) -> QuerySet[Any]:
    """Add what stands beside a process in the table, read with it."""
    return processes.annotate(
        more=Subquery(OPEN_SET),
        served_by=Subquery(SERVED_BY.values("pk")[:1]),
        served_by_name=Subquery(SERVED_BY.values("name")[:1]),
    )


@dataclass(frozen=True)
class ProcessRow:
    """A process in the table of the first page."""

    name: str
    short_name: str
    url: str
    since: str
    participants: int
    more: str
    guests: str
    secretariat: list[tuple[str, SafeString]]
    meetings: int
    documents: int
    areas: list[tuple[str, str]]


@dataclass(frozen=True)
class RegionRows:
    """The processes of one region."""

    code: str
    name: str
    rows: list[ProcessRow]


@dataclass(frozen=True)
class ProcessList:
    """A page of the list of processes: by region, those made up apart; of a theme if asked."""

    regions: list[RegionRows]
    made_up: list[RegionRows]
    page: Page[Any]
    theme: str


@dataclass(frozen=True)
class Beside:
    """What stands beside the processes of the table, by their keys."""

    participants: Counts
    meetings: Counts
    documents: Counts
    terms: Iterable[Any]  # Any: named tuples
    marks: Marks
    areas: Mapping[int, list[tuple[str, str]]]
    guests: Mapping[int, list[tuple[str, str]]]


def read_processes(
    actor: Actor, on: date, number: str | None = None, theme: Theme | None = None
) -> ProcessList:
    """Return a page of the processes, with what ``actor`` may count; of a theme if one is given."""
    found = Process.objects.filter(kind=ProcessKind.PROCESS)
    if theme is not None:
        found = found.filter(Exists(Area.objects.filter(process=OuterRef("pk"), themes=theme)))
    places = [When(region=region, then=place) for place, region in enumerate(Region)]
    ordered = found.order_by("is_made_up", Case(*places, default=len(places)), "order", "pk")
    page = Paginator(with_beside(ordered), PAGE_SIZE).get_page(number)
    rows = list(page)
    of_these = Q(process__in=[row.pk for row in rows])
    seats = Participation.objects.filter(of_these, perhaps_held(on), status__in=COUNTED)
    serving = (
        Term.objects.filter(of_these, perhaps_held(on), office__in=SECRETARIATS)
        .annotate(name=name_of("party", on), is_term=Value(value=True))
        .order_by()
        .values_list("pk", "process_id", "name", "party__acronym", "is_term", named=True)
    )
    invited = (
        Participation.objects.filter(
            of_these, perhaps_held(on), status__in=set(TAKING_PART) - set(COUNTED)
        )
        .annotate(name=name_of("party", on), is_term=Value(value=False))
        .order_by()
        .values_list("pk", "process_id", "name", "status", "is_term")
    )
    beside_them: list[Any] = sorted(serving.union(invited, all=True), key=lambda row: row.pk)
    terms = [row for row in beside_them if row.is_term]
    guests: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in beside_them:
        if not row.is_term:  # what stands in the place of the acronym is the status
            guests[row.process_id].append((row.name, str(STATUS_WORDS[row.party__acronym])))
    words: dict[int, list[tuple[str, str]]] = defaultdict(list)
    if theme is not None:
        areas = Area.objects.filter(of_these, themes=theme)
        for process, text, language in areas.values_list("process_id", "words", "language"):
            words[process].append((text, language))
    meetings = _counted(Meeting.objects.filter(of_these), "meetings")
    documents = _counted(Document.objects.visible_to(actor).filter(of_these), "documents")
    counts: dict[str, Counts] = defaultdict(dict)
    for process, kind, count in _counted(seats, "participants", "party").union(
        meetings, documents, all=True
    ):
        counts[kind][process] = count
    beside = Beside(
        participants=counts["participants"],
        meetings=counts["meetings"],
        documents=counts["documents"],
        terms=terms,
        marks=Marks(rows_beside(rows, terms)),
        areas=words,
        guests=guests,
    )
    regions, made_up = rows_by_region(rows, beside)
    return ProcessList(regions, made_up, page, text_in(theme.name) if theme else "")


def rows_beside(
    processes: Iterable[Any],  # Any: named tuples
    terms: Iterable[Any],
) -> list[tuple[type[Model], list[int]]]:
    """Return the rows of what serves the processes of the table, for their marks."""
    return [
        (Term, [row.pk for row in terms]),
        (Body, [row.served_by for row in processes if row.served_by]),
    ]


def rows_by_region(
    processes: Iterable[Any],  # Any: processes with ``more``, or named tuples of them
    beside: Beside,
) -> tuple[list[RegionRows], list[RegionRows]]:
    """Return the rows of the table of processes by region, and apart those made up."""
    offices: dict[int, list[tuple[str, SafeString]]] = defaultdict(list)
    for row in beside.terms:
        words = short_name(row.party__acronym, row.name)
        offices[row.process_id].append((words, beside.marks.of(Term, row.pk)))
    processes = list(processes)
    for row in processes:
        if row.served_by and row.pk not in offices:
            body = (text_in(row.served_by_name), beside.marks.of(Body, row.served_by))
            offices[row.pk].append(body)
    order = [str(region) for region in Region]
    rows = sorted(processes, key=lambda row: (row.is_made_up, order.index(row.region), row.order))
    found: tuple[list[RegionRows], list[RegionRows]] = ([], [])
    for (is_made_up, region), group in groupby(rows, key=lambda row: (row.is_made_up, row.region)):
        lines = [
            ProcessRow(
                name=text_in(row.name),
                short_name=_unless_in(text_in(row.name), text_in(row.short_name)),
                url=address("pages:process", row.slug),
                since=in_words(parse_date(row.begins)) if row.begins else "",
                participants=beside.participants.get(row.pk, 0),
                more=said(row.more or ""),
                guests=named_guests(beside.guests.get(row.pk, [])),
                secretariat=offices[row.pk],
                meetings=beside.meetings.get(row.pk, 0),
                documents=beside.documents.get(row.pk, 0),
                areas=beside.areas.get(row.pk, []),
            )
            for row in group
        ]
        found[is_made_up].append(RegionRows(region, str(REGIONS[Region(region)]), lines))
    return found


def _unless_in(name: str, short_name: str) -> str:
    """Return the short name, unless the name holds it already."""
    return "" if short_name in name else short_name


def _counted(rows: QuerySet[Any], kind: str, counted: str = "pk") -> QuerySet[Any, Any]:
    found = rows.order_by().values_list("process")
    counts: QuerySet[Any, Any] = found.annotate(
        kind=Value(kind), count=Count(counted, distinct=True)
    )
    return counts


@dataclass(frozen=True)
class Note:
    """What sources say differently of the participants of a process."""

    process: str
    statements: list[tuple[str, SafeString]]


STATED = Prepared(
    lambda: (
        Statement.objects.filter(
            about="participants", content_type__app_label="processes", content_type__model="process"
        )
        .annotate(
            process=Subquery(Process.objects.filter(pk=OuterRef("object_id")).values("short_name"))
        )
        .order_by("object_id", "order", "pk")
        .values_list("object_id", "process", "value", "locator", "source__slug", "source__symbol")
    )
)


def notes_of() -> list[Note]:
    """Return the processes whose participants are counted in two ways, with both."""
    return [
        Note(
            text_in(rows[0].process),
            [
                (text_in(row.value), mark_of(row.source__slug, row.source__symbol, row.locator))
                for row in rows
            ],
        )
        for rows in (list(found) for _pk, found in groupby(STATED(), key=lambda row: row.object_id))
        if len(rows) > 1 and rows[0].process
    ]


def read_beside() -> tuple[list[Line], list["Forum"]]:
    """Return the partners of no process in particular, and the forums beside the processes."""
    partners = list(Partnership.objects.filter(process=None).select_related("party"))
    forums = _forums()
    marks = Marks(
        [
            (Partnership, [row.pk for row in partners]),
            (Process, [row.pk for row in forums]),
        ]
    )
    return _partner_lines(partners, marks), _forum_lines(forums, marks)


def _partner_lines(rows: list[Partnership], marks: Marks) -> list[Line]:
    return [
        Line(
            when="",
            title=said(row.name_in_source, at_start=True),
            url=row.party.get_absolute_url() if row.party else "",
            remark=said(row.role),
            sources=marks.of(Partnership, row.pk),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Forum:
    """A forum beside the processes, and where it stands in its life."""

    name: str
    url: str
    stage: str
    note: str
    sources: SafeString


def _forums() -> list[Any]:  # Any: with the latest stage
    stage = Stage.objects.filter(process=OuterRef("pk")).order_by("-begins_earliest", "-pk")
    return list(
        Process.objects.filter(kind=ProcessKind.FORUM, is_made_up=False).annotate(
            stage=Subquery(stage.values("kind")[:1]), words=Subquery(stage.values("note")[:1])
        )
    )


def _forum_lines(rows: list[Any], marks: Marks) -> list[Forum]:
    return [
        Forum(
            name=text_in(row.name),
            url=row.get_absolute_url(),
            stage=str(STAGES[row.stage]) if row.stage else "",
            note=said(row.words or ""),
            sources=marks.of(Process, row.pk),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class GroupingRow:
    """A regional grouping, and the process or organisation that it is.

    ``written`` is how the source writes its name, where the reader's language has another.
    """

    name: str
    written: str
    url: str
    focus: str
    note: str
    sources: SafeString


def read_groupings() -> list[tuple[str, str, list[GroupingRow], list[GroupingRow]]]:
    """Return the groupings by region: those with a focus on migration, those with an interest."""
    rows: list[Any] = list(  # Any: each with its name
        Grouping.objects.select_related("process", "party").annotate(
            party_name=name_of("party_id", timezone.localdate())
        )
    )
    marks = Marks([(Grouping, [row.pk for row in rows])])
    regions: dict[str, dict[str, list[GroupingRow]]] = {}
    for row in rows:
        thing = row.process or row.party
        own = text_in(row.process.name) if row.process else row.party_name
        name = row.name if reads_source() or not own else own
        line = GroupingRow(
            name,
            row.name if name != row.name else "",
            thing.get_absolute_url() if thing else "",
            row.focus,
            said(row.note),
            marks.of(Grouping, row.pk),
        )
        regions.setdefault(row.region, defaultdict(list))[row.focus].append(line)
    order = list(Region)
    return [
        (code, str(REGIONS[Region(code)]), regions[code]["focus"], regions[code]["interest"])
        for code in sorted(regions, key=lambda code: order.index(Region(code)))
    ]
