"""What the lists show: a page of rows at a time, with the same queries at any length."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.core.translated import text_in
from comity.documents.models import Document
from comity.library.models import Study
from comity.pages.queries.lines import dated, foreign, period, words_of
from comity.processes.models import Meeting, Process
from comity.projects.models import Project
from comity.ui.pieces import Label

PAGE_SIZE: Final = 50
MOST_CHOICES: Final = 100


@dataclass(frozen=True)
class ListRow:
    """One row of a list: the date or group, the thing, its process and a few words."""

    when: str
    title: str
    url: str
    process: Label | None
    remark: str
    language: str
    is_made_up: bool


@dataclass(frozen=True)
class Choice:
    """A process by which a list can be narrowed."""

    slug: str
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class Listing:
    """A page of a list with its heading, the words of its columns, and its process if any."""

    heading: str
    standfirst: str
    when: str
    rows: list[ListRow]
    page: Page[Any]
    process: Label | None
    choices: list[Choice]


@dataclass(frozen=True)
class Asked:
    """What a reader asks of a list: a page of it, and of which process."""

    number: str | None = None
    process: Process | None = None


def _listing(
    rows: QuerySet[Any],
    asked: Asked,
    draw: Callable[[Any], ListRow],
    words: tuple[str, str, str],
) -> Listing:
    if asked.process is not None:
        rows = rows.filter(process=asked.process)
    page = Paginator(rows.select_related("process"), PAGE_SIZE).get_page(asked.number)
    heading, standfirst, when = words
    return Listing(
        heading=heading,
        standfirst=standfirst,
        when=when,
        rows=[draw(row) for row in page],
        page=page,
        process=_process(asked.process),
        choices=_choices(asked.process),
    )


def _choices(chosen: Process | None) -> list[Choice]:
    """Return the processes of the form, those made up last; of very many only the first."""
    rows = Process.objects.order_by("is_made_up", "kind", "order", "pk")
    found = dict(rows.values_list("slug", "short_name")[:MOST_CHOICES])
    if chosen is not None:
        found.setdefault(chosen.slug, chosen.short_name)
    slug = chosen.slug if chosen else ""
    return [Choice(each, text_in(name), each == slug) for each, name in found.items()]


def _process(process: Process | None) -> Label | None:
    if process is None:
        return None
    return Label(text_in(process.short_name), process.get_absolute_url(), process.region)


def list_meetings(asked: Asked) -> Listing:
    """Return the meetings of all processes, the latest first."""
    rows = Meeting.objects.latest_first()
    words = (
        _("Meetings"),
        _("Meetings of all processes and forums, the latest first."),
        _("When"),
    )
    return _listing(
        rows,
        asked,
        lambda row: ListRow(
            dated(row.days),
            str(row),
            row.get_absolute_url(),
            _process(row.process),
            row.place,
            foreign(row.title),
            _is_made_up(row.process),
        ),
        words,
    )


def list_documents(actor: Actor, asked: Asked) -> Listing:
    """Return the documents that ``actor`` may read, the latest first."""
    rows = Document.objects.visible_to(actor).latest_first()
    words = (
        _("Documents"),
        _("Declarations, plans of action, decisions and conclusions, the latest first."),
        _("Date"),
    )
    return _listing(
        rows,
        asked,
        lambda row: ListRow(
            dated(row.dated),
            str(row),
            row.get_absolute_url(),
            _process(row.process),
            words_of(row.kind),
            foreign(row.title),
            _is_made_up(row.process),
        ),
        words,
    )


def list_studies(asked: Asked) -> Listing:
    """Return the studies of all processes, the latest first."""
    rows = Study.objects.order_by(F("year_latest").desc(nulls_last=True), "pk")
    words = (
        _("Studies"),
        _("Studies, assessments and papers that inform the processes, the latest first."),
        _("Year"),
    )
    return _listing(
        rows,
        asked,
        lambda row: ListRow(
            dated(row.year),
            str(row),
            row.get_absolute_url(),
            _process(row.process),
            words_of(row.kind),
            foreign(row.title),
            _is_made_up(row.process),
        ),
        words,
    )


def list_projects(asked: Asked) -> Listing:
    """Return the projects of all processes, the latest first."""
    rows = Project.objects.order_by(F("begins_earliest").desc(nulls_last=True), "pk")
    words = (
        _("Projects"),
        _("Projects that carry out what the processes decide, the latest first."),
        _("Period"),
    )
    return _listing(
        rows,
        asked,
        lambda row: ListRow(
            period(row.begins, row.ends) or _("not dated"),
            str(row),
            row.get_absolute_url(),
            _process(row.process),
            words_of(row.status),
            foreign(row.title),
            _is_made_up(row.process),
        ),
        words,
    )


def _is_made_up(process: Process | None) -> bool:
    return process is not None and process.is_made_up
