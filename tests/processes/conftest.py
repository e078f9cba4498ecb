"""What the tests of the pages of editing share."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from tests.factories.parties import PartyFactory, PartyNameFactory


@pytest.fixture
def page(process):
    """Return a function that gives the address of a page of the process."""
    return lambda name, *args: reverse(f"processes:{name}", args=[process.slug, *args])


@pytest.fixture
def editor(client, people):
    client.force_login(people["secretariat"])
    return client


@pytest.fixture
def arvenia(db):
    party = PartyFactory(code="QMA", region="africa")
    PartyNameFactory(party=party, name="Arvenia")
    return party


def sent(response):
    """Return where an answer leads, without the row in the list, and what it says."""
    words = [str(message) for message in get_messages(response.wsgi_request)]
    return response.status_code, response.get("Location", "").partition("#")[0], words
