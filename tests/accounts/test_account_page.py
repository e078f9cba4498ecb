import re
from http import HTTPStatus

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from comity.accounts.models import User
from comity.accounts.services import choose_language, create_token
from comity.audit.models import Event
from comity.outbox.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.parties import PersonFactory

ACCOUNT = "/accounts/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    """Begin in English: a request leaves the language of its reader behind."""
    with translation.override("en"):
        yield


@pytest.fixture
def user():
    return UserFactory()


def said(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def test_language_is_kept_and_the_change_recorded(user):
    choose_language(user=user, language="fr", by=user)

    user.refresh_from_db()
    event = Event.objects.get()
    assert user.language == "fr"
    assert (event.action, event.after) == ("account.language_chosen", {"language": "fr"})


def test_language_chosen_again_is_not_recorded_again(user):
    for language in ("es", "es"):
        choose_language(user=user, language=language, by=user)

    assert Event.objects.count() == 1


def test_language_that_is_not_offered_is_refused(user):
    with pytest.raises(ValidationError, match="not in this language"):
        choose_language(user=user, language="ar", by=user)

    user.refresh_from_db()
    assert user.language == ""


@pytest.mark.parametrize("make", [AnonymousUser, UserFactory])
def test_nobody_chooses_the_language_of_another(user, make):
    with pytest.raises(PermissionDenied):
        choose_language(user=user, language="fr", by=make())


def test_page_names_the_languages_in_themselves(client, user):
    user.language = "es"
    user.save()
    client.force_login(user)

    html = client.get(ACCOUNT).content.decode()

    options = re.findall(r"<option (.*?)>(.*?)</option>", html)
    assert options == [
        ('value=""', "El que pida el navegador"),
        ('value="en" lang="en" dir="auto"', "English"),
        ('value="es" selected lang="es" dir="auto"', "Español"),
        ('value="fr" lang="fr" dir="auto"', "Français"),
    ]


def test_choice_is_kept_and_stands_before_what_the_browser_kept(client, user):
    client.force_login(user)
    client.cookies["django_language"] = "es"

    answer = client.post(ACCOUNT, {"language": "fr"})
    forgotten = client.cookies.pop("django_language")  # as a browser does
    page = client.get(answer.url)

    assert (answer.status_code, answer.url) == (HTTPStatus.FOUND, ACCOUNT)
    assert (forgotten.value, forgotten["max-age"]) == ("", 0)
    assert '<html lang="fr"' in page.content.decode()
    assert "Votre langue est enregistrée." in said(page)


def test_blank_choice_asks_the_browser_again(client, user):
    choose_language(user=user, language="fr", by=user)
    client.force_login(user)

    client.post(ACCOUNT, {"language": ""})
    page = client.get(ACCOUNT, headers={"accept-language": "es"})

    assert '<html lang="es"' in page.content.decode()


def test_choice_that_is_not_offered_is_refused_with_a_sentence(client, user):
    client.force_login(user)

    answer = client.post(ACCOUNT, {"language": "xx"})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "xx is not one of the available choices" in said(answer)
    assert User.objects.get().language == ""


def test_page_says_who_one_is_and_what_is_set_up(client, user):
    PersonFactory(user=user, name="Ana Maran")
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.WEBAUTHN):
        Authenticator.objects.create(user=user, type=kind, data={})
    create_token(user=user, name="Office", by=user)
    create_token(user=UserFactory(), name="Foreign", by=User.objects.latest("pk"))
    client.force_login(user)

    text = said(client.get(ACCOUNT))

    assert f"Name Ana Maran E-mail address {user.email} Signed in" in text
    assert "Second factor Your authenticator is set up." in text
    assert "Passkeys 2 passkeys" in text
    assert "Tokens for the API 1 token in use" in text


def test_page_of_somebody_new_shows_what_is_missing(client, user):
    client.force_login(user)

    text = said(client.get(ACCOUNT))

    assert f"Your account E-mail address {user.email} Signed in" in text
    assert "Second factor None is set up." in text
    assert "Passkeys You have none yet." in text
    assert "Tokens for the API You have none yet." in text


def test_passkey_alone_is_a_second_factor(client, user):
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})
    client.force_login(user)

    text = said(client.get(ACCOUNT))

    assert "Second factor A passkey is your second factor." in text
    assert "Passkeys 1 passkey" in text


@pytest.mark.parametrize(
    ("kept", "subject"),
    [("fr", "[Comity] Un nouveau mot de passe"), ("", "[Comity] Una nueva contraseña")],
)
def test_mail_is_in_the_language_of_the_account_else_of_the_request(client, user, kept, subject):
    choose_language(user=user, language=kept, by=user)

    client.post(
        "/accounts/password/reset/", {"email": user.email}, headers={"accept-language": "es"}
    )

    assert [message.subject for message in Message.objects.all()] == [subject]
