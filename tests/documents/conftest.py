"""What the tests of papers share."""

import pytest
from django.urls import reverse
from django.utils import timezone

from comity.documents.services import PaperFacts
from comity.processes.audiences import Audience
from tests.factories.documents import DocumentFactory

FACTS = PaperFacts(title={"en": "Annotated agenda"}, kind="agenda", audience=Audience.MEMBERS)


def facts(**changes):
    return PaperFacts(**vars(FACTS) | changes)


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    """Let each test keep its files apart."""
    settings.DATA_DIR = tmp_path


@pytest.fixture
def secretariat(people):
    return people["secretariat"]


@pytest.fixture
def paper(process):
    """A draft of the process."""
    return DocumentFactory(process=process, slug="agenda", symbol="MD/2026/3")


@pytest.fixture
def published(process):
    """A paper that the members read."""
    return DocumentFactory(
        process=process, slug="report", symbol="MD/2026/4", published_at=timezone.now()
    )


@pytest.fixture
def page(process):
    """Return a function that gives the address of a page about papers of the process."""
    return lambda name, *args: reverse(f"documents:{name}", args=[process.slug, *args])


@pytest.fixture
def editor(client, people):
    client.force_login(people["secretariat"])
    return client
