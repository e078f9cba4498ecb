"""A call that is open, with one question that must be answered and one that need not."""

import pytest

from comity.calls.models import Reply
from comity.calls.services import save_entries, send_reply
from comity.parties.models import Affiliation
from tests.factories.calls import CallFactory, QuestionFactory, ReplyFactory

SAID = "Two agreements."


@pytest.fixture
def secretariat(people):
    return people["secretariat"]


@pytest.fixture
def delegate(people, affiliations):
    """Somebody of the focal point's party who may not speak for it."""
    return people["focal_point"]


@pytest.fixture
def focal_point(people, affiliations):
    """Somebody who speaks for the party that is asked."""
    Affiliation.objects.filter(pk=affiliations["focal_point"].pk).update(may_speak=True)
    return people["focal_point"]


@pytest.fixture
def call(process):
    return CallFactory(process=process)


@pytest.fixture
def keys(call):
    """The keys of the two questions."""
    first, second = QuestionFactory(call=call, is_required=True), QuestionFactory(call=call)
    return f"q{first.pk}", f"q{second.pk}"


@pytest.fixture
def reply(call, keys, affiliations):
    return ReplyFactory(call=call, party=affiliations["focal_point"].party)


@pytest.fixture
def draft(reply, keys, focal_point):
    """The focal point's draft, ready to be sent."""
    save_entries(reply=reply, values={keys[0]: SAID}, seen={}, by=focal_point)
    return reply


@pytest.fixture
def sent(draft, focal_point):
    return send_reply(reply=draft, seen=versions(draft), by=focal_point)


def versions(reply):
    """Return the versions of a draft's entries, as a page shows them."""
    return {entry.key: entry.version for entry in reply.entries.all()}


def state_of(reply):
    return Reply.objects.get(pk=reply.pk).state
