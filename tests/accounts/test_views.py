import re
from datetime import date
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)

from comity.accounts import demonstration
from comity.accounts.attempts import MOST_ATTEMPTS
from comity.accounts.models import Token, TokenUse, User
from comity.accounts.services import create_token, user_of_token
from comity.audit.models import Event
from comity.outbox.models import Message
from tests.factories.accounts import UserFactory

LOGIN = "/accounts/login/"
PASSWORD = "a long enough secret"

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return User.objects.create_user("Focal@Meridian.example", PASSWORD)


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def sign_in(client, email="focal@meridian.example", password=PASSWORD):
    return client.post(LOGIN, {"login": email, "password": password})


def said(response):
    return " ".join(response.content.decode().split())


def code_of(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_account_is_found_however_the_address_is_capitalised(client, user):
    response = sign_in(client, email="FOCAL@meridian.EXAMPLE")

    assert (response.status_code, response.url) == (HTTPStatus.FOUND, "/desk/")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_sign_in_says_how_many_attempts_are_left_and_then_pauses(client, user):
    answers = [said(sign_in(client, password="wrong")) for _ in range(MOST_ATTEMPTS + 1)]

    expected = [
        "E-mail address and password do not match. 4 attempts are left;",
        "E-mail address and password do not match. 3 attempts are left;",
        "E-mail address and password do not match. 2 attempts are left;",
        "E-mail address and password do not match. One attempt is left;",
        "E-mail address and password do not match. No attempt is left:",
        "After five wrong attempts signing in pauses. Try again in 10 minutes.",
    ]
    assert [text in answer for text, answer in zip(expected, answers, strict=True)] == [True] * 6
    assert "signing in pauses" in said(sign_in(client))  # with the right password, too
    assert sign_in(client, email="nobody@meridian.example").status_code == HTTPStatus.OK


def test_sign_in_that_succeeds_starts_counting_anew(client, user):
    sign_in(client, password="wrong")
    sign_in(client)
    client.logout()

    assert "4 attempts are left" in said(sign_in(client, password="wrong"))


def test_sign_in_runs_no_script_of_its_own_page(client):
    page = client.get(LOGIN).content.decode()

    scripts = re.findall(r"<script([^>]*)>", page)
    assert scripts
    assert [tag for tag in scripts if "src=" not in tag and "application/json" not in tag] == []


def test_demonstration_lists_its_people(client, monkeypatch):
    person = demonstration.DemonstrationSignIn("chair@meridian.example", "The chair")
    monkeypatch.setattr(demonstration, "SIGN_INS", [person])

    page = said(client.get(LOGIN))

    assert "<code>chair@meridian.example</code>" in page
    assert "The chair" in page


def test_production_lists_nobody(client, monkeypatch, settings):
    person = demonstration.DemonstrationSignIn("chair@meridian.example", "The chair")
    monkeypatch.setattr(demonstration, "SIGN_INS", [person])
    settings.PRODUCTION = True

    assert "chair@meridian.example" not in said(client.get(LOGIN))


def test_nobody_signs_up(client):
    answer = client.post(
        "/accounts/signup/",
        {"email": "new@meridian.example", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert answer.status_code == HTTPStatus.OK
    assert not User.objects.exists()


def test_forgotten_password_is_chosen_anew_through_a_mail(client, user):
    client.post("/accounts/password/reset/", {"email": user.email})
    message = Message.objects.get()
    address = urlsplit(re.search(r"http\S+", message.text)[0]).path
    form = client.get(address, follow=True)
    new = {"password1": "another long secret", "password2": "another long secret"}
    chosen = client.post(form.redirect_chain[-1][0], new)
    client.logout()
    answer = sign_in(client, password="another long secret")

    assert (message.subject, message.cause) == (
        "[Comity] A new password",
        "account.password_reset_key",
    )
    assert [chosen.url, answer.url] == ["/desk/", "/desk/"]
    assert [event.action for event in Event.objects.all()] == ["account.password_changed"]


def test_link_of_a_mail_begins_with_the_address_of_the_installation(client, user, settings):
    settings.SITE_ADDRESS = "https://comity.example"

    client.post(
        "/accounts/password/reset/", {"email": user.email}, headers={"host": "localhost:6666"}
    )

    message = Message.objects.get()
    assert re.search(r"http\S+", message.text)[0].startswith("https://comity.example/accounts/")
    assert "localhost" not in message.text


def test_new_password_by_mail_ends_every_token_and_lets_its_owner_on(client, user):
    mine = [create_token(user=user, name=use, by=user, use=use) for use in TokenUse]
    others = create_token(user=(other := UserFactory()), name="Other", by=other)
    client.post("/accounts/password/reset/", {"email": user.email})
    address = urlsplit(re.search(r"http\S+", Message.objects.get().text)[0]).path
    form = client.get(address, follow=True)

    client.post(
        form.redirect_chain[-1][0],
        {"password1": "another long secret", "password2": "another long secret"},
    )

    assert [user_of_token(made.secret, made.token.use) for made in mine] == [None, None]
    assert user_of_token(others.secret) == other
    assert Event.objects.filter(action="token.revoked").count() == 2
    assert client.get("/accounts/").status_code == HTTPStatus.OK


def test_stranger_is_sent_no_mail(client):
    client.post("/accounts/password/reset/", {"email": "nobody@meridian.example"})

    assert not Message.objects.exists()


def test_second_factor_is_asked_for_and_wrong_codes_are_counted(client, user):
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(user, secret)

    asked = sign_in(client)
    wrong = said(client.post(asked.url, {"code": "000000"}))
    right = client.post(asked.url, {"code": code_of(secret)})

    assert asked.url == "/accounts/2fa/authenticate/"
    assert "This code is not right. 4 attempts are left;" in wrong
    assert right.url == "/desk/"


def test_recovery_code_lets_in_once(client, user):
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    code = RecoveryCodes.activate(user).get_unused_codes()[0]

    answers = []
    for _ in range(2):
        asked = sign_in(client)
        answers.append(client.post(asked.url, {"code": code}).status_code)
        client.logout()

    assert answers == [HTTPStatus.FOUND, HTTPStatus.OK]


def test_codes_pause_after_five_wrong_ones(client, user):
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    asked = sign_in(client)
    for _ in range(MOST_ATTEMPTS):
        client.post(asked.url, {"code": "000000"})

    assert "After five wrong attempts" in said(client.post(asked.url, {"code": "000000"}))


def test_required_second_factor_comes_before_all_other_pages(client, user, required):
    client.force_login(user)

    before = [client.get("/accounts/tokens/"), client.get("/accounts/2fa/")]
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    after = [client.get("/accounts/tokens/"), client.get("/accounts/tokens/")]

    assert before[0].url == "/accounts/2fa/"
    assert before[1].status_code == HTTPStatus.OK
    assert [answer.status_code for answer in after] == [HTTPStatus.OK, HTTPStatus.OK]


def test_second_factor_is_not_asked_of_visitors_nor_in_demonstrations(client, user, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    visitor = client.get(LOGIN)
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(user)

    assert [visitor.status_code, client.get("/accounts/").status_code] == [200, 200]


@pytest.mark.parametrize(("is_required", "remain"), [(True, 1), (False, 0)])
def test_last_second_factor_stays_where_one_is_required(
    client, user, settings, is_required, remain
):
    settings.SECOND_FACTOR_REQUIRED = is_required
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    asked = sign_in(client)
    client.post(asked.url, {"code": code_of("JBSWY3DPEHPK3PXP")})

    client.post("/accounts/2fa/totp/deactivate/")
    reauthenticated = client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/2fa/totp/deactivate/")

    assert reauthenticated.status_code == HTTPStatus.FOUND
    assert Authenticator.objects.count() == remain


@pytest.mark.parametrize(
    "page",
    [
        "",
        "email/",
        "tokens/",
        "logout/",
        "password/change/",
        "password/reset/",
        "password/reset/done/",
        "2fa/",
        "2fa/totp/activate/",
        "2fa/webauthn/",
        "2fa/webauthn/add/",
        "2fa/recovery-codes/",
        "2fa/recovery-codes/generate/",
        "reauthenticate/",
    ],
)
def test_page_has_one_heading_and_no_script_of_its_own(client, user, page):
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(user)
    asked = sign_in(client)
    client.post(asked.url, {"code": code_of("JBSWY3DPEHPK3PXP")})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    if page == "2fa/totp/activate/":
        Authenticator.objects.all().delete()

    answer = client.get(f"/accounts/{page}")

    text = answer.content.decode()
    assert answer.status_code == HTTPStatus.OK
    assert len(re.findall(r"<h1[ >]", text)) == 1
    tags = re.findall(r"<script([^>]*)>", text)
    assert [tag for tag in tags if "src=" not in tag and "application/json" not in tag] == []
    assert re.findall(r" (?:style|onclick|onsubmit)=", text) == []


def test_token_is_shown_once(client, user):
    client.force_login(user)

    made = said(client.post("/accounts/tokens/", {"name": "Office", "expires_on": "2999-01-01"}))
    again = said(client.get("/accounts/tokens/"))

    secret = re.search(r"comity_[\w-]{40,}", made)[0]
    assert secret not in again
    assert f"{secret[:12]}…" in again
    assert Token.objects.get().expires_on == date(2999, 1, 1)


def test_token_that_cannot_be_is_refused_with_a_sentence(client, user):
    client.force_login(user)

    answer = client.post("/accounts/tokens/", {"name": "Office", "expires_on": "2020-01-01"})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "This day is past." in said(answer)
    assert not Token.objects.exists()


def test_tokens_of_others_do_not_exist(client, user):
    other = UserFactory()
    token = create_token(user=other, name="Foreign", by=other).token
    client.force_login(user)

    assert client.post(f"/accounts/tokens/{token.pk}/revoke/").status_code == HTTPStatus.NOT_FOUND
    assert "Foreign" not in said(client.get("/accounts/tokens/"))


def test_token_is_revoked_and_a_second_click_changes_nothing(client, user):
    token = create_token(user=user, name="Office", by=user).token
    client.force_login(user)

    answers = [client.post(f"/accounts/tokens/{token.pk}/revoke/") for _ in range(2)]

    assert [answer.url for answer in answers] == ["/accounts/tokens/", "/accounts/tokens/"]
    assert Event.objects.filter(action="token.revoked").count() == 1


def test_sign_out_everywhere_ends_the_other_browser_too(client, user):
    client.force_login(user)
    elsewhere = type(client)()
    elsewhere.force_login(user)

    answer = client.post("/accounts/sessions/end/")

    assert answer.url == LOGIN
    assert elsewhere.get("/accounts/").status_code == HTTPStatus.FOUND
