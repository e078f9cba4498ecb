"""The links of the main navigation stand on one line, whatever the language."""

import pytest
from django.test import Client

from comity.accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_main_navigation_is_one_line(page_in, live_server, language):
    client = Client()
    client.force_login(User.objects.create_user("secretariat@meridian.example"))
    page = page_in({"width": 1280, "height": 900}, language=language)
    cookie = client.cookies["sessionid"]
    boxes = "all => all.map(each => each.getBoundingClientRect())"
    middles = f"all => ({boxes})(all).map(box => Math.round(box.top + box.height / 2))"

    page.goto("/")
    without = set(page.eval_on_selector_all(".site-links li", middles))
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.goto("/")
    signed_in = page.eval_on_selector_all(".site-links li", middles)
    tools = page.eval_on_selector_all(".wordmark, .site-tools, .sign-out", middles)

    assert (len(without), len(set(signed_in)), len(set(tools))) == (1, 1, 1)
    assert len(signed_in) > 9
