"""Processes, who takes part in them, their bodies and their offices."""

from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router

from comity.api import schemas
from comity.api.asking import (
    Asked,
    Day,
    OfProcess,
    Slug,
    Word,
    answer,
    answers,
    cited,
    refuse_unknown,
    when,
)
from comity.core.facts import perhaps_in_force
from comity.parties.models.parties import name_of
from comity.processes.models import (
    COUNTED,
    Body,
    Office,
    Participation,
    Process,
    Seat,
    Term,
)

router = Router(tags=["Processes"])


class ProcessesAsked(Asked):
    """Which processes."""

    kind: Word | None = Field(None, description="process or forum.")
    region: Word | None = None


class ParticipationAsked(OfProcess):
    """Which participations."""

    party: Slug | None = Field(None, description="The code of a party.")
    status: Word | None = None


class TermsAsked(OfProcess):
    """Which terms of office."""

    party: Slug | None = Field(None, description="The code of a party.")
    office: Word | None = None


@router.get("/processes", response=answers(schemas.Page[schemas.Process]))
def processes(request: HttpRequest, asked: Query[ProcessesAsked]) -> dict[str, Any]:
    """List processes and forums, in the order of the record."""
    rows = _counted(asked).filter(is_made_up=asked.made_up)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.region:
        rows = rows.filter(region=asked.region)

    def draw(found: list[Any]) -> list[dict[str, Any]]:
        places = cited(found)
        return [_process(request, row, places[row.pk]) for row in found]

    return answer(request, asked, rows.order_by("order", "pk"), draw)


@router.get("/processes/{slug}", response=answers(schemas.ProcessWhole))
def process(request: HttpRequest, slug: Slug, asked: Query[Day]) -> dict[str, Any]:
    """Show one process or forum, with what it works on."""
    refuse_unknown(request, asked)
    row = get_object_or_404(_counted(asked), slug=slug)
    return {
        **_process(request, row, cited([row])[row.pk]),
        "note": row.note,
        "aliases": [each.name for each in row.aliases.all()],
        "areas": [
            {
                "words": each.words,
                "language": each.language,
                "themes": sorted(theme.slug for theme in each.themes.all()),
            }
            for each in row.areas.prefetch_related("themes")
        ],
        "stages": [
            {
                "kind": each.kind,
                "begins": when(each.begins),
                "ends": when(each.ends),
                "note": each.note,
            }
            for each in row.stages.all()
        ],
        "websites": [each.url for each in row.websites.all()],
    }


@router.get("/participation", response=answers(schemas.Page[schemas.Participation]))
def participation(request: HttpRequest, asked: Query[ParticipationAsked]) -> dict[str, Any]:
    """List who takes part where on the day asked for; what is dated vaguely is listed too."""
    rows: Any = Participation.objects.filter(asked.narrowed(), perhaps_in_force(asked.day))
    if asked.party:
        rows = rows.filter(party__code=asked.party)
    if asked.status:
        rows = rows.filter(status=asked.status)
    rows = rows.annotate(
        process_slug=F("process__slug"),
        party_code=F("party__code"),
        party_name=name_of("party", asked.day),
        behalf_code=F("for_territory__code"),
        behalf_name=name_of("for_territory", asked.day),
    ).order_by("process__order", "process", "order", "pk")

    def draw(found: list[Any]) -> list[dict[str, Any]]:
        places = cited(found)
        return [
            {
                **_held(row, places[row.pk]),
                "status": row.status,
                "on_behalf_of": {"code": row.behalf_code, "name": row.behalf_name}
                if row.behalf_code
                else None,
                "is_origin": row.is_origin,
                "is_transit": row.is_transit,
                "is_destination": row.is_destination,
                "name_in_source": row.name_in_source,
            }
            for row in found
        ]

    return answer(request, asked, rows, draw)


@router.get("/terms", response=answers(schemas.Page[schemas.Term]))
def terms(request: HttpRequest, asked: Query[TermsAsked]) -> dict[str, Any]:
    """List who holds which office on the day asked for."""
    rows: Any = Term.objects.filter(asked.narrowed(), perhaps_in_force(asked.day)).exclude(
        office=Office.KEEPER
    )
    if asked.party:
        rows = rows.filter(party__code=asked.party)
    if asked.office:
        rows = rows.filter(office=asked.office)
    rows = rows.annotate(
        process_slug=F("process__slug"),
        party_code=F("party__code"),
        party_name=name_of("party", asked.day),
        body_name=F("body__name"),
    ).order_by("process__order", "process", "pk")

    def draw(found: list[Any]) -> list[dict[str, Any]]:
        places = cited(found)
        return [
            {**_held(row, places[row.pk]), "office": row.office, "body": row.body_name}
            for row in found
        ]

    return answer(request, asked, rows, draw)


@router.get("/bodies", response=answers(schemas.Page[schemas.Body]))
def bodies(request: HttpRequest, asked: Query[OfProcess]) -> dict[str, Any]:
    """List the bodies of processes, with who sits in them on the day asked for."""
    seats: QuerySet[Any] = Seat.objects.filter(perhaps_in_force(asked.day)).annotate(
        party_code=F("party__code"), party_name=name_of("party", asked.day)
    )
    rows = (
        Body.objects.filter(asked.narrowed())
        .select_related("process")
        .prefetch_related(Prefetch("seats", seats.order_by("pk")))
        .order_by("process__order", "process", "pk")
    )

    def draw(found: list[Body]) -> list[dict[str, Any]]:
        places = cited(found)
        return [
            {
                "process": row.process.slug,
                "name": row.name,
                "kind": row.kind,
                "begins": when(row.begins),
                "ends": when(row.ends),
                "terms_of_reference": row.terms_of_reference,
                "seats": [_seat(each) for each in row.seats.all()],
                "sources": places[row.pk],
                "version": row.version,
            }
            for row in found
        ]

    return answer(request, asked, rows, draw)


def _counted(asked: Day | Asked) -> "QuerySet[Any]":
    """Return the processes with the number of their participants on the day asked for."""
    counted = perhaps_in_force(asked.day, "participations__") & Q(
        participations__status__in=COUNTED
    )
    return Process.objects.annotate(counted=Count("participations", filter=counted, distinct=True))


def _process(request: HttpRequest, row: Any, sources: list[dict[str, str]]) -> dict[str, Any]:  # noqa: ANN401 -- with ``counted``
    return {
        "slug": row.slug,
        "kind": row.kind,
        "name": row.name,
        "short_name": row.short_name,
        "region": row.region,
        "begins": when(row.begins),
        "participants": row.counted,
        "is_made_up": row.is_made_up,
        "url": request.build_absolute_uri(row.get_absolute_url()),
        "sources": sources,
        "version": row.version,
    }


def _held(row: Any, sources: list[dict[str, str]]) -> dict[str, Any]:  # noqa: ANN401 -- annotated
    return {
        "process": row.process_slug,
        "party": {"code": row.party_code, "name": row.party_name},
        "begins": when(row.begins),
        "ends": when(row.ends),
        "note": row.note,
        "sources": sources,
        "version": row.version,
    }


def _seat(row: Any) -> dict[str, Any]:  # noqa: ANN401 -- annotated
    return {
        "party": {"code": row.party_code, "name": row.party_name},
        "begins": when(row.begins),
        "ends": when(row.ends),
        "note": row.note,
    }
