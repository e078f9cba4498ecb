"""Parties and their names through time."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router

from comity.api import schemas
from comity.api.asking import (
    Asked,
    Day,
    Listed,
    PartyCode,
    Slug,
    Word,
    answer,
    answers,
    refuse_unknown,
)
from comity.api.facts.parties import name_facts, party_facts
from comity.core.addresses import whole_address
from comity.parties.models import Party, PartyKind, PartyName, Region

router = Router(tags=["Parties"])


class PartiesAsked(Asked):
    """Which parties."""

    kind: PartyKind | None = Field(
        None, description="A State, a territory, an organisation or another kind."
    )
    region: Region | None = Field(None, description="The region in which the party lies.")


class NamesAsked(Listed):
    """Which names."""

    party: PartyCode | None = Field(None, description="The code of a party.")
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
    return answer(
        request,
        asked,
        rows,
        lambda found: [party_facts(row, whole_address) for row in found],
    )


@router.get("/parties/{code}", response=answers(schemas.PartyWhole))
def party(request: HttpRequest, code: Slug, asked: Query[Day]) -> dict[str, Any]:
    """Show one party with all its names."""
    refuse_unknown(request, asked)
    rows = Party.objects.with_name(asked.day).select_related("part_of")
    row = get_object_or_404(rows, code=code)
    names = [name_facts(each) for each in row.names.select_related("party")]
    return {**party_facts(row, whole_address), "names": names}


@router.get("/names", response=answers(schemas.Page[schemas.Name]))
def names(request: HttpRequest, asked: Query[NamesAsked]) -> dict[str, Any]:
    """List what parties are and were called, in all languages."""
    rows = PartyName.objects.filter(party__is_made_up=asked.made_up)
    if asked.party:
        rows = rows.filter(party__code=asked.party)
    if asked.language:
        rows = rows.filter(language=asked.language)
    rows = rows.select_related("party").order_by("party__code", "pk")
    return answer(request, asked, rows, lambda found: [name_facts(each) for each in found])
