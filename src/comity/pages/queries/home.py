"""What the first page and the list of processes show."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.core.dates import in_words, parse_date
from comity.core.facts import perhaps_in_force
from comity.core.translated import text_in
from comity.documents.models import Document
from comity.library.models import Study
from comity.pages.queries.lines import Line, dated, foreign, words_of
from comity.pages.queries.marks import Marks
from comity.pages.queries.party_lists import named_parties
from comity.pages.vocabulary import reads_source, said
from comity.parties.models import Region
from comity.parties.models.parties import name_of
from comity.processes.models import (
    AHEAD,
    COUNTED,
    SECRETARIATS,
    Area,
    Grouping,
    Meeting,
    OpenSet,
    Participation,
    Partnership,
    Process,
    ProcessKind,
    Stage,
    Term,
)
from comity.projects.models import Project
from comity.sources.queries import differences_of, key_of
from comity.ui.templatetags.ui import source

REGIONS = dict(Region.choices)


@dataclass(frozen=True)
class ProcessRow:
    """A process in the table of the first page."""

    name: str
    short_name: str
    url: str
    since: str
    participants: int
    more: str
    secretariat: list[tuple[str, SafeString]]
    meetings: int
    documents: int


@dataclass(frozen=True)
class RegionRows:
    """The processes of one region."""

    code: str
    name: str
    rows: list[ProcessRow]


@dataclass(frozen=True)
class Pair:
    """Two things that meet, how often, and where to read of it."""

    words: str
    count: int
    url: str


def read_processes(actor: Actor, on: date) -> tuple[list[RegionRows], list[RegionRows]]:
    """Return the processes by region, and those made up, with what ``actor`` may count."""
    taking_part = perhaps_in_force(on, "participations__")
    rows: list[Any] = list(  # Any: processes with ``counted``
        Process.objects.filter(kind=ProcessKind.PROCESS).annotate(
            counted=Count(
                "participations",
                filter=taking_part & Q(participations__status__in=COUNTED),
                distinct=True,
            )
        )
    )
    meetings = _counts(Meeting.objects.all())
    documents = _counts(Document.objects.visible_to(actor))
    terms: list[Any] = list(  # Any: named tuples
        Term.objects.filter(perhaps_in_force(on), office__in=SECRETARIATS)
        .annotate(name=name_of("party", on))
        .order_by("pk")
        .values_list("pk", "process_id", "name", "party__acronym", named=True)
    )
    marks = Marks([(Term, [row.pk for row in terms])])
    offices: dict[int, list[tuple[str, SafeString]]] = defaultdict(list)
    for row in terms:
        words = row.party__acronym or row.name
        offices[row.process_id].append((words, marks.of(Term, row.pk)))
    more = {row.process_id: row.words for row in OpenSet.objects.all()}
    order = list(Region)
    rows.sort(key=lambda row: (row.is_made_up, order.index(Region(row.region)), row.order))
    found: tuple[list[RegionRows], list[RegionRows]] = ([], [])
    for (is_made_up, region), group in groupby(rows, key=lambda row: (row.is_made_up, row.region)):
        lines = [
            ProcessRow(
                name=text_in(row.name),
                short_name=_unless_in(text_in(row.name), text_in(row.short_name)),
                url=reverse("pages:process", args=[row.slug]),
                since=in_words(parse_date(row.begins)) if row.begins else "",
                participants=row.counted,
                more=more.get(row.pk, ""),
                secretariat=offices[row.pk],
                meetings=meetings[row.pk],
                documents=documents[row.pk],
            )
            for row in group
        ]
        found[is_made_up].append(RegionRows(region, str(REGIONS[Region(region)]), lines))
    return found


def _unless_in(name: str, short_name: str) -> str:
    """Return the short name, unless the name holds it already."""
    return "" if short_name in name else short_name


@dataclass(frozen=True)
class Note:
    """What sources say differently of the participants of a process."""

    process: str
    statements: list[tuple[str, SafeString]]


def read_notes() -> list[Note]:
    """Return the processes whose participants are counted in two ways, with both."""
    processes = list(Process.objects.filter(statements__about="participants").distinct())
    differences = differences_of(processes)
    return [
        Note(
            text_in(process.short_name),
            [
                (text_in(each.value), source(each.short, each.get_absolute_url()))
                for difference in differences[key_of(process)]
                if difference.about == "participants"
                for each in difference.statements
            ],
        )
        for process in processes
    ]


def _counts(rows) -> dict[int, int]:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- any queryset with a process
    counted = rows.exclude(process=None).order_by().values_list("process").annotate(Count("pk"))
    return defaultdict(int, counted)


def read_figures(actor: Actor, regions: list[RegionRows]) -> list[tuple[str, int]]:
    """Return the large numbers of the first page."""
    own = Q(process__is_made_up=False) | Q(process=None)
    return [
        (_("processes"), sum(len(region.rows) for region in regions)),
        (_("parties"), named_parties().filter(is_made_up=False).count()),
        (_("participations"), sum(r.participants for region in regions for r in region.rows)),
        (_("meetings"), Meeting.objects.filter(own).count()),
        (_("documents"), Document.objects.visible_to(actor).filter(own).count()),
        (_("studies"), Study.objects.filter(own).count()),
        (_("projects"), Project.objects.filter(own).count()),
    ]


def read_ahead(*, made_up: bool = False) -> list[Line]:
    """Return the meetings that are still to come by the record, the nearest first."""
    rows = list(
        Meeting.objects.filter(status__in=AHEAD, process__is_made_up=made_up)
        .order_by(F("days_earliest").asc(nulls_last=True), "pk")
        .values_list("pk", "slug", "title", "days", "place", "process__short_name", named=True)[:6]
    )
    marks = Marks([(Meeting, [row.pk for row in rows])])
    return [
        Line(
            when=dated(row.days),
            title=text_in(row.title),
            url=reverse("pages:meeting", args=[row.slug]),
            remark=", ".join(filter(None, (text_in(row.process__short_name), row.place))),
            sources=marks.of(Meeting, row.pk),
            language=foreign(row.title),
        )
        for row in rows
    ]


def read_latest(actor: Actor, *, made_up: bool = False) -> list[Line]:
    """Return the latest texts that ``actor`` may read."""
    rows = list(
        Document.objects.visible_to(actor)
        .filter(process__is_made_up=made_up)
        .exclude(dated="")
        .latest_first()
        .values_list("pk", "slug", "title", "dated", "kind", "process__short_name", named=True)[:8]
    )
    return [
        Line(
            when=dated(row.dated),
            title=text_in(row.title),
            url=reverse("pages:document", args=[row.slug]),
            remark=f"{words_of(row.kind)}, {text_in(row.process__short_name)}",
            language=foreign(row.title),
        )
        for row in rows
    ]


def read_themes() -> list[Pair]:
    """Return the shared themes, with the number of processes that work on each."""
    rows = (
        Area.objects.filter(process__kind=ProcessKind.PROCESS, process__is_made_up=False)
        .exclude(themes=None)
        .order_by()
        .values_list("themes__slug", "themes__name")
        .annotate(count=Count("process", distinct=True))
    )
    pairs = [
        Pair(text_in(name), count, f"{reverse('search:results')}?q={text_in(name)}")
        for _slug, name, count in rows
    ]
    return sorted(pairs, key=lambda pair: (-pair.count, pair.words))


def read_overlaps(on: date) -> list[Pair]:
    """Return the pairs of processes that share most participants."""
    members: dict[tuple[str, str], set[int]] = defaultdict(set)
    for slug, name, party in Participation.objects.filter(
        perhaps_in_force(on),
        status__in=COUNTED,
        process__kind=ProcessKind.PROCESS,
        process__is_made_up=False,
    ).values_list("process__slug", "process__short_name", "party"):
        members[slug, text_in(name)].add(party)
    found = sorted(members.items())
    pairs = [
        Pair(
            _("%(one)s and %(other)s") % {"one": one[1], "other": other[1]},
            len(those & these),
            reverse("pages:process", args=[one[0]]),
        )
        for number, (one, those) in enumerate(found)
        for other, these in found[number + 1 :]
    ]
    return sorted(pairs, key=lambda pair: (-pair.count, pair.words))


def read_common_partners() -> list[Line]:
    """Return the partners that a source names beside no process in particular."""
    rows = list(Partnership.objects.filter(process=None).select_related("party"))
    marks = Marks([(Partnership, [row.pk for row in rows])])
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


def read_forums(*, made_up: bool = False) -> list[Forum]:
    """Return the forums that may become processes, or stand near them."""
    rows = list(Process.objects.filter(kind=ProcessKind.FORUM, is_made_up=made_up))
    stages = {stage.process_id: stage for stage in Stage.objects.filter(process__in=rows)}
    marks = Marks([(Process, [row.pk for row in rows])])
    return [
        Forum(
            name=text_in(row.name),
            url=row.get_absolute_url(),
            stage=str(stages[row.pk].get_kind_display()) if row.pk in stages else "",
            note=said(stages[row.pk].note) if row.pk in stages else "",
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
            row.note,
            marks.of(Grouping, row.pk),
        )
        regions.setdefault(row.region, defaultdict(list))[row.focus].append(line)
    order = list(Region)
    return [
        (code, str(REGIONS[Region(code)]), regions[code]["focus"], regions[code]["interest"])
        for code in sorted(regions, key=lambda code: order.index(Region(code)))
    ]
