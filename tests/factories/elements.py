from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from comity.elements.models import (
    Adoption,
    AdoptionRule,
    AdoptionState,
    AdoptionWay,
    Element,
    Position,
    PositionKind,
    Principle,
)
from comity.texts.models import RevisionState
from tests.factories.documents import DocumentFactory
from tests.factories.processes import ProcessFactory
from tests.factories.texts import OUT, ParagraphFactory, RevisionFactory


class FinalFactory(RevisionFactory):
    """The adopted words."""

    state = RevisionState.FINAL
    frozen_at = OUT


class AdoptionRuleFactory(DjangoModelFactory):
    class Meta:
        model = AdoptionRule

    process = factory.SubFactory(ProcessFactory)
    ways = ["room", "written", "silence"]


class AdoptionFactory(DjangoModelFactory):
    """An adoption in the room, with its record."""

    class Meta:
        model = Adoption

    revision = factory.SubFactory(FinalFactory)
    text = factory.SelfAttribute("revision.text")
    way = AdoptionWay.ROOM
    state = AdoptionState.ADOPTED
    opened_at = datetime(2026, 5, 4, tzinfo=UTC)
    adopted_at = datetime(2026, 5, 4, tzinfo=UTC)
    adopted_on = date(2026, 5, 4)
    record = factory.SubFactory(
        DocumentFactory, process=factory.SelfAttribute("..text.document.process")
    )


class ElementFactory(DjangoModelFactory):
    class Meta:
        model = Element

    revision = factory.SubFactory(FinalFactory)
    text = factory.SelfAttribute("revision.text")
    paragraph = factory.SubFactory(ParagraphFactory, text=factory.SelfAttribute("..text"))
    number = factory.Sequence(lambda n: str(n + 1))
    order = factory.Sequence(lambda n: n + 1)
    words = {"es": "Recomiendan informar sin demora.", "en": "Recommend to inform without delay."}
    verb = "recommend"


class PositionFactory(DjangoModelFactory):
    class Meta:
        model = Position

    kind = PositionKind.DISSOCIATION
    language = "en"
    words = "Arvenia dissociates itself."
    entered_at = datetime(2026, 5, 4, tzinfo=UTC)


class PrincipleFactory(DjangoModelFactory):
    class Meta:
        model = Principle

    process = factory.SubFactory(ProcessFactory)
    order = factory.Sequence(lambda n: n + 1)
    words = {"en": "Families stay together."}
