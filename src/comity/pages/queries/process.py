"""What the page of a process shows, on a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.core.dates import day_in_words, in_words, parse_date
from comity.core.facts import in_force_on
from comity.core.prepared import Rows
from comity.core.translated import text_in
from comity.documents.models import Document
from comity.library.models import Study
from comity.pages.queries.lines import (
    Line,
    address,
    address_of_party,
    dated,
    foreign,
    kept_name,
    noted,
    period,
)
from comity.pages.queries.process_bodies import Offices
from comity.pages.queries.process_participants import (
    Participants,
    has_not_begun,
)
from comity.pages.queries.process_rows import Question, Said, read_dated, read_said
from comity.pages.queries.process_sections import Sections
from comity.parties.models import Party
from comity.processes import models as tables
from comity.processes.approved import read_names
from comity.processes.models import GroupingFocus, Participation, Process
from comity.projects.models import Project
from comity.sources.marks import Kind, Marks
from comity.sources.vocabulary import reads_source, said
from comity.ui.templatetags.ui import with_language

STAGE_WORDS = dict(tables.StageKind.choices)
FOCUS_WORDS = dict(GroupingFocus.choices)
# What is said in a few rows of each kind, by the name under which it is read.
SAID: dict[str, Kind] = {
    kind._meta.model_name or "": kind
    for kind in (
        tables.Alias,
        tables.Area,
        tables.Body,
        tables.Partnership,
        tables.OpenSet,
        tables.Website,
        tables.Series,
        tables.ProcessSubject,
        tables.Stage,
        tables.Agreement,
        tables.Grouping,
    )
}


@dataclass(frozen=True)
class AreaLine:
    """An area of interest in the words of the process, with its parts."""

    words: str
    parts: list[tuple[str, SafeString]]
    sources: SafeString


@dataclass(frozen=True)
class Stated:
    """Words of a source with what it adds to them, and where they stand."""

    words: str
    note: str
    sources: SafeString
    count: int | None = None


@dataclass(frozen=True)
class Part:
    """A part of the page, for the links within it."""

    anchor: str
    label: str
    count: int


class ProcessPage:
    """Everything that the page shows ``actor`` of a day; the template only shows it.

    What is dated is shown as of the day. What its source does not date is shown on every day
    since the process began, and the page says that it has no date.
    """

    def __init__(self, process: Process, actor: Actor, on: date, today: date) -> None:
        self.process, self.on, self.is_past = process, on, on < today
        self.name, self.name_language = text_in(process.name), foreign(process.name)
        self.short_name = text_in(process.short_name)
        self.has_not_begun = has_not_begun(process, on)
        dated_rows = read_dated(Question(process.pk, actor, on, today))
        held: tuple[Kind, ...] = (Participation, tables.Term, tables.Seat)
        self.names = read_names(process.pk, on)
        self.footnotes = self.names.notes_of(
            row.party_id for kind in held for row in dated_rows[kind]
        )
        for kind in (tables.Term, tables.Seat):
            dated_rows[kind] = self.names.rename(dated_rows[kind])
        found = read_said(process.pk)
        self.is_told_in_two_ways = bool(found.pop("process", []))
        self._keep_what_holds(found)
        self.marks = Marks(
            [
                (Process, [process.pk]),
                *((kind, [row.pk for row in rows]) for kind, rows in dated_rows.items()),
                *((SAID[what], [row.pk for row in rows]) for what, rows in found.items()),
            ]
        )
        self._take_participants(dated_rows)
        self.offices = Offices(
            found["body"], dated_rows[tables.Term], dated_rows[tables.Seat], self.marks
        )
        self._take_sections(dated_rows)
        self._take_said(found)
        self._take_partners(found)
        self.since_sources = self.marks.of(Process, process.pk)
        self.open_points = self._open_points()
        self.parts = self._parts()

    @property
    def begins_words(self) -> str:
        """When the process began, in the reader's words."""
        return in_words(parse_date(self.process.begins)) if self.process.begins else ""

    @property
    def on_words(self) -> str:
        """The day shown, in the reader's words."""
        return day_in_words(self.on)

    @property
    def before_words(self) -> str:
        """That the process had not begun, said plainly; empty where it may have."""
        if not self.has_not_begun:
            return ""
        return _(
            "On %(day)s the %(process)s had not begun; its source dates it from %(begins)s."
        ) % {
            "day": self.on_words,
            "process": self.short_name,
            "begins": self.begins_words,
        }

    def _keep_what_holds(self, found: Said) -> None:
        """Leave out what is dated and does not hold on the day."""
        found["body"] = [row for row in found["body"] if in_force_on(row.four, row.five, self.on)]
        found["stage"] = [row for row in found["stage"] if in_force_on(row.two, "", self.on)]
        found["agreement"] = [
            row for row in found["agreement"] if in_force_on(row.two, "", self.on)
        ]
        if self.has_not_begun:
            found["body"] = [row for row in found["body"] if row.four]
            found["agreement"] = [row for row in found["agreement"] if row.two]
            for what in found.keys() - {"body", "stage", "agreement", "alias"}:
                found[what] = []

    def _take_participants(self, rows: dict[Kind, Rows]) -> None:
        those = Participants(self.process.pk, self.on, rows[Participation], self.marks, self.names)
        self.participants, self.counted = those.rows, those.counted
        self.uncounted, self.participants_words = those.uncounted, those.words
        self.guests = those.guests
        self.participants_sources, self.shared = those.sources, those.shared
        self._participants_are_dated = those.is_any_dated

    def _take_sections(self, rows: dict[Kind, Rows]) -> None:
        sections = Sections(self.process.slug, self.marks, begun=not self.has_not_begun)
        self.meetings = sections.of_meetings(rows[tables.Meeting])
        self.documents = sections.of_documents(rows[Document], Document)
        self.studies = sections.of_studies(rows[Study], Study)
        self.projects = sections.of_projects(rows[Project])

    def _take_said(self, found: Said) -> None:
        marks = self.marks
        areas = sorted(found["area"], key=lambda row: row.figure)
        self.areas_sources = marks.shared(tables.Area, [row.pk for row in areas])
        own = {row.pk: marks.own(tables.Area, row.pk, self.areas_sources) for row in areas}
        parts: dict[str, list[tuple[str, SafeString]]] = defaultdict(list)
        for row in areas:
            if row.three:
                parts[row.three].append((row.one, own[row.pk]))
        self.areas = [
            AreaLine(row.one, parts[str(row.pk)], own[row.pk]) for row in areas if not row.three
        ]
        self.areas_language = foreign({row.two: "" for row in areas[:1]})
        subjects: dict[str, list[str]] = defaultdict(list)
        for row in sorted(found["processsubject"], key=lambda row: (row.one, row.figure)):
            subjects[said(row.one, at_start=True)].append(said(row.two))
        self.subjects = list(subjects.items())
        keys = [row.pk for row in found["processsubject"]]
        self.subjects_sources = marks.shared(tables.ProcessSubject, keys)
        self.aliases = [
            Stated(with_language({row.two or "en": row.one}), "", marks.of(tables.Alias, row.pk))
            for row in found["alias"]
            if row.one not in {self.name, self.short_name}
        ]
        self.open_sets = [
            Stated(said(row.one), said(row.two), marks.of(tables.OpenSet, row.pk))
            for row in found["openset"]
        ]
        self.websites = [
            Stated(row.one, said(row.two), marks.of(tables.Website, row.pk))
            for row in found["website"]
        ]
        self.series = [
            Stated(kept_name(row.one), said(row.two), marks.of(tables.Series, row.pk), row.figure)
            for row in found["series"]
        ]
        self.groupings = [
            Stated(said(row.one), str(FOCUS_WORDS[row.two]), marks.of(tables.Grouping, row.pk))
            for row in found["grouping"]
        ]
        self.stages = self._stages(found["stage"])

    def _stages(self, rows: Rows) -> list[Line]:
        """Return where the process stands on the day, then where it stood before."""
        holding = [row for row in rows if in_force_on(row.two, row.three, self.on)]
        past = [row for row in rows if row not in holding]
        merged_into = self.process.merged_into
        return [
            Line(
                when=dated(row.two)
                if row.one == tables.StageKind.ONE_OFF and not row.three
                else period(row.two, self._known_then(row.three)),
                title=str(STAGE_WORDS[row.one]),
                url=address("pages:process", merged_into.slug)
                if merged_into and row.one == tables.StageKind.MERGED
                else "",
                remark=said(row.four),
                sources=self.marks.of(tables.Stage, row.pk),
            )
            for row in [*holding, *past]
        ]

    def _known_then(self, end: str) -> str:
        """Return when something ends, unless it ended after the day that was chosen."""
        is_later = bool(end) and (parse_date(end).earliest or self.on) > self.on
        return "" if is_later and self.is_past else end

    def _take_partners(self, found: Said) -> None:
        self.services: list[Line] = []
        self.partners: list[Line] = []
        names = self._names_of(row.three for row in found["partnership"] if row.three)
        for row in sorted(found["partnership"], key=lambda row: row.figure):
            line = Line(
                when="",
                title=names.get(row.three) or said(row.one, at_start=not row.five),
                url=address("pages:process", row.five)
                if row.five
                else address_of_party(row.three, row.four),
                remark=said(row.two, at_start=row.three == "iom"),
                sources=self.marks.of(tables.Partnership, row.pk),
            )
            (self.services if row.three == "iom" else self.partners).append(line)
        self.agreements = [
            Line(
                when=dated(row.two),
                title=kept_name(row.one),
                url="",
                remark=noted(row.two, row.three),
                sources=self.marks.of(tables.Agreement, row.pk),
            )
            for row in sorted(found["agreement"], key=lambda row: row.two)
        ]

    def _names_of(self, codes: Iterable[str]) -> dict[str, str]:
        """Return what the partners with these codes are called in the reader's language.

        To who reads the language of the source they are called as it calls them.
        """
        wanted = set(codes)
        if reads_source() or not wanted:
            return {}
        parties: Any = Party.objects.filter(code__in=wanted).with_name(self.on)  # Any: named
        return dict(parties.values_list("code", "name"))

    def _open_points(self) -> list[str]:
        """Return what the record of the process leaves open, so that the page says so."""
        points: list[str] = []
        if self.has_not_begun:
            return points
        if not self.offices.presidency:
            points.append(_("Who presides"))
        if not self.offices.secretariats and not self.offices.secretariat_body:
            points.append(_("Who serves as secretariat"))
        if self.participants and not self._participants_are_dated:
            points.append(_("When each participant joined"))
        if self.documents.has_undated:
            points.append(_("The date of a document"))
        if not self.meetings.total:
            points.append(_("Any meeting by name"))
        return points

    def _parts(self) -> list[Part]:
        parts = [
            Part("participants", _("Participants"), self.counted),
            Part("areas", _("Areas of interest"), len(self.areas)),
            Part(
                "meetings",
                _("Meetings"),
                self.meetings.total - (self.meetings.ahead.total if self.is_past else 0),
            ),
            Part("documents", _("Documents"), self.documents.total),
            Part("studies", _("Studies"), self.studies.total),
            Part("projects", _("Projects"), self.projects.total),
            Part("partners", _("Partners"), len(self.partners)),
            Part("bodies", _("Bodies and offices"), len(self.offices.bodies)),
        ]
        return [part for part in parts if part.count]
