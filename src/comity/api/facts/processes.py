"""What is said of processes, who takes part in them, their bodies and offices."""

from datetime import date
from typing import Any

from django.db.models import F

from comity.api.facts.kinds import Facts, Whole, when
from comity.parties.models.parties import name_of
from comity.processes.models import Area, Body, Process, Stage


def process_facts(row: Process, whole: Whole, rests: Facts) -> Facts:
    """Return what is said of a process."""
    return {
        "slug": row.slug,
        "kind": row.kind,
        "name": row.name,
        "short_name": row.short_name,
        "region": row.region,
        "begins": when(row.begins),
        "is_made_up": row.is_made_up,
        "url": whole(row.get_absolute_url()),
        **rests,
        "version": row.version,
    }


def area_facts(row: Area) -> Facts:
    """Return what is said of an area of interest."""
    return {
        "words": row.words,
        "language": row.language,
        "themes": sorted(theme.slug for theme in row.themes.all()),
    }


def stage_facts(row: Stage) -> Facts:
    """Return what is said of where a process stands."""
    return {
        "kind": row.kind,
        "begins": when(row.begins),
        "ends": when(row.ends),
        "note": row.note,
    }


def called(rows: Any, on: date) -> Any:  # noqa: ANN401 -- a queryset with columns added
    """Add to what parties hold the party, as it is called on that day."""
    return rows.annotate(party_code=F("party__code"), party_name=name_of("party", on))


def participations_called(rows: Any, on: date) -> Any:  # noqa: ANN401 -- a queryset with columns added
    """Add what ``participation_facts`` needs, and put the rows in order."""
    return (
        called(rows, on)
        .annotate(
            process_slug=F("process__slug"),
            behalf_code=F("for_territory__code"),
            behalf_name=name_of("for_territory", on),
        )
        .order_by("process__order", "process", "order", "pk")
    )


def participation_facts(row: Any, rests: Facts) -> Facts:  # noqa: ANN401 -- annotated
    """Return what is said of how a party takes part."""
    return {
        **_held(row, rests),
        "status": row.status,
        "on_behalf_of": {"code": row.behalf_code, "name": row.behalf_name}
        if row.behalf_code
        else None,
        "is_origin": row.is_origin,
        "is_transit": row.is_transit,
        "is_destination": row.is_destination,
        "name_in_source": row.name_in_source,
    }


def terms_called(rows: Any, on: date) -> Any:  # noqa: ANN401 -- a queryset with columns added
    """Add what ``term_facts`` needs, and put the rows in order."""
    return (
        called(rows, on)
        .annotate(process_slug=F("process__slug"), body_name=F("body__name"))
        .order_by("process__order", "process", "pk")
    )


def term_facts(row: Any, rests: Facts) -> Facts:  # noqa: ANN401 -- annotated
    """Return what is said of a term of office."""
    return {**_held(row, rests), "office": row.office, "body": row.body_name}


def body_facts(row: Body, rests: Facts) -> Facts:
    """Return what is said of a body."""
    return {
        "slug": row.slug,
        "process": row.process.slug,
        "name": row.name,
        "kind": row.kind,
        "begins": when(row.begins),
        "ends": when(row.ends),
        "terms_of_reference": row.terms_of_reference,
        **rests,
        "version": row.version,
    }


def seat_facts(row: Any) -> Facts:  # noqa: ANN401 -- annotated
    """Return what is said of a seat in a body."""
    return {
        "party": {"code": row.party_code, "name": row.party_name},
        "begins": when(row.begins),
        "ends": when(row.ends),
        "note": row.note,
    }


def _held(row: Any, rests: Facts) -> Facts:  # noqa: ANN401 -- annotated
    return {
        "process": row.process_slug,
        "party": {"code": row.party_code, "name": row.party_name},
        "begins": when(row.begins),
        "ends": when(row.ends),
        "note": row.note,
        **rests,
        "version": row.version,
    }
