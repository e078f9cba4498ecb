"""Strangers who try passwords: how far they get, and that the person gets in all the same."""

import re
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import caches
from django.utils import timezone

from comity.accounts.attempts import MOST_ATTEMPTS, OF_ACCOUNT, OF_NETWORK, count_attempt
from comity.accounts.devices import COOKIE
from comity.accounts.models import Remembered, User
from comity.accounts.services import end_sessions
from comity.outbox.models import Message

LOGIN = "/accounts/login/"
PASSWORD = "a long enough secret"
SECRET = "JBSWY3DPEHPK3PXP"

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return User.objects.create_user("focal@meridian.example", PASSWORD)


def sign_in(client, password=PASSWORD, email="focal@meridian.example", **extra):
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def said(response):
    return " ".join(response.content.decode().split())


def slow_down(email="focal@meridian.example"):
    """Spend all attempts that the account has over all addresses."""
    for number in range(OF_ACCOUNT.most):
        count_attempt(whose=email, address=f"198.51.100.{number}", now=timezone.now())


def test_stranger_is_slowed_down_over_all_addresses(client, user):
    slow_down()

    answer = sign_in(client, REMOTE_ADDR="192.0.2.1")

    assert answer.status_code == HTTPStatus.OK
    assert "Somebody has tried many passwords for this account." in said(answer)
    assert "or choose a new password." in said(answer)


def test_person_gets_in_with_a_browser_used_before(client, user):
    sign_in(client, REMOTE_ADDR="192.0.2.1")
    client.post("/accounts/logout/")
    slow_down()

    answer = sign_in(client, REMOTE_ADDR="192.0.2.99")

    assert answer.url == "/desk/"
    cookie = client.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_browser_known_to_one_person_is_none_of_another(client, user):
    User.objects.create_user("other@meridian.example", PASSWORD)
    sign_in(client, email="other@meridian.example")
    client.post("/accounts/logout/")
    slow_down()

    assert "Somebody has tried" in said(sign_in(client, REMOTE_ADDR="192.0.2.99"))


@pytest.mark.parametrize("how", ["forged", "signed out everywhere"])
def test_browser_is_a_stranger_again(client, user, how):
    sign_in(client)
    if how == "forged":
        client.cookies[COOKIE] = f"{user.pk}:0:x:1:forged"
        del client.cookies["sessionid"]
    else:
        end_sessions(user=user, by=user)
    slow_down()

    assert "Somebody has tried" in said(sign_in(client, REMOTE_ADDR="192.0.2.99"))


def test_person_gets_in_with_a_new_password_while_strangers_go_on(client, user):
    slow_down()
    client.post("/accounts/password/reset/", {"email": user.email})
    message = Message.objects.get()
    address = urlsplit(re.search(r"http\S+", message.text)[0]).path
    form = client.get(address, follow=True)
    new = {"password1": "another long secret", "password2": "another long secret"}

    chosen = client.post(form.redirect_chain[-1][0], new)
    client.post("/accounts/logout/")
    slow_down()
    again = sign_in(client, "another long secret", REMOTE_ADDR="192.0.2.99")

    assert [chosen.url, again.url] == ["/desk/", "/desk/"]


@pytest.mark.parametrize(("proxies", "is_slowed"), [(0, True), (1, False)])
def test_header_of_a_stranger_tells_no_address_unless_a_proxy_stands_in_front(
    client, user, settings, proxies, is_slowed
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    for number in range(OF_NETWORK.most):
        count_attempt(whose=f"{number}@meridian.example", address="192.0.2.1")

    answer = sign_in(client, "wrong", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="203.0.113.7")

    assert ("many wrong attempts from your network" in said(answer)) is is_slowed


def test_addresses_that_a_stranger_puts_before_the_proxys_are_not_believed(client, user, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    forged = [f"203.0.113.{number}, 192.0.2.1" for number in range(MOST_ATTEMPTS + 1)]

    answers = [sign_in(client, "wrong", HTTP_X_FORWARDED_FOR=header) for header in forged]

    assert "After five wrong attempts signing in pauses." in said(answers[-1])


def test_one_time_code_is_taken_once_by_all_workers_together(client, user):
    TOTP.activate(user, SECRET)
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(SECRET, counter))
    first = client.post(sign_in(client).url, {"code": code})
    # Another worker has the database in common, and no more.
    caches["default"] = caches.create_connection("default")

    other = type(client)()
    second = other.post(sign_in(other).url, {"code": code})

    assert first.url == "/desk/"
    assert second.status_code == HTTPStatus.OK
    assert "This code is not right." in said(second)
    assert Remembered.objects.filter(cache_key__contains="totp.used").count() == 1


def test_code_that_set_up_the_authenticator_opens_nothing_afterwards(client, user):
    sign_in(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.get("/accounts/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))

    set_up = client.post("/accounts/2fa/totp/activate/", {"code": code})
    stranger = type(client)()
    again = stranger.post(sign_in(stranger).url, {"code": code})

    assert set_up.status_code == HTTPStatus.FOUND
    assert (again.status_code, "This code is not right." in said(again)) == (HTTPStatus.OK, True)


def test_codes_of_a_known_browser_are_counted_by_themselves(client, user):
    TOTP.activate(user, SECRET)
    counter = next(iter(yield_hotp_counters_from_time()))
    client.post(sign_in(client).url, {"code": format_hotp_value(hotp_value(SECRET, counter))})
    client.post("/accounts/logout/")
    stranger = type(client)()
    asked = sign_in(stranger)
    for _ in range(MOST_ATTEMPTS + 1):
        paused = stranger.post(asked.url, {"code": "000000"})

    answer = client.post(sign_in(client).url, {"code": "000000"})

    assert "After five wrong attempts" in said(paused)
    assert "This code is not right. 4 attempts are left;" in said(answer)


def test_page_for_a_reader_asks_nothing_of_what_workers_remember(
    client, user, django_assert_num_queries
):
    client.force_login(user)

    with django_assert_num_queries(3) as asked:  # session, person, their name
        client.get("/accounts/email/")

    assert [query for query in asked.captured_queries if "remembered" in query["sql"]] == []
