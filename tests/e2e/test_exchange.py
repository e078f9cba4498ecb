"""The pages on other installations clear the bars of every page."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.e2e.test_bars import look_at
from tests.factories.exchange import RemoteMeetingFactory, SubscriptionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_pages_on_other_installations_clear_the_bars(page, live_server, people):
    theirs = RemoteMeetingFactory(
        process__subscription__slug="south",
        process__subscription__fetched_at=timezone.now(),
        process__areas=[{"words": "labour migration", "language": "en"}],
        process__note={"en": "A note"},
    ).process
    SubscriptionFactory(
        trouble="redirect", failures=1, fetched_at=timezone.now(), tried_at=timezone.now()
    )
    SubscriptionFactory(is_paused=True)
    client = Client()
    client.force_login(people["administrator"])
    cookie = client.cookies["sessionid"]
    public = ["/exchange/", theirs.get_absolute_url(), "/calendar/?month=2030-05"]
    own = [f"/exchange/subscriptions/{each}" for each in ("", "add/", "history/", "south/edit/")]

    found = {url: look_at(page, url) for url in public}
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    found |= {url: look_at(page, url) for url in own}

    assert found == {url: [] for url in (*public, *own)}
