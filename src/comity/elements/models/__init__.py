"""How texts are adopted, what States say of them, and the elements that they are made of."""

from comity.elements.models.adoption import (
    Adoption,
    AdoptionQuerySet,
    AdoptionRule,
    AdoptionState,
    AdoptionWay,
    Consensus,
    NamedTo,
)
from comity.elements.models.elements import (
    Addressee,
    AddresseeKind,
    Element,
    ElementQuerySet,
    ElementStatus,
    ElementStep,
)
from comity.elements.models.positions import Position, PositionKind, PositionQuerySet
from comity.elements.models.principles import Principle, PrincipleQuerySet, PrincipleSource

__all__ = [
    "Addressee",
    "AddresseeKind",
    "Adoption",
    "AdoptionQuerySet",
    "AdoptionRule",
    "AdoptionState",
    "AdoptionWay",
    "Consensus",
    "Element",
    "ElementQuerySet",
    "ElementStatus",
    "ElementStep",
    "NamedTo",
    "Position",
    "PositionKind",
    "PositionQuerySet",
    "Principle",
    "PrincipleQuerySet",
    "PrincipleSource",
]
