"""What is said of who is named for a meeting, of partners, and of regional groupings."""

from typing import Any

from comity.api.facts.kinds import Facts


def grouping_facts(row: Any, rests: Facts) -> Facts:  # noqa: ANN401 -- annotated
    """Return what is said of a regional grouping."""
    return {
        "region": row.region,
        "focus": row.focus,
        "number": row.order,
        "name": row.name,
        "acronym": row.acronym,
        "process": row.process.slug if row.process else None,
        "party": _party(row),
        "note": row.note,
        **rests,
        "version": row.version,
    }


def attendance_facts(row: Any, rests: Facts) -> Facts:  # noqa: ANN401 -- annotated
    """Return what is said of whom a source names for a meeting."""
    return {
        "meeting": row.meeting.slug,
        "number": row.order,
        "party": _party(row),
        "name_in_source": row.name_in_source,
        "role": row.role,
        "note": row.note,
        **rests,
    }


def partnership_facts(row: Any, rests: Facts) -> Facts:  # noqa: ANN401 -- annotated
    """Return what is said of what a partner does for a process."""
    return {
        "process": row.process.slug if row.process else None,
        "party": _party(row),
        "partner_process": row.partner_process.slug if row.partner_process else None,
        "name_in_source": row.name_in_source,
        "role": row.role,
        **rests,
        "version": row.version,
    }


def _party(row: Any) -> Facts | None:  # noqa: ANN401 -- annotated
    return {"code": row.party_code, "name": row.party_name} if row.party_code else None
