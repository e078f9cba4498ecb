"""The frame as somebody sees it who is signed in."""

import pytest
from django.test import Client

from comity.accounts.models import User
from tests.e2e.conftest import NARROW, WIDE, overflow, violations
from tests.e2e.test_patterns import picture

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("pattern_pages"),
]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_long_name_leaves_room_for_the_way_out(page_in, live_server, size):
    client = Client()
    client.force_login(User.objects.create_user("secretariat.of.the@meridian-dialogue.example"))
    page = page_in(size, language="fr")
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.goto("/")
    picture(page, f"signed-in-{size['width']}")

    assert page.is_visible(".sign-out button")
    assert overflow(page) == 0
    assert violations(page) == []
