"""Parties and their names through time."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router

from comity.api import schemas
from comity.api.asking import Asked, Day, Slug, Word, answer, answers, refuse_unknown, when
from comity.parties.models import Party, PartyName

router = Router(tags=["Parties"])


class PartiesAsked(Asked):
    """Which parties."""

    kind: Word | None = Field(None, description="state, territory, supranational, organisation …")
    region: Word | None = None


class NamesAsked(Asked):
    """Which names."""

    party: Slug | None = Field(None, description="The code of a party.")
    language: Word | None = Field(None, description="Such as en, es, fr, ar, ru or zh.")


@router.get("/parties", response=answers(schemas.Page[schemas.Party]))
def parties(request: HttpRequest, asked: Query[PartiesAsked]) -> dict[str, Any]:
    """List parties by code, called as on the day asked for."""
    rows: Any = Party.objects.filter(is_made_up=asked.made_up).with_name(asked.day)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.region:
        rows = rows.filter(region=asked.region)
    rows = rows.select_related("part_of").order_by("code")
    return answer(request, asked, rows, lambda found: [_party(request, row) for row in found])


@router.get("/parties/{code}", response=answers(schemas.PartyWhole))
def party(request: HttpRequest, code: Slug, asked: Query[Day]) -> dict[str, Any]:
    """Show one party with all its names."""
    refuse_unknown(request, asked)
    rows = Party.objects.with_name(asked.day).select_related("part_of")
    row = get_object_or_404(rows, code=code)
    names = [_name(each) for each in row.names.select_related("party")]
    return {**_party(request, row), "names": names}


@router.get("/names", response=answers(schemas.Page[schemas.Name]))
def names(request: HttpRequest, asked: Query[NamesAsked]) -> dict[str, Any]:
    """List what parties are and were called, in all languages."""
    rows = PartyName.objects.filter(party__is_made_up=asked.made_up)
    if asked.party:
        rows = rows.filter(party__code=asked.party)
    if asked.language:
        rows = rows.filter(language=asked.language)
    rows = rows.select_related("party").order_by("party__code", "pk")
    return answer(request, asked, rows, lambda found: [_name(each) for each in found])


def _party(request: HttpRequest, row: Any) -> dict[str, Any]:  # noqa: ANN401 -- with ``name``
    return {
        "code": row.code,
        "name": row.name,
        "kind": row.kind,
        "acronym": row.acronym,
        "m49": row.m49,
        "region": row.region,
        "part_of": row.part_of.code if row.part_of else None,
        "ends": when(row.ends),
        "is_made_up": row.is_made_up,
        "url": request.build_absolute_uri(row.get_absolute_url()),
        "version": row.version,
    }


def _name(row: PartyName) -> dict[str, Any]:
    return {
        "party": row.party.code,
        "language": row.language,
        "name": row.name,
        "kind": row.kind,
        "begins": when(row.begins),
        "ends": when(row.ends),
        "source": row.source,
    }
