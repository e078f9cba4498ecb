"""All processes through the years: when each began, met and adopted texts."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.core.dates import parse_date
from comity.core.punctuation import colon
from comity.core.translated import text_in
from comity.documents.models import Document
from comity.pages.queries.lines import dated, foreign, words_of
from comity.processes.models import Meeting, Process, ProcessKind, Stage
from comity.sources.marks import Marks

MOST_IN_A_YEAR = 20


@dataclass(frozen=True)
class Event:
    """Something that happened in a year: its date, its words, and the process it belongs to."""

    when: str
    sorted_as: date
    title: str
    url: str
    process: str
    process_url: str
    region: str
    kind: str
    sources: SafeString
    language: str = ""


@dataclass(frozen=True)
class Year:
    """A year with what happened in it; ``more`` says how much is not listed."""

    number: int
    events: list[Event]
    more: int


@dataclass(frozen=True)
class Strip:
    """A process as a bar from its first year on, with the days of its meetings on it.

    ``begins`` and ``width`` are parts of a hundred, as are the ``points``. A meeting of which no
    date is known has no point; ``meetings`` counts it, as all other pages do.
    """

    name: str
    url: str
    region: str
    since: str
    begins: float
    width: float
    points: list[float]
    meetings: int


@dataclass(frozen=True)
class Timeline:
    """What the page shows; ``ticks`` are years with their place, of a hundred."""

    first: int
    last: int
    strips: list[Strip]
    ticks: list[tuple[int, float]]
    events: list[Event]

    @property
    def years(self) -> list[Year]:
        """The events by year; of a full year, the first of them."""
        found: dict[int, list[Event]] = defaultdict(list)
        for event in self.events:
            found[event.sorted_as.year].append(event)
        return [
            Year(number, some[:MOST_IN_A_YEAR], max(0, len(some) - MOST_IN_A_YEAR))
            for number, some in sorted(found.items())
        ]


def read_timeline(actor: Actor, today: date, *, made_up: bool = False) -> Timeline:
    """Return what is known of all processes by year, the earliest first."""
    processes = list(Process.objects.filter(kind=ProcessKind.PROCESS, is_made_up=made_up))
    processes.sort(key=lambda each: (each.begins_earliest or date.max, each.order))
    known = {each.pk: each for each in processes}
    meetings = list(
        Meeting.objects.filter(process__in=known, days_earliest__isnull=False).order_by(
            "days_earliest", "pk"
        )
    )
    documents = list(
        Document.objects.visible_to(actor)
        .filter(process__in=known, dated_earliest__isnull=False)
        .order_by("dated_earliest", "pk")
    )
    stages = list(Stage.objects.filter(process__in=known).exclude(begins_earliest=None))
    own: list[tuple[Any, list[Any]]] = [
        (Process, processes),
        (Meeting, meetings),
        (Document, documents),
        (Stage, stages),
    ]
    marks = Marks([(model, [row.pk for row in rows]) for model, rows in own])
    events = [
        *_beginnings(processes, stages, marks),
        *(_meeting(each, known[each.process_id], marks) for each in meetings if each.process_id),
        *(_document(each, known[each.process_id], marks) for each in documents if each.process_id),
    ]
    years = [event.sorted_as.year for event in events] or [today.year]
    first, last = min(years), max(*years, today.year if made_up else 0)
    scale = _Scale(first, last + 1)
    spans: dict[int, Counter[tuple[date, date]]] = defaultdict(Counter)
    undated = Counter(
        Meeting.objects.filter(process__in=known, days_earliest=None).values_list(
            "process_id", flat=True
        )
    )
    for each in meetings:
        if each.process_id and each.days_earliest:
            last_day = each.days_latest or each.days_earliest
            spans[each.process_id][each.days_earliest, last_day] += 1
    return Timeline(
        first,
        last,
        [
            _strip(each, scale, list(_spread(spans[each.pk])), undated[each.pk])
            for each in processes
        ],
        [(year, scale.place(date(year, 1, 1))) for year in scale.ticks()],
        sorted(events, key=lambda each: each.sorted_as),
    )


class _Scale:
    """Where a day stands between two years, as a part of a hundred."""

    def __init__(self, first: int, end: int) -> None:
        self.first = date(first, 1, 1)
        # No day follows the last year that there is.
        self.end = date(end, 1, 1) if end <= MAXYEAR else date.max

    def place(self, day: date) -> float:
        return round(100 * (day - self.first).days / (self.end - self.first).days, 2)

    def ticks(self) -> Iterator[int]:
        step = 5 if self.end.year - self.first.year <= 40 else 10
        start = self.first.year + -self.first.year % step
        return iter(range(start, self.end.year, step))


def _spread(spans: Counter[tuple[date, date]]) -> Iterator[date]:
    """Return a day for each meeting; those of one span lie apart, and none hides another."""
    for (first, last), count in spans.items():
        step = (last - first) / count
        for number in range(count):
            yield first + timedelta(days=(number * step).days)


def _strip(process: Process, scale: _Scale, days: list[date], undated: int) -> Strip:
    begins = scale.place(process.begins_earliest) if process.begins_earliest else 0.0
    return Strip(
        name=text_in(process.short_name),
        url=process.get_absolute_url(),
        region=process.region,
        since=dated(process.begins),
        begins=begins,
        width=round(100 - begins, 2),
        points=[scale.place(day) for day in days],
        meetings=len(days) + undated,
    )


def _beginnings(processes: list[Process], stages: list[Stage], marks: Marks) -> Iterator[Event]:
    for process in processes:
        if process.begins_earliest:
            yield _event(
                process,
                process.begins,
                title=_("%(process)s begins") % {"process": text_in(process.name)},
                url=process.get_absolute_url(),
                kind="",
                sources=marks.of(Process, process.pk),
            )
    known = {each.pk: each for each in processes}
    for stage in stages:
        process = known[stage.process_id]
        if stage.begins != process.begins:
            yield _event(
                process,
                stage.begins,
                title=f"{text_in(process.short_name)}{colon()} {stage.get_kind_display()}",
                url=process.get_absolute_url(),
                kind="",
                sources=marks.of(Stage, stage.pk),
            )


def _meeting(meeting: Meeting, process: Process, marks: Marks) -> Event:
    return _event(
        process,
        meeting.days,
        title=text_in(meeting.title),
        url=reverse("pages:meeting", args=[meeting.slug]),
        kind=words_of(meeting.kind),
        sources=marks.of(Meeting, meeting.pk),
        language=foreign(meeting.title),
    )


def _document(document: Document, process: Process, marks: Marks) -> Event:
    return _event(
        process,
        document.dated,
        title=text_in(document.title),
        url=reverse("pages:document", args=[document.slug]),
        kind=words_of(document.kind),
        sources=marks.of(Document, document.pk),
        language=foreign(document.title),
    )


def _event(
    process: Process,
    when: str,
    *,
    title: str,
    url: str,
    kind: str,
    sources: SafeString,
    language: str = "",
) -> Event:
    earliest = parse_date(when).earliest
    return Event(
        when=dated(when),
        sorted_as=earliest or date.max,
        title=title,
        url=url,
        process=text_in(process.short_name),
        process_url=process.get_absolute_url(),
        region=process.region,
        kind=kind,
        sources=sources,
        language=language,
    )
