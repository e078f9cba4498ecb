"""Meetings, documents, studies, projects, and the sources of all."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router

from comity.accounts.authority import Actor
from comity.api import schemas
from comity.api.asking import Asked, OfProcess, Slug, Word, answer, answers, cited, when
from comity.documents.models import Document
from comity.library.models import Study
from comity.processes.models import Meeting
from comity.projects.models import Project
from comity.sources.models import Source

router = Router(tags=["Records"])


class RecordsAsked(OfProcess):
    """Which records, and of which time."""

    since: date | None = Field(None, description="What may lie on this day or after it.")
    until: date | None = Field(None, description="What may lie on this day or before it.")

    def within(self, at: str) -> Q:
        """Return the condition on the date field ``at``: what may lie in the time asked for."""
        condition = Q()
        if self.since:
            condition &= Q(**{f"{at}_latest__gte": self.since})
        if self.until:
            condition &= Q(**{f"{at}_earliest__lte": self.until})
        return condition


class MeetingsAsked(RecordsAsked):
    """Which meetings."""

    status: Word | None = None
    party: Slug | None = Field(None, description="The code of a party named as attending.")


@router.get("/meetings", response=answers(schemas.Page[schemas.Meeting]))
def meetings(request: HttpRequest, asked: Query[MeetingsAsked]) -> dict[str, Any]:
    """List meetings, the latest first."""
    rows = Meeting.objects.filter(asked.narrowed(), asked.within("days"))
    if asked.status:
        rows = rows.filter(status=asked.status)
    if asked.party:
        rows = rows.filter(attendances__party__code=asked.party).distinct()
    rows = rows.select_related("process", "country")
    return answer(request, asked, rows.latest_first(), _each(request, _meeting))


@router.get("/meetings/{slug}", response=answers(schemas.Meeting))
def meeting(request: HttpRequest, slug: Slug) -> dict[str, Any]:
    """Show one meeting."""
    row = get_object_or_404(Meeting.objects.select_related("process", "country"), slug=slug)
    return _each(request, _meeting)([row])[0]


@router.get("/documents", response=answers(schemas.Page[schemas.Document]))
def documents(request: HttpRequest, asked: Query[RecordsAsked]) -> dict[str, Any]:
    """List the documents that you may read, the latest first."""
    rows = Document.objects.visible_to(_actor(request))
    rows = rows.filter(asked.narrowed(), asked.within("dated"))
    rows = rows.select_related("process", "meeting")
    return answer(request, asked, rows.latest_first(), _each(request, _document))


@router.get("/documents/{slug}", response=answers(schemas.Document))
def document(request: HttpRequest, slug: Slug) -> dict[str, Any]:
    """Show one document that you may read."""
    rows = Document.objects.visible_to(_actor(request)).select_related("process", "meeting")
    return _each(request, _document)([get_object_or_404(rows, slug=slug)])[0]


@router.get("/studies", response=answers(schemas.Page[schemas.Study]))
def studies(request: HttpRequest, asked: Query[RecordsAsked]) -> dict[str, Any]:
    """List studies, the latest first."""
    rows = Study.objects.filter(asked.narrowed(), asked.within("year")).select_related("process")
    rows = rows.order_by(F("year_latest").desc(nulls_last=True), "pk")
    return answer(request, asked, rows, _each(request, _study))


@router.get("/projects", response=answers(schemas.Page[schemas.Project]))
def projects(request: HttpRequest, asked: Query[OfProcess]) -> dict[str, Any]:
    """List projects, the latest first."""
    rows = Project.objects.filter(asked.narrowed()).select_related("process")
    rows = rows.prefetch_related("countries__party")
    rows = rows.order_by(F("begins_earliest").desc(nulls_last=True), "pk")
    return answer(request, asked, rows, _each(request, _project))


@router.get("/sources", response=answers(schemas.Page[schemas.Source]))
def sources(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """List where the facts of this installation come from."""

    def draw(found: list[Source]) -> list[dict[str, Any]]:
        return [_source(request, row) for row in found]

    return answer(request, asked, Source.objects.order_by("slug"), draw)


def _actor(request: HttpRequest) -> Actor:
    return request.user


def _each(
    request: HttpRequest, facts: Callable[[Any], dict[str, Any]]
) -> Callable[[list[Any]], list[dict[str, Any]]]:
    """Return what draws rows of one model: what all records share, and their own ``facts``."""

    def draw(found: list[Any]) -> list[dict[str, Any]]:
        places = cited(found)
        return [
            {
                "slug": row.slug,
                "title": row.title,
                "process": row.process.slug if row.process else None,
                "url": request.build_absolute_uri(row.get_absolute_url()),
                "sources": places[row.pk],
                "version": row.version,
                "note": row.note,
                **facts(row),
            }
            for row in found
        ]

    return draw


def _meeting(row: Meeting) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "status": row.status,
        "days": when(row.days),
        "place": row.place,
        "country": row.country.code if row.country else None,
        "organisers": row.organisers,
    }


def _document(row: Document) -> dict[str, Any]:
    return {
        "symbol": row.symbol,
        "kind": row.kind,
        "dated": when(row.dated),
        "meeting": row.meeting.slug if row.meeting else None,
        "adopted_by": row.adopted_by,
        "audience": row.audience,
        "published_at": row.published_at,
    }


def _study(row: Study) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "year": when(row.year),
        "producer": row.producer,
        "coverage": row.coverage,
    }


def _project(row: Project) -> dict[str, Any]:
    return {
        "begins": when(row.begins),
        "ends": when(row.ends),
        "status": row.status,
        "implementer": row.implementer,
        "countries": [each.party.code for each in row.countries.all()],
    }


def _source(request: HttpRequest, row: Source) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "title": row.title,
        "symbol": row.symbol,
        "issued": when(row.issued),
        "publisher": row.publisher,
        "link": row.url,
        "licence": row.licence,
        "url": request.build_absolute_uri(row.get_absolute_url()),
    }
