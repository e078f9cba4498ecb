"""What the page of a process shows, on a day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.accounts.authority import Actor
from comity.core.dates import in_words, parse_date
from comity.core.prepared import Rows
from comity.core.sorting import sort_key
from comity.core.translated import text_in
from comity.documents.models import Document
from comity.library.models import Study
from comity.pages.queries.lines import (
    Line,
    Office,
    address,
    dated,
    foreign,
    office_line,
    period,
    words_of,
)
from comity.pages.queries.marks import Marks
from comity.pages.queries.process_rows import ELSEWHERE, read_rows
from comity.parties.models.parties import SEATED
from comity.processes import models as tables
from comity.processes.models import (
    AHEAD,
    COUNTED,
    PRESIDENCIES,
    SECRETARIATS,
    Participation,
    Process,
    Status,
)
from comity.projects.models import Project
from comity.ui.pieces import Label

STATUS_WORDS = dict(Status.choices)
STAGE_WORDS = dict(tables.StageKind.choices)
MARKS = {Status.INVITED: "invited", Status.OBSERVER: "invited", Status.PARTNER: "invited"}


@dataclass(frozen=True)
class Participant:
    """A party of the process on the day, and where else it sits."""

    m49: str
    name: str
    url: str
    status: str
    mark: str
    behalf: str
    since: str
    written: str
    note: str
    others: list[Label]
    sources: SafeString


@dataclass(frozen=True)
class AreaLine:
    """An area of interest in the words of the process, with its parts."""

    words: str
    parts: list[str]


@dataclass(frozen=True)
class Shared:
    """Another process, how many participants both have, and who they are."""

    label: Label
    count: int
    names: str


@dataclass(frozen=True)
class Part:
    """A part of the page, for the links within it."""

    anchor: str
    label: str
    count: int


class ProcessPage:
    """Everything that the page shows ``actor`` of a day; the template only shows it."""

    def __init__(self, process: Process, actor: Actor, on: date) -> None:
        self.process, self.on = process, on
        self.name, self.name_language = text_in(process.name), foreign(process.name)
        self.short_name = text_in(process.short_name)
        found = read_rows(process.pk, actor, on)
        self.marks = Marks(
            [
                (Process, [process.pk]),
                *((kind, [r.pk for r in rows]) for kind, rows in found.items()),
            ]
        )
        self._take_participants(found[Participation])
        self._take_areas(found[tables.Area])
        self._take_meetings(found[tables.Meeting])
        self._take_offices(found[tables.Term], found[tables.Body])
        self._take_relations(found)
        self.documents = [
            self.line(Document, row, dated(row.dated), row.kind, "pages:document")
            for row in found[Document]
        ]
        self.studies = [
            self.line(
                Study,
                row,
                dated(row.year),
                _joined(words_of(row.kind), row.coverage),
                "pages:study",
            )
            for row in found[Study]
        ]
        self.projects = [
            self.line(Project, row, period(row.begins, row.ends), row.status, "pages:project")
            for row in found[Project]
        ]
        self.since_sources = self.marks.of(Process, process.pk)
        self.open_points = self._open_points(found[Participation], found[Document])
        self.parts = self._parts()

    def line(self, kind: type, row: Any, when: str, remark: str, page: str) -> Line:  # noqa: ANN401 -- a named tuple
        """Return one dated thing of the process as a line of a list."""
        return Line(
            when=when,
            title=text_in(row.title),
            url=address(page, row.slug),
            remark=words_of(remark),
            sources=self.marks.of(kind, row.pk),
            language=foreign(row.title),
        )

    def _take_participants(self, rows: Rows) -> None:
        elsewhere = _elsewhere(self.process.pk, self.on)
        keys = [row.pk for row in rows]
        self.participants_sources = self.marks.shared(Participation, keys)
        shared: dict[str, list[str]] = defaultdict(list)
        labels: dict[str, Label] = {}
        self.participants = []
        for row in rows:
            others = [] if row.status not in COUNTED else elsewhere.get(row.party_id, [])
            for label in others:
                shared[label.url].append(row.name)
                labels[label.url] = label
            self.participants.append(
                Participant(
                    m49=row.party__m49,
                    name=row.name,
                    url=address("pages:party", row.party__code),
                    status=str(STATUS_WORDS[row.status]),
                    mark="for-territory" if row.behalf else MARKS.get(row.status, ""),
                    behalf=row.behalf or "",
                    since=in_words(parse_date(row.begins)) if row.begins_earliest else "",
                    note=row.note,
                    written=row.name_in_source if row.name_in_source != row.name else "",
                    others=elsewhere.get(row.party_id, []),
                    sources=self.marks.own(Participation, row.pk, self.participants_sources),
                )
            )
        self.participants.sort(key=lambda each: sort_key(each.name))
        self.counted = sum(row.status in COUNTED for row in rows)
        self.uncounted = len(rows) - self.counted
        self.shared = sorted(
            (
                Shared(labels[u], len(names), ", ".join(sorted(names)))
                for u, names in shared.items()
            ),
            key=lambda each: (-each.count, each.label.label),
        )

    def _take_areas(self, rows: Rows) -> None:
        parts: dict[int, list[str]] = defaultdict(list)
        for row in rows:
            if row.part_of_id:
                parts[row.part_of_id].append(row.words)
        self.areas = [AreaLine(row.words, parts[row.pk]) for row in rows if not row.part_of_id]
        self.areas_language = foreign({row.language: "" for row in rows[:1]})
        self.areas_sources = self.marks.shared(tables.Area, [row.pk for row in rows])

    def _take_meetings(self, rows: Rows) -> None:
        self.meetings_count = len(rows)
        years: dict[str, list[Line]] = {}
        announced: list[Line] = []
        ahead: list[Line] = []
        for row in rows:
            year = row.days.strip("./")[:4] or _("not dated")
            line = self.line(tables.Meeting, row, dated(row.days), row.place, "pages:meeting")
            years.setdefault(year, []).append(line)
            if row.status in AHEAD:
                announced.insert(0, line)
                if row.days_latest is None or row.days_latest >= self.on:
                    ahead.insert(0, line)
        # A record that ends before the day shown still says what it announced last.
        self.ahead = ahead or announced[-1:]
        self.years = list(years.items())

    def _take_offices(self, terms: Rows, bodies: Rows) -> None:
        lines = [(row.office, office_line(row, self.marks)) for row in terms]
        self.presidency = [line for office, line in lines if office in PRESIDENCIES]
        self.secretariats = [line for office, line in lines if office in SECRETARIATS]
        served = {*PRESIDENCIES, *SECRETARIATS}
        self.offices = [line for office, line in lines if office not in served]
        self.bodies = [
            Office(
                label=words_of(row.kind),
                holder=text_in(row.name),
                note=row.seat_or_members,
                sources=self.marks.of(tables.Body, row.pk),
            )
            for row in bodies
        ]
        self.chair_body = next(
            (
                office
                for office, row in zip(self.bodies, bodies, strict=True)
                if "chair" in row.kind
            ),
            None,
        )

    def _take_relations(self, found: dict[type, Rows]) -> None:
        marks = self.marks
        self.services: list[Line] = []
        self.partners: list[Line] = []
        for row in found[tables.Partnership]:
            line = Line(
                when="",
                title=row.name_in_source,
                url=_party_url(row.party__code, row.party__kind),
                remark=row.role,
                sources=marks.of(tables.Partnership, row.pk),
            )
            (self.services if row.party__code == "iom" else self.partners).append(line)
        self.aliases = [
            (row.name, marks.of(tables.Alias, row.pk))
            for row in found[tables.Alias]
            if row.name not in {self.name, self.short_name}
        ]
        self.open_sets = [
            (row.words, row.note, marks.of(tables.OpenSet, row.pk)) for row in found[tables.OpenSet]
        ]
        self.websites = [
            (row.url, row.note, marks.of(tables.Website, row.pk)) for row in found[tables.Website]
        ]
        self.series = [
            (text_in(row.name), row.count_stated, row.note, marks.of(tables.Series, row.pk))
            for row in found[tables.Series]
        ]
        subjects: dict[str, list[str]] = defaultdict(list)
        for row in found[tables.ProcessSubject]:
            subjects[words_of(row.kind)].append(row.words)
        keys = [row.pk for row in found[tables.ProcessSubject]]
        self.subjects = list(subjects.items())
        self.subjects_sources = marks.shared(tables.ProcessSubject, keys)
        self.stages = [
            Line(
                when=dated(row.begins),
                title=str(STAGE_WORDS[row.kind]),
                url="",
                remark=row.note,
                sources=marks.of(tables.Stage, row.pk),
            )
            for row in found[tables.Stage]
        ]
        self.agreements = [
            Line(
                when=dated(row.signed),
                title=text_in(row.title),
                url="",
                remark=row.note,
                sources=marks.of(tables.Agreement, row.pk),
            )
            for row in found[tables.Agreement]
        ]

    def _open_points(self, participations: Rows, documents: Rows) -> list[str]:
        """Return what the record of the process leaves open, so that the page says so."""
        points = []
        if not self.presidency:
            points.append(_("Who presides"))
        if not self.secretariats:
            points.append(_("Who serves as secretariat"))
        if participations and not any(row.begins_earliest for row in participations):
            points.append(_("When each participant joined"))
        if any(not row.dated for row in documents):
            points.append(_("The date of a document"))
        if not self.meetings_count:
            points.append(_("Any meeting by name"))
        return points

    def _parts(self) -> list[Part]:
        parts = [
            Part("participants", _("Participants"), self.counted),
            Part("areas", _("Areas of interest"), len(self.areas)),
            Part("meetings", _("Meetings"), self.meetings_count),
            Part("documents", _("Documents"), len(self.documents)),
            Part("studies", _("Studies"), len(self.studies)),
            Part("projects", _("Projects"), len(self.projects)),
            Part("partners", _("Partners"), len(self.partners)),
            Part("bodies", _("Bodies and offices"), len(self.bodies)),
        ]
        return [part for part in parts if part.count]

    @property
    def participants_words(self) -> str:
        """How many take part, in words that fit their number."""
        return ngettext("%(count)d participant", "%(count)d participants", self.counted) % {
            "count": self.counted
        }


def _elsewhere(process: int, on: date) -> dict[int, list[Label]]:
    """Return the other processes in which each participant takes part on that day."""
    drawn: dict[str, Label] = {}
    found: dict[int, list[Label]] = defaultdict(list)
    for row in ELSEWHERE(process=process, on=on):
        slug = row.process__slug
        if slug not in drawn:
            name = text_in(row.process__short_name)
            drawn[slug] = Label(name, address("pages:process", slug), row.process__region)
        found[row.party_id].append(drawn[slug])
    return found


def _party_url(code: str | None, kind: str | None) -> str:
    if not code:
        return ""
    return address("pages:party" if kind in SEATED else "pages:organisation", code)


def _joined(*words: str) -> str:
    return ", ".join(word for word in words if word)
