"""States, territories, organisations, and the people who belong to them."""

from comity.parties.models.parties import (
    NameKind,
    Party,
    PartyKind,
    PartyName,
    PartyQuerySet,
    Region,
)
from comity.parties.models.people import Affiliation, Ministry, Person, Place, Post, PostQuerySet

__all__ = [
    "Affiliation",
    "Ministry",
    "NameKind",
    "Party",
    "PartyKind",
    "PartyName",
    "PartyQuerySet",
    "Person",
    "Place",
    "Post",
    "PostQuerySet",
    "Region",
]
