import pytest
from django.core import mail as sent
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction

from comity.accounts import mail
from comity.accounts.models import SignInAttempts, Token, User
from comity.core.registry import Registry

pytestmark = pytest.mark.django_db


def test_accounts_are_kept_in_lower_case_and_found_in_any():
    user = User.objects.create_user("Ada@Meridian.Example", "a long enough secret", language="fr")

    assert (str(user), user.language, user.is_superuser) == ("ada@meridian.example", "fr", False)
    assert user.check_password("a long enough secret")
    assert User.objects.get_by_natural_key("ADA@meridian.example") == user


def test_address_is_taken_once_however_capitalised():
    User.objects.create_user("ada@meridian.example")

    with pytest.raises(ValidationError, match=r"exists|There is an account"):
        User.objects.create_user("ADA@meridian.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="ADA@meridian.example")


def test_superuser_runs_the_installation_and_no_password_lets_nobody_in():
    user = User.objects.create_superuser("admin@comity.example")

    assert (user.is_superuser, user.has_usable_password()) == (True, False)


def test_rows_have_names():
    assert [str(Token(name="Office")), str(SignInAttempts(count=3))] == ["Office", "3"]


def test_mail_goes_to_the_sender_that_is_declared(monkeypatch):
    taken = []
    senders = Registry("sender of mail")
    monkeypatch.setattr(mail, "senders", senders)
    message = EmailMessage("Subject", "Text", to=["ada@meridian.example"])

    mail.send(message, "account/email/password_reset_key")
    senders.add("outbox", lambda message, cause: taken.append((message, cause)))
    mail.send(message, "account/email/password_reset_key")

    assert len(sent.outbox) == 1
    assert taken == [(message, "account/email/password_reset_key")]
