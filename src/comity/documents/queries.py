"""What the pages of papers show: a list of them, one of them, its files."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone

from comity.accounts.authority import Actor, may
from comity.core.languages import language_name
from comity.core.translated import text_in
from comity.documents.models import (
    Document,
    DocumentQuerySet,
    LanguageVersion,
    LanguageVersionQuerySet,
    PaperPart,
)
from comity.processes.models import Meeting, Process
from comity.sources.vocabulary import KINDS as WORDS


@dataclass(frozen=True)
class Asked:
    """By what a reader looks for papers of a process; empty words stand for all."""

    meeting: str = ""
    kind: str = ""
    year: str = ""
    language: str = ""


@dataclass(frozen=True)
class Standing:
    """How a paper stands to other papers, and for whom it is, as one reader may know it."""

    superseded_by: Document | None
    supersedes: list[Document]
    part_of: Document | None
    parts: list[Document]
    is_embargoed: bool
    symbol_url: str = ""


@dataclass(frozen=True)
class Paper:
    """What the page of a document shows of the paper itself."""

    document: Document
    standing: Standing
    versions: list[LanguageVersion]
    edit_url: str = ""

    @property
    def has_relatives(self) -> bool:
        """Whether there are papers that belong to it, or to which it belongs."""
        standing = self.standing
        return bool(standing.part_of or standing.parts or standing.supersedes)


def papers_of(process: Process, actor: Actor, asked: Asked) -> DocumentQuerySet:
    """Return the papers of ``process`` that ``actor`` may read and asks for, the latest first."""
    rows = Document.objects.visible_to(actor).filter(process=process)
    if asked.meeting:
        rows = rows.filter(meeting__slug=asked.meeting)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.year:
        rows = rows.filter(dated_earliest__year=int(asked.year))
    if asked.language:
        files = LanguageVersion.objects.visible_to(actor).filter(language=asked.language)
        rows = rows.filter(pk__in=files.values("document"))
    return rows.latest_first().select_related("meeting")


def with_files(rows: QuerySet[Any], actor: Actor) -> QuerySet[Any]:
    """Let each of ``rows``, which ``actor`` may read, carry the files that they may have."""
    return rows.prefetch_related(Prefetch("versions", files_of_readable(actor), to_attr="files"))


def files_of_readable(actor: Actor) -> LanguageVersionQuerySet:
    """Return the files of documents that ``actor`` may read, with what their names are made of."""
    found = LanguageVersion.objects.of_readable(actor)
    return found.select_related("file", "document").order_by("language", "form")


def choices_of(process: Process, actor: Actor) -> dict[str, list[tuple[str, str]]]:
    """Return by what the papers of ``process`` can be narrowed: only what ``actor`` may read."""
    rows = Document.objects.visible_to(actor).filter(process=process).order_by()
    meetings = Meeting.objects.filter(pk__in=rows.values("meeting")).latest_first()
    kinds = rows.values_list("kind", flat=True).distinct()
    years = rows.exclude(dated_earliest=None).values_list("dated_earliest__year", flat=True)
    files = LanguageVersion.objects.visible_to(actor).filter(document__process=process).order_by()
    languages = files.values_list("language", flat=True).distinct()
    return {
        "meeting": [
            (slug, text_in(title)) for slug, title in meetings.values_list("slug", "title")
        ],
        "kind": sorted(
            ((kind, str(WORDS.get(kind, kind))) for kind in kinds), key=lambda each: each[1]
        ),
        "year": [(str(year), str(year)) for year in sorted(set(years.distinct()), reverse=True)],
        "language": [(code, language_name(code)) for code in sorted(languages)],
    }


def read_paper(document: Document, actor: Actor) -> Paper:
    """Return what ``actor``, who may read ``document``, is shown of it beside its record."""
    visible = Document.objects.visible_to(actor)
    related = {
        row.pk: row
        for row in visible.filter(pk__in=[document.superseded_by_id, document.part_of_id])
    }
    parts = sorted(visible.filter(part_of=document), key=_order_of_part)
    runs = may(actor, "documents.keep", document)
    return Paper(
        document=document,
        standing=Standing(
            superseded_by=related.get(document.superseded_by_id or 0),
            supersedes=list(visible.filter(superseded_by=document).latest_first()),
            part_of=related.get(document.part_of_id or 0),
            parts=parts,
            is_embargoed=document.is_embargoed(timezone.now()),
            symbol_url=symbol_url(document),
        ),
        versions=list(files_of_readable(actor).filter(document=document).select_related("reading")),
        edit_url=reverse("documents:paper", args=[document.process.slug, document.pk])
        if runs and document.process
        else "",
    )


def symbol_url(document: Document) -> str:
    """Return the address that ends with the symbol of ``document``; none where it has none."""
    if not document.symbol or document.process is None:
        return ""
    return reverse("documents:symbol", args=[document.process.slug, document.symbol])


def _order_of_part(document: Document) -> tuple[int, int]:
    return list(PaperPart).index(PaperPart(document.part)), document.part_number or 0
