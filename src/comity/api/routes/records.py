"""Meetings, documents, studies, projects, and the sources of all."""

from datetime import date
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router
from pydantic import ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from comity.accounts.authority import Actor
from comity.api import schemas
from comity.api.asking import (
    Listed,
    Narrowed,
    Nothing,
    PartyCode,
    Slug,
    answer,
    answers,
    refuse_unknown,
)
from comity.api.facts.records import (
    document_facts,
    each_of,
    meeting_facts,
    project_facts,
    source_facts,
    study_facts,
)
from comity.core.addresses import whole_address
from comity.documents.models import Document
from comity.library.models import Study
from comity.processes.models import Meeting, MeetingStatus
from comity.projects.models import Project
from comity.sources.models import Source

router = Router(tags=["Records"])


class RecordsAsked(Narrowed):
    """Which records, and of which time."""

    since: date | None = Field(None, description="What may lie on this day or after it.")
    until: date | None = Field(None, description="What may lie on this day or before it.")

    @field_validator("until")
    @classmethod
    def not_before_since(cls, until: date | None, info: ValidationInfo) -> date | None:
        """Refuse a time that ends before it begins."""
        since = info.data.get("since")
        if since and until and until < since:
            raise PydanticCustomError("order", "This lies before “since”.")
        return until

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

    status: MeetingStatus | None = Field(None, description="Whether held, planned or called off.")
    party: PartyCode | None = Field(None, description="The code of a party named as attending.")


@router.get("/meetings", response=answers(schemas.Page[schemas.Meeting]))
def meetings(request: HttpRequest, asked: Query[MeetingsAsked]) -> dict[str, Any]:
    """List meetings, the latest first."""
    rows = Meeting.objects.filter(asked.narrowed(), asked.within("days"))
    if asked.status:
        rows = rows.filter(status=asked.status)
    if asked.party:
        rows = rows.filter(attendances__party__code=asked.party).distinct()
    rows = rows.select_related("process", "country")
    return answer(request, asked, rows.latest_first(), each_of(whole_address, meeting_facts))


@router.get("/meetings/{slug}", response=answers(schemas.Meeting))
def meeting(request: HttpRequest, slug: Slug) -> dict[str, Any]:
    """Show one meeting."""
    refuse_unknown(request, Nothing())
    row = get_object_or_404(Meeting.objects.select_related("process", "country"), slug=slug)
    return each_of(whole_address, meeting_facts)([row])[0]


@router.get("/documents", response=answers(schemas.Page[schemas.Document]))
def documents(request: HttpRequest, asked: Query[RecordsAsked]) -> dict[str, Any]:
    """List the documents that you may read, the latest first."""
    rows = Document.objects.visible_to(_actor(request))
    rows = rows.filter(asked.narrowed(), asked.within("dated"))
    rows = rows.select_related("process", "meeting")
    return answer(request, asked, rows.latest_first(), each_of(whole_address, document_facts))


@router.get("/documents/{slug}", response=answers(schemas.Document))
def document(request: HttpRequest, slug: Slug) -> dict[str, Any]:
    """Show one document that you may read."""
    refuse_unknown(request, Nothing())
    rows = Document.objects.visible_to(_actor(request)).select_related("process", "meeting")
    return each_of(whole_address, document_facts)([get_object_or_404(rows, slug=slug)])[0]


@router.get("/studies", response=answers(schemas.Page[schemas.Study]))
def studies(request: HttpRequest, asked: Query[RecordsAsked]) -> dict[str, Any]:
    """List studies, the latest first."""
    rows = Study.objects.filter(asked.narrowed(), asked.within("year")).select_related("process")
    rows = rows.order_by(F("year_latest").desc(nulls_last=True), "pk")
    return answer(request, asked, rows, each_of(whole_address, study_facts))


@router.get("/projects", response=answers(schemas.Page[schemas.Project]))
def projects(request: HttpRequest, asked: Query[Narrowed]) -> dict[str, Any]:
    """List projects, the latest first."""
    rows = Project.objects.filter(asked.narrowed()).select_related("process")
    rows = rows.prefetch_related("countries__party")
    rows = rows.order_by(F("begins_earliest").desc(nulls_last=True), "pk")
    return answer(request, asked, rows, each_of(whole_address, project_facts))


@router.get("/sources", response=answers(schemas.Page[schemas.Source]))
def sources(request: HttpRequest, asked: Query[Listed]) -> dict[str, Any]:
    """List where the facts of this installation come from."""

    def draw(found: list[Source]) -> list[dict[str, Any]]:
        return [source_facts(row, whole_address) for row in found]

    return answer(request, asked, Source.objects.order_by("slug"), draw)


def _actor(request: HttpRequest) -> Actor:
    return request.user
