"""What the pages on sources may show a reader of each kind of row, and where it stands."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from comity.accounts.authority import Actor
from comity.core.punctuation import colon
from comity.core.registry import Registry
from comity.documents.models import Document, DocumentSubject
from comity.library.models import Study
from comity.parties.models import Party
from comity.parties.models.parties import name_of
from comity.processes import models as tables
from comity.projects.models import Project, ProjectCountry, ProjectSubject
from comity.sources.gates import ClosedKind
from comity.sources.vocabulary import reads_source, said
from comity.ui.templatetags.ui import with_language

Gate = Callable[[Actor, Collection[int]], Mapping[int, tuple[str, str]]]
# Rows that stand on the page of the row at this path.
ON_THE_PAGE_OF: dict[type[models.Model], str] = {
    tables.Alias: "process",
    tables.Area: "process",
    tables.ProcessSubject: "process",
    tables.Website: "process",
    tables.Stage: "process",
    tables.Series: "process",
    tables.OpenSet: "process",
    tables.Participation: "process",
    tables.Body: "process",
    tables.Seat: "body__process",
    tables.Term: "process",
    tables.Partnership: "process",
    tables.Agreement: "process",
    tables.MeetingSubject: "meeting",
    tables.Attendance: "meeting",
    ProjectCountry: "project",
    ProjectSubject: "project",
}

# Rows that are called by words of a source, or by a name as it writes it.
IN_WORDS_OF_SOURCES = (
    tables.Alias,
    tables.Area,
    tables.ProcessSubject,
    tables.OpenSet,
    tables.Partnership,
    tables.MeetingSubject,
    tables.Attendance,
    ProjectSubject,
    DocumentSubject,
)


def declare_gates(
    gates: Registry[Gate], open_kinds: set[str], closed_kinds: Registry[ClosedKind]
) -> None:
    """Declare a gate for every kind of row that rests on a source, and which are open to all."""
    for page in (tables.Process, tables.Meeting, Study, Project):
        gates.add(_name(page), _public(page))
    for model, path in ON_THE_PAGE_OF.items():
        gates.add(_name(model), _on_the_page_of(model, path))
    gates.add(_name(tables.Grouping), _groupings)
    gates.add(_name(Party), _parties)
    public: tuple[type[models.Model], ...] = (
        tables.Process,
        tables.Meeting,
        Study,
        Project,
        tables.Grouping,
        Party,
    )
    open_kinds |= {_name(model) for model in (*public, *ON_THE_PAGE_OF)}
    gates.add(_name(Document), _documents)
    gates.add(_name(DocumentSubject), _document_subjects)
    for kind, rows in ((Document, _readable), (DocumentSubject, _readable_subjects)):
        closed_kinds.add(_name(kind), ClosedKind(_name(kind), rows))


def _name(model: type[models.Model]) -> str:
    return f"{model._meta.app_label}.{model._meta.model_name}"


def _public(model: type[models.Model]) -> Gate:
    def gate(_actor: Actor, pks: Collection[int]) -> Mapping[int, tuple[str, str]]:
        found = model._default_manager.filter(pk__in=pks)
        return {row.pk: (_title(row), row.get_absolute_url()) for row in found}  # type: ignore[attr-defined]  # each has its page

    return gate


def _title(row: models.Model) -> str:
    """Return what a row is called, marked with its language where that is not the reader's."""
    text = getattr(row, "title", None)
    return with_language(text) if isinstance(text, Mapping) else str(row)


def _part(page: models.Model, row: models.Model) -> str:
    """Return a row on the page of another under both names, with words of a source marked."""
    if isinstance(row, tables.Partnership):
        words = f"{row.name_in_source}{colon()} {row.role}"
    else:
        words = _title(row)
    if reads_source():
        return f"{_title(page)}{colon()} {words}"
    if isinstance(row, IN_WORDS_OF_SOURCES):
        words = said(words)
    return format_html("{}{} {}", _title(page), colon(), words)


def _on_the_page_of(model: type[models.Model], path: str) -> Gate:
    def gate(_actor: Actor, pks: Collection[int]) -> Mapping[int, tuple[str, str]]:
        found: Any = model._default_manager.filter(pk__in=pks).select_related(path)
        has_party = hasattr(model, "party")
        if has_party:
            called = name_of("party", timezone.localdate())
            found = found.select_related("party").annotate(party_name=called)
        shown = {}
        for row in found:
            if has_party and row.party:
                row.party.name = row.party_name
            page = row
            for step in path.split("__"):
                page = getattr(page, step)
            if page is not None:
                shown[row.pk] = (_part(page, row), page.get_absolute_url())
        return shown

    return gate


def _groupings(_actor: Actor, pks: Collection[int]) -> Mapping[int, tuple[str, str]]:
    address = reverse("pages:groupings")
    found = tables.Grouping.objects.filter(pk__in=pks)
    return {row.pk: (row.name, f"{address}#{row.region}") for row in found}


def _parties(_actor: Actor, pks: Collection[int]) -> Mapping[int, tuple[str, str]]:
    found = Party.objects.filter(pk__in=pks).with_name(timezone.localdate())
    return {row.pk: (str(row), row.get_absolute_url()) for row in found}


def _readable(actor: Actor) -> models.QuerySet[Document]:
    return Document.objects.visible_to(actor)


def _readable_subjects(actor: Actor) -> models.QuerySet[DocumentSubject]:
    return DocumentSubject.objects.filter(document__in=_readable(actor))


def _documents(actor: Actor, pks: Collection[int]) -> Mapping[int, tuple[str, str]]:
    found = _readable(actor).filter(pk__in=pks)
    return {row.pk: (_title(row), row.get_absolute_url()) for row in found}


def _document_subjects(actor: Actor, pks: Collection[int]) -> Mapping[int, tuple[str, str]]:
    found = _readable_subjects(actor).filter(pk__in=pks)
    return {
        row.pk: (_part(row.document, row), row.document.get_absolute_url())
        for row in found.select_related("document")
    }
