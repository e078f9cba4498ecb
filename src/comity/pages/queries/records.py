"""What the pages of meetings, documents, studies and projects show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.core.dates import parse_date
from comity.core.punctuation import quoted
from comity.core.translated import text_in
from comity.documents.models import Document, DocumentSubject
from comity.library.models import Study
from comity.pages.queries.lines import Line, country_names, dated, foreign, period, words_of
from comity.parties.models.parties import SEATED, name_of
from comity.processes.calendar import meetings
from comity.processes.models import Attendance, Meeting, MeetingSubject, Process, Subject
from comity.projects.models import Project, ProjectCountry, ProjectSubject
from comity.sources.marks import Marks
from comity.sources.vocabulary import said
from comity.ui.pieces import Label

NOTHING = SafeString("")


@dataclass(frozen=True)
class Fact:
    """One thing known of a record: its label, its words, where they lead and stand."""

    label: str
    words: str
    url: str = ""
    sources: SafeString = NOTHING


@dataclass(frozen=True)
class Section:
    """A part of the page: its heading and its lines."""

    anchor: str
    heading: str
    lines: list[Line]
    sources: SafeString = NOTHING


@dataclass
class Record:
    """The page of one record; every kind of record has this shape."""

    kind: str
    title: str
    language: str
    region: str
    process: Label | None
    first: list[Fact]
    facts: list[Fact]
    sections: list[Section]
    sources: SafeString
    note: str = ""
    is_made_up: bool = False
    # The same for a calendar program; empty where it has no date that one could hold.
    calendar_url: str = ""
    # Where the papers of a meeting are taken along; empty where the reader has none.
    papers_url: str = ""


def _series(meeting: Meeting) -> str:
    """Return the series of a meeting, with its number in it."""
    if not meeting.series:
        return ""
    name = words_of(text_in(meeting.series.name))
    if not meeting.number:
        return name
    return _("%(series)s, number %(number)s") % {"series": name, "number": meeting.number}


def read_meeting(meeting: Meeting, actor: Actor) -> Record:
    """Return the page of ``meeting`` as ``actor`` may see it."""
    on = _day_of(meeting.days)
    attendances = list(
        meeting.attendances.annotate(name=name_of("party", on)).select_related("party")
    )
    subjects = list(meeting.subjects.all())
    documents = list(Document.objects.visible_to(actor).filter(meeting=meeting).latest_first())
    adopted = [row for row in documents if _is_adopted(row)]
    others = [row for row in documents if not _is_adopted(row)]
    studies = list(meeting.studies.all())
    marks = Marks(
        [
            (Meeting, [meeting.pk]),
            (Attendance, [row.pk for row in attendances]),
            (MeetingSubject, [row.pk for row in subjects]),
            (Document, [row.pk for row in documents]),
            (Study, [row.pk for row in studies]),
        ]
    )
    shared = marks.shared(Attendance, [row.pk for row in attendances])
    there = [
        Line(
            when="",
            title=row.name if row.party else said(row.name_in_source, at_start=True),
            url=row.party.get_absolute_url() if row.party else "",
            remark=_joined(_written(row), said(row.role), said(row.note)),
            sources=marks.own(Attendance, row.pk, shared),
        )
        for row in attendances
    ]
    countries = country_names([meeting.place])
    place = countries.get(meeting.place, meeting.place) or _("not stated")
    return Record(
        kind=words_of(meeting.kind),
        title=text_in(meeting.title),
        language=foreign(meeting.title),
        region=meeting.process.region if meeting.process else "",
        process=_label(meeting.process),
        first=[
            Fact(_("When"), dated(meeting.days), sources=marks.of(Meeting, meeting.pk)),
            Fact(_("Where"), place, _country_url(meeting)),
            Fact(_("Status"), words_of(str(meeting.get_status_display()))),
            Fact(_("Organised by"), said(meeting.organisers) or _("not stated")),
        ],
        facts=_facts(
            (_("Series"), _series(meeting)),
            (_("How the place is known"), words_of(meeting.place_basis)),
        ),
        sections=_sections(
            Section("adopted", _("What it adopted"), _documents(adopted, marks)),
            Section("documents", _("Documents"), _documents(others, marks)),
            Section("attendance", _("Who was there"), there, shared),
            _subjects(subjects, marks, MeetingSubject),
            Section("studies", _("Papers submitted"), [_study(row, marks) for row in studies]),
        ),
        sources=marks.of(Meeting, meeting.pk),
        note=said(meeting.note),
        is_made_up=bool(meeting.process and meeting.process.is_made_up),
        calendar_url=_calendar_url(meeting),
        papers_url=reverse("documents:meeting_papers", args=[meeting.slug]) if documents else "",
    )


def read_document(document: Document) -> Record:
    """Return the page of ``document``; whoever calls has checked that it may be read."""
    subjects = list(document.subjects.all())
    marks = Marks(
        [(Document, [document.pk]), (DocumentSubject, [row.pk for row in subjects])]
        + ([(Meeting, [document.meeting.pk])] if document.meeting else [])
    )
    meeting = document.meeting
    return Record(
        kind=words_of(document.kind),
        title=text_in(document.title),
        language=foreign(document.title),
        region=document.process.region if document.process else "",
        process=_label(document.process),
        first=[
            Fact(_("Date"), dated(document.dated), sources=marks.of(Document, document.pk)),
            *_standing(document),
        ],
        facts=_facts(
            (_("Symbol"), document.symbol),
            (_("Body"), text_in(document.of_body.name) if document.of_body else ""),
            (_("For whom"), str(document.get_audience_display())),
        ),
        sections=_sections(
            Section(
                "meeting",
                _("The meeting that adopted it")
                if _is_adopted(document)
                else _("The meeting it comes from"),
                [_meeting(meeting, marks)],
            )
            if meeting
            else None,
            _subjects(subjects, marks, DocumentSubject),
        ),
        sources=marks.of(Document, document.pk),
        note=said(document.note),
        is_made_up=bool(document.process and document.process.is_made_up),
    )


def _is_adopted(document: Document) -> bool:
    return document.is_published and bool(document.adopted_by)


def _standing(document: Document) -> list[Fact]:
    """Return by whom and where a text was adopted; of a draft that it is one, and no more."""
    if not document.is_published:
        return [Fact(_("Status"), _("Draft, not published"))]
    if not document.adopted_by:
        return [Fact(_("Symbol"), document.symbol)] if document.symbol else []
    meeting = document.meeting
    place = meeting.place if meeting else ""
    url = meeting.get_absolute_url() if meeting else ""
    return [
        Fact(_("Adopted by"), said(document.adopted_by, at_start=True), url),
        *([Fact(_("Adopted in"), country_names([place]).get(place, place), url)] if place else []),
        *([Fact(_("Legal nature"), _("Informal and non-binding"))] if document.process else []),
    ]


def read_study(study: Study) -> Record:
    """Return the page of ``study``."""
    marks = Marks(
        [(Study, [study.pk])] + ([(Meeting, [study.meeting.pk])] if study.meeting else [])
    )
    return Record(
        kind=words_of(study.kind),
        title=text_in(study.title),
        language=foreign(study.title),
        region=study.process.region if study.process else "",
        process=_label(study.process),
        first=[
            Fact(_("Year"), dated(study.year), sources=marks.of(Study, study.pk)),
            Fact(_("Author or producer"), study.producer or _("not stated")),
            Fact(_("Coverage"), said(study.coverage, at_start=True) or _("not stated")),
        ],
        facts=[],
        sections=_sections(
            Section("meeting", _("Submitted to"), [_meeting(study.meeting, marks)])
            if study.meeting
            else None,
        ),
        sources=marks.of(Study, study.pk),
        note=said(study.note),
    )


def read_project(project: Project, on: date) -> Record:
    """Return the page of ``project``."""
    countries = list(project.countries.annotate(name=name_of("party", on)).select_related("party"))
    subjects = list(project.subjects.all())
    marks = Marks(
        [
            (Project, [project.pk]),
            (ProjectCountry, [row.pk for row in countries]),
            (ProjectSubject, [row.pk for row in subjects]),
        ]
    )
    shared = marks.shared(ProjectCountry, [row.pk for row in countries])
    where = [
        Line(
            "",
            row.name,
            row.party.get_absolute_url(),
            "",
            marks.own(ProjectCountry, row.pk, shared),
        )
        for row in countries
    ]
    return Record(
        kind=_("Project") if project.is_named else _("Project, not named by its source"),
        title=text_in(project.title),
        language=foreign(project.title),
        region=project.process.region if project.process else "",
        process=_label(project.process),
        first=[
            Fact(
                _("Period"),
                period(project.begins, project.ends) or _("not dated"),
                sources=marks.of(Project, project.pk),
            ),
            Fact(_("Status"), words_of(project.status) or _("not stated")),
            Fact(_("Carried out by"), said(project.implementer, at_start=True) or _("not stated")),
        ],
        facts=_facts((_("In the plan of action"), words_of(project.plan))),
        sections=_sections(
            Section("countries", _("Countries"), where, shared),
            _subjects(subjects, marks, ProjectSubject),
        ),
        sources=marks.of(Project, project.pk),
        note=said(project.note),
    )


def _written(row: Any) -> str:  # noqa: ANN401 -- an attendance with its name of the day
    """Return the name that the source writes, where it is another than the one shown."""
    differs = row.party and row.name_in_source != row.name
    return quoted(said(row.name_in_source)) if differs else ""


def _joined(*parts: str) -> str:
    return format_html_join("; ", "{}", ((part,) for part in parts if part))


def _facts(*pairs: tuple[str, str]) -> list[Fact]:
    return [Fact(label, words) for label, words in pairs if words]


def _sections(*sections: Section | None) -> list[Section]:
    return [section for section in sections if section is not None and section.lines]


def _subjects(rows: Iterable[Subject], marks: Marks, kind: type[models.Model]) -> Section:
    rows = list(rows)
    shared = marks.shared(kind, [row.pk for row in rows])
    lines = [
        Line(
            "",
            said(row.words, at_start=True),
            "",
            words_of(row.kind),
            marks.own(kind, row.pk, shared),
        )
        for row in rows
    ]
    return Section("subjects", _("What it is about"), lines, shared)


def _label(process: Process | None) -> Label | None:
    if process is None:
        return None
    return Label(text_in(process.short_name), process.get_absolute_url(), process.region)


def _documents(rows: Iterable[Document], marks: Marks) -> list[Line]:
    return [_document(row, marks) for row in rows]


def _document(row: Document, marks: Marks) -> Line:
    url = reverse("pages:document", args=[row.slug])
    mark = marks.of(Document, row.pk)
    return Line(
        dated(row.dated), str(row), url, words_of(row.kind), mark, language=foreign(row.title)
    )


def _study(row: Study, marks: Marks) -> Line:
    url = reverse("pages:study", args=[row.slug])
    mark = marks.of(Study, row.pk)
    return Line(
        dated(row.year), str(row), url, words_of(row.kind), mark, language=foreign(row.title)
    )


def _meeting(row: Meeting, marks: Marks) -> Line:
    mark = marks.of(Meeting, row.pk)
    url = row.get_absolute_url()
    return Line(dated(row.days), str(row), url, row.place, mark, language=foreign(row.title))


def _calendar_url(meeting: Meeting) -> str:
    if not meetings.entry(meeting).is_in_files:
        return ""
    return reverse("pages:meeting_ics", args=[meeting.slug])


def _country_url(meeting: Meeting) -> str:
    country = meeting.country
    return country.get_absolute_url() if country and country.kind in SEATED else ""


def _day_of(days: str) -> date:
    """Return the day whose names a page of that date uses: today for the undated."""
    when = parse_date(days) if days else None
    return (when.latest or when.earliest if when else None) or timezone.localdate()
