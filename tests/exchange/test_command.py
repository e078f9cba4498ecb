from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from comity.exchange.models import RemoteMeeting
from tests.factories.exchange import SubscriptionFactory


@pytest.fixture
def two(db, other, settings):
    """A subscription that can be read, and one to a name that leads nowhere public."""
    settings.EXCHANGE_LOOPBACK = True
    SubscriptionFactory(slug="good", name="A", address=other.address)
    SubscriptionFactory(slug="inward", name="B", address="https://10.1.2.3/")
    SubscriptionFactory(slug="paused", name="C", is_paused=True)


def run(*slugs):
    out = StringIO()
    try:
        call_command("fetch_subscriptions", *slugs, stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def test_command_reads_all_and_names_what_could_not_be_read(two):
    said, failed = run()

    assert said == (
        "good: read.\n"
        "inward: 10.1.2.3 leads to an address that is not on the public internet. Such addresses"
        " are never asked.\n"
    )
    assert failed == "1 could not be read; what was fetched before stays."
    assert RemoteMeeting.objects.count() == 2


def test_command_reads_those_that_are_named(two):
    assert run("good") == ("good: read.\n", "")


def test_command_refuses_what_is_not_subscribed_to(two):
    assert run("good", "paused", "nowhere") == (
        "",
        "Not subscribed to, or paused: nowhere, paused.",
    )
