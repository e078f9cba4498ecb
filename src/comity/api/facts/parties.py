"""What is said of parties and their names."""

from typing import Any

from comity.api.facts.kinds import Facts, Whole, when
from comity.parties.models import PartyName


def party_facts(row: Any, whole: Whole) -> Facts:  # noqa: ANN401 -- with ``name``
    """Return what is said of a party."""
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
        "url": whole(row.get_absolute_url()),
        "version": row.version,
    }


def name_facts(row: PartyName) -> Facts:
    """Return what is said of a name."""
    return {
        "party": row.party.code,
        "language": row.language,
        "name": row.name,
        "kind": row.kind,
        "begins": when(row.begins),
        "ends": when(row.ends),
        "source": row.source,
    }
