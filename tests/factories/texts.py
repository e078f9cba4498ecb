from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from comity.texts.models import Paragraph, Passage, Revision, RevisionState, Text, Wording
from tests.factories.documents import DocumentFactory

OUT = datetime(2026, 1, 1, tzinfo=UTC)


class TextFactory(DjangoModelFactory):
    """The text of a paper that is out, for the members."""

    class Meta:
        model = Text

    document = factory.SubFactory(DocumentFactory, published_at=OUT)
    languages = ["es", "en"]
    original = "es"


class RevisionFactory(DjangoModelFactory):
    """A draft."""

    class Meta:
        model = Revision

    text = factory.SubFactory(TextFactory)
    number = 1


class CirculatedFactory(RevisionFactory):
    """A revision that is out, and frozen."""

    state = RevisionState.CIRCULATED
    frozen_at = OUT


class ParagraphFactory(DjangoModelFactory):
    class Meta:
        model = Paragraph

    text = factory.SubFactory(TextFactory)


class PassageFactory(DjangoModelFactory):
    """A paragraph in a revision, each after the one made before."""

    class Meta:
        model = Passage

    revision = factory.SubFactory(RevisionFactory)
    paragraph = factory.SubFactory(ParagraphFactory, text=factory.SelfAttribute("..revision.text"))
    order = factory.Sequence(lambda n: n + 1)
    number = factory.Sequence(lambda n: str(n + 1))


class WordingFactory(DjangoModelFactory):
    """The original words of a passage."""

    class Meta:
        model = Wording

    passage = factory.SubFactory(PassageFactory)
    language = "es"
    words = "Los Estados informarán sin demora."
    standing = "original"
