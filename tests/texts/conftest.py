"""A text in Spanish and English whose second revision is being written."""

import pytest

from comity.processes.audiences import Audience
from comity.texts.gates import draft_gates
from comity.texts.margins import margins, text_links
from comity.texts.models import Revision
from comity.texts.services import circulate_revision, start_revision, start_text
from tests.factories.documents import DocumentFactory
from tests.factories.texts import OUT, PassageFactory, WordingFactory

SAID = [
    ("title", "Declaración", "Declaration"),
    ("operative", "Informar sin demora.", "Inform without delay."),
    ("operative", "Compartir cifras. Protegerlas.", "Share figures. Protect them."),
]


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    """Leave out what higher apps add: their own tests show what they narrow and show."""
    for registry in (draft_gates, margins, text_links):
        monkeypatch.setattr(registry, "_entries", {})


@pytest.fixture
def secretariat(people):
    return people["secretariat"]


@pytest.fixture
def document(process):
    return DocumentFactory(
        process=process, slug="draft", audience=Audience.PARTICIPANTS, published_at=OUT
    )


@pytest.fixture
def text(document, secretariat):
    return start_text(document=document, languages=["es", "en"], original="es", by=secretariat)


@pytest.fixture
def first(text, secretariat):
    """The first revision, circulated."""
    revision = start_revision(text=text, by=secretariat, label={"en": "First draft"})
    for place, (kind, spanish, english) in enumerate(SAID, start=1):
        number = str(place - 1) if kind == "operative" else ""
        passage = PassageFactory(revision=revision, order=place, kind=kind, number=number)
        WordingFactory(passage=passage, words=spanish)
        WordingFactory(passage=passage, words=english, language="en", standing="unofficial")
    return circulate_revision(revision=revision, version=1, by=secretariat, now=OUT)


@pytest.fixture
def draft(first, text, secretariat):
    """The second revision, a draft."""
    return start_revision(text=text, by=secretariat)


def words_of(revision, language="es"):
    """Return number and words of each passage in its order."""
    return [
        (
            each.number,
            each.wordings.filter(language=language).values_list("words", flat=True).first(),
        )
        for each in Revision.objects.get(pk=revision.pk).passages.order_by("order")
    ]


def passage_at(revision, place):
    return revision.passages.order_by("order")[place]


def wording_of(passage, language):
    return passage.wordings.get(language=language)


def version_of(revision):
    return Revision.objects.get(pk=revision.pk).version
