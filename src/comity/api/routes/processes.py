"""Processes, who takes part in them, their bodies and their offices."""

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router

from comity.api import schemas
from comity.api.asking import (
    Asked,
    Day,
    OfProcess,
    PartyCode,
    Slug,
    answer,
    answers,
    refuse_unknown,
)
from comity.api.facts.kinds import rests_on
from comity.api.facts.processes import (
    area_facts,
    body_facts,
    called,
    participation_facts,
    participations_called,
    process_facts,
    seat_facts,
    stage_facts,
    term_facts,
    terms_called,
)
from comity.core.addresses import whole_address
from comity.core.facts import has_begun
from comity.parties.models import Region
from comity.processes.models import (
    COUNTED,
    Body,
    Office,
    Participation,
    Process,
    ProcessKind,
    Seat,
    Status,
    Term,
    perhaps_held,
)

router = Router(tags=["Processes"])


class ProcessesAsked(Asked):
    """Which processes."""

    kind: ProcessKind | None = Field(None, description="Consultative processes, or forums.")
    region: Region | None = Field(None, description="The region under which they are listed.")


class ParticipationAsked(OfProcess):
    """Which participations."""

    party: PartyCode | None = Field(None, description="The code of a party.")
    status: Status | None = Field(None, description="How a party takes part.")


class TermsAsked(OfProcess):
    """Which terms of office."""

    party: PartyCode | None = Field(None, description="The code of a party.")
    office: Office | None = Field(None, description="The office that is held.")


@router.get("/processes", response=answers(schemas.Page[schemas.Process]))
def processes(request: HttpRequest, asked: Query[ProcessesAsked]) -> dict[str, Any]:
    """List processes and forums, in the order of the record; those begun by a day asked for."""
    rows = _counted(asked).filter(is_made_up=asked.made_up)
    if asked.on:
        rows = rows.filter(has_begun(asked.on))
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.region:
        rows = rows.filter(region=asked.region)

    def draw(found: list[Any]) -> list[dict[str, Any]]:
        rests = rests_on(found)
        return [
            {
                **process_facts(row, whole_address, rests[row.pk]),
                "participants": row.counted,
            }
            for row in found
        ]

    return answer(request, asked, rows.order_by("order", "pk"), draw)


@router.get("/processes/{slug}", response=answers(schemas.ProcessWhole))
def process(request: HttpRequest, slug: Slug, asked: Query[Day]) -> dict[str, Any]:
    """Show one process or forum, with what it works on."""
    refuse_unknown(request, asked)
    row = get_object_or_404(_counted(asked), slug=slug)
    return {
        **process_facts(row, whole_address, rests_on([row])[row.pk]),
        "participants": row.counted,
        "note": row.note,
        "aliases": [each.name for each in row.aliases.all()],
        "areas": [area_facts(each) for each in row.areas.prefetch_related("themes")],
        "stages": [stage_facts(each) for each in row.stages.all()],
        "websites": [each.url for each in row.websites.all()],
    }


@router.get("/participation", response=answers(schemas.Page[schemas.Participation]))
def participation(request: HttpRequest, asked: Query[ParticipationAsked]) -> dict[str, Any]:
    """List who takes part where on the day asked for; what is dated vaguely is listed too."""
    rows: Any = Participation.objects.filter(asked.narrowed(), perhaps_held(asked.day))
    if asked.party:
        rows = rows.filter(party__code=asked.party)
    if asked.status:
        rows = rows.filter(status=asked.status)

    def draw(found: list[Any]) -> list[dict[str, Any]]:
        rests = rests_on(found)
        return [participation_facts(row, rests[row.pk]) for row in found]

    return answer(request, asked, participations_called(rows, asked.day), draw)


@router.get("/terms", response=answers(schemas.Page[schemas.Term]))
def terms(request: HttpRequest, asked: Query[TermsAsked]) -> dict[str, Any]:
    """List who holds which office on the day asked for."""
    rows: Any = Term.objects.filter(asked.narrowed(), perhaps_held(asked.day)).exclude(
        office=Office.KEEPER
    )
    if asked.party:
        rows = rows.filter(party__code=asked.party)
    if asked.office:
        rows = rows.filter(office=asked.office)

    def draw(found: list[Any]) -> list[dict[str, Any]]:
        rests = rests_on(found)
        return [term_facts(row, rests[row.pk]) for row in found]

    return answer(request, asked, terms_called(rows, asked.day), draw)


@router.get("/bodies", response=answers(schemas.Page[schemas.Body]))
def bodies(request: HttpRequest, asked: Query[OfProcess]) -> dict[str, Any]:
    """List the bodies of processes, with who sits in them on the day asked for."""
    seats = called(
        Seat.objects.filter(perhaps_held(asked.day, process="body__process__")), asked.day
    )
    rows = (
        Body.objects.filter(asked.narrowed())
        .select_related("process")
        .prefetch_related(Prefetch("seats", seats.order_by("pk")))
        .order_by("process__order", "process", "pk")
    )

    def draw(found: list[Body]) -> list[dict[str, Any]]:
        rests = rests_on(found)
        return [
            {
                **body_facts(row, rests[row.pk]),
                "seats": [seat_facts(each) for each in row.seats.all()],
            }
            for row in found
        ]

    return answer(request, asked, rows, draw)


def _counted(asked: Day | Asked) -> "QuerySet[Any]":
    """Return the processes with the number of their participants on the day asked for."""
    counted = perhaps_held(asked.day, "participations__") & Q(participations__status__in=COUNTED)
    return Process.objects.annotate(counted=Count("participations", filter=counted, distinct=True))
