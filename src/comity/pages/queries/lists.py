"""What the lists show: a page of rows at a time, with the same queries at any length."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.core.facts import perhaps_in_force
from comity.core.translated import text_in
from comity.documents.models import Document
from comity.library.models import Study
from comity.pages.queries.lines import dated, foreign, period, words_of
from comity.parties.models import Party, PartyKind, PartyQuerySet
from comity.parties.models.parties import SEATED
from comity.processes.models import Attendance, Meeting, Participation, Process
from comity.projects.models import Project
from comity.ui.pieces import Label

PAGE_SIZE = 50


@dataclass(frozen=True)
class ListRow:
    """One row of a list: the date or group, the thing, its process and a few words."""

    when: str
    title: str
    url: str
    process: Label | None
    remark: str
    language: str = ""


@dataclass(frozen=True)
class Listing:
    """A page of a list with its heading and the words of its columns."""

    heading: str
    standfirst: str
    when: str
    rows: list[ListRow]
    page: Page[Any]


def _listing(
    rows: QuerySet[Any],
    number: str | None,
    draw: Callable[[Any], ListRow],
    words: tuple[str, str, str],
) -> Listing:
    page = Paginator(rows, PAGE_SIZE).get_page(number)
    heading, standfirst, when = words
    return Listing(heading, standfirst, when, [draw(row) for row in page], page)


def _process(process: Process | None) -> Label | None:
    if process is None:
        return None
    return Label(text_in(process.short_name), process.get_absolute_url(), process.region)


def list_meetings(number: str | None) -> Listing:
    """Return the meetings of all processes, the latest first."""
    rows = Meeting.objects.latest_first().select_related("process")
    words = (
        _("Meetings"),
        _("Meetings of all processes and forums, the latest first."),
        _("When"),
    )
    return _listing(
        rows,
        number,
        lambda row: ListRow(
            dated(row.days),
            str(row),
            row.get_absolute_url(),
            _process(row.process),
            row.place,
            foreign(row.title),
        ),
        words,
    )


def list_documents(actor: Actor, number: str | None) -> Listing:
    """Return the documents that ``actor`` may read, the latest first."""
    rows = Document.objects.visible_to(actor).latest_first().select_related("process")
    words = (
        _("Documents"),
        _("Declarations, plans of action, decisions and conclusions, the latest first."),
        _("Date"),
    )
    return _listing(
        rows,
        number,
        lambda row: ListRow(
            dated(row.dated),
            str(row),
            row.get_absolute_url(),
            _process(row.process),
            words_of(row.kind),
            foreign(row.title),
        ),
        words,
    )


def list_studies(number: str | None) -> Listing:
    """Return the studies of all processes, the latest first."""
    rows = Study.objects.order_by(F("year_latest").desc(nulls_last=True), "pk")
    words = (
        _("Studies"),
        _("Studies, assessments and papers that inform the processes, the latest first."),
        _("Year"),
    )
    return _listing(
        rows.select_related("process"),
        number,
        lambda row: ListRow(
            dated(row.year),
            str(row),
            row.get_absolute_url(),
            _process(row.process),
            words_of(row.kind),
            foreign(row.title),
        ),
        words,
    )


def list_projects(number: str | None) -> Listing:
    """Return the projects of all processes, the latest first."""
    rows = Project.objects.order_by(F("begins_earliest").desc(nulls_last=True), "pk")
    words = (
        _("Projects"),
        _("Projects that carry out what the processes decide, the latest first."),
        _("Period"),
    )
    return _listing(
        rows.select_related("process"),
        number,
        lambda row: ListRow(
            period(row.begins, row.ends) or _("not dated"),
            str(row),
            row.get_absolute_url(),
            _process(row.process),
            words_of(row.status),
            foreign(row.title),
        ),
        words,
    )


@dataclass(frozen=True)
class PartyRow:
    """A party in the list, with the number of processes in which it takes part."""

    name: str
    url: str
    kind: str
    processes: int


KINDS = dict(PartyKind.choices)
NAMED = Q(Exists(Participation.objects.filter(party=OuterRef("pk")))) | Q(
    Exists(Attendance.objects.filter(party=OuterRef("pk")))
)


def named_parties() -> PartyQuerySet:
    """Return the parties that take part in a process or are named for a meeting."""
    return Party.objects.filter(NAMED, kind__in=SEATED)


def list_parties(on: date, number: str | None) -> tuple[list[PartyRow], Page[Any]]:
    """Return the States, territories and supranational bodies on record, by region and name."""
    taking_part = Count(
        "participations__process",
        filter=perhaps_in_force(on, "participations__")
        & Q(participations__process__kind="process"),
        distinct=True,
    )
    rows: QuerySet[Any] = named_parties().with_name(on)  # Any: named
    page = Paginator(rows.annotate(processes=taking_part).order_by("name"), 100).get_page(number)
    return _party_rows(page), page


def list_organisations(on: date, number: str | None) -> tuple[list[PartyRow], Page[Any]]:
    """Return the organisations, offices and agencies on record, by name."""
    with_process = Count("partnerships__process", distinct=True)
    rows: QuerySet[Any] = Party.objects.exclude(kind__in=SEATED).with_name(on)  # Any: named
    page = Paginator(rows.annotate(processes=with_process).order_by("name"), 100).get_page(number)
    return _party_rows(page), page


def _party_rows(page: Sequence[Any]) -> list[PartyRow]:
    return [
        PartyRow(row.name, row.get_absolute_url(), str(KINDS[row.kind]), row.processes)
        for row in page
    ]
