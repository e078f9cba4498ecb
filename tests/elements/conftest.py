"""A declaration of two paragraphs in two languages, circulated to the members."""

from datetime import UTC, datetime

import pytest

from comity.elements.models import Adoption
from comity.elements.services import open_silence
from comity.parties.models import Affiliation
from comity.texts.models import RevisionState
from tests.factories.documents import DocumentFactory
from tests.factories.elements import AdoptionFactory, AdoptionRuleFactory
from tests.factories.texts import (
    OUT,
    CirculatedFactory,
    PassageFactory,
    TextFactory,
    WordingFactory,
)

OPENED = datetime(2026, 3, 2, 12, tzinfo=UTC)
DUE = datetime(2026, 3, 20, 16, tzinfo=UTC)
WORDS = (
    {"es": "Deciden informar a las familias.", "en": "Decide to inform families."},
    {
        "es": "Piden a la Secretaría un informe a más tardar el 30 de junio de 2027; "
        "invitan a los asociados a contribuir.",
        "en": "Request the Secretariat to report by 30 June 2027; invite partners to contribute.",
    },
)


@pytest.fixture
def secretariat(people):
    return people["secretariat"]


@pytest.fixture
def speaker(people, affiliations):
    """Somebody who speaks for a member."""
    Affiliation.objects.filter(pk=affiliations["focal_point"].pk).update(may_speak=True)
    return people["focal_point"]


@pytest.fixture
def member(affiliations):
    return affiliations["focal_point"].party


@pytest.fixture
def rule(process):
    return AdoptionRuleFactory(process=process, needs_consensus=False)


@pytest.fixture
def text(process):
    document = DocumentFactory(
        process=process, slug="declaration", title={"en": "Declaration"}, published_at=OUT
    )
    return TextFactory(document=document)


def written(revision):
    """Let ``revision`` hold the paragraphs of the declaration."""
    for number, words in enumerate(WORDS, start=1):
        passage = PassageFactory(
            revision=revision, order=number, number=str(number), paragraph__text=revision.text
        )
        for language, said in words.items():
            WordingFactory(passage=passage, language=language, words=said)
    return revision


@pytest.fixture
def revision(text):
    return written(CirculatedFactory(text=text))


@pytest.fixture
def paragraphs(revision):
    return [passage.paragraph for passage in revision.passages.order_by("order")]


@pytest.fixture
def silence(revision, rule, secretariat):
    return open_silence(revision=revision, due_at=DUE, by=secretariat, now=OPENED)


@pytest.fixture
def final(revision):
    """The revision, adopted in the room."""
    revision.state = RevisionState.FINAL
    revision.save()
    AdoptionFactory(revision=revision)
    return revision


def now_of(adoption):
    return Adoption.objects.get(pk=adoption.pk)
