"""That nothing in the tables tells who an erased person was."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comity.accounts.models import Token, User
from comity.accounts.services import create_token, erase_account, user_of_token
from comity.audit.chain import verify_chain
from comity.audit.models import Event
from comity.audit.queries import read_history
from comity.jobs.models import Job
from comity.outbox.models import Message
from comity.outbox.services import post_message
from comity.parties.models import Person
from comity.parties.people import people_events
from comity.parties.services import (
    PersonFacts,
    change_person,
    erase_person,
    link_account,
)
from tests.factories.accounts import UserFactory

TELLING = ("ruiz", "555 0199", "ana@meridian.example", "a.r@private.example", "pocket computer")


@pytest.fixture
def ana(people, affiliations, client):
    """Somebody who left, with an account that was used in every way."""
    row = affiliations["observer"]
    person, administrator = row.person, people["administrator"]
    Person.objects.filter(pk=person.pk).update(user=None)
    person.refresh_from_db()
    user = User.objects.create_user("ana@meridian.example", "a long enough word", language="es")
    person = link_account(person=person, user=user, version=1, by=administrator)
    facts = PersonFacts("Ana Ruiz", "a.r@private.example", "000 555 0199", "es")
    change_person(person=person, facts=facts, version=2, by=user)
    client.post(reverse("account_login"), {"login": user.email, "password": "a long enough word"})
    create_token(user=user, name="Ruiz, pocket computer", by=user)
    EmailAddress.objects.update_or_create(user=user, email=user.email)
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Ana Ruiz's key"})
    Job.objects.create(kind="any", owner=user, result_words="For Ana Ruiz")
    for to in (user.email.upper(), "a.r@private.example"):
        post_message(to=to, subject="Dear Ana Ruiz", text="Dear Ana Ruiz", cause="any.thing")
    post_message(
        to="desk@meridian.example", subject="Hello", text="Hello", cause="any", reply_to=user.email
    )
    row.ends = "2021-01-01"
    row.save()
    return Person.objects.get(pk=person.pk)


def told():
    """Return what of ``TELLING`` stands anywhere in the tables, with the table."""
    return {
        (model._meta.label, word)
        for model in apps.get_models(include_auto_created=True)
        for row in model._base_manager.values()
        for word in TELLING
        if word in repr(row).lower()
    }


def test_nothing_in_the_tables_tells_who_an_erased_person_was(ana, people):
    account, token = ana.user, Token.objects.get()
    assert {label.split(".")[0] for label, _word in told()} == {
        *("account", "accounts", "audit", "jobs", "mfa", "outbox", "parties"),
    }

    erase_person(person=ana, reason="Their wish", version=3, by=people["administrator"])

    assert told() == set()
    account.refresh_from_db()
    assert (account.email, account.language, account.is_active, account.is_superuser) == (
        f"erased-{account.pk}@erased.invalid",
        "",
        False,
        False,
    )
    assert not account.has_usable_password()
    assert not Token.objects.filter(pk=token.pk).exists()
    assert not Authenticator.objects.exists()
    assert list(Message.objects.order_by("pk").values_list("to", "subject", "reply_to")) == [
        ("erased@erased.invalid", "–", ""),
        ("erased@erased.invalid", "–", ""),
        ("desk@meridian.example", "Hello", ""),
    ]
    assert not Message.objects.due(timezone.now()).filter(subject="–").exists()
    assert verify_chain() == []


def test_history_calls_an_erased_person_somebody_whoever_they_were(ana, people, affiliations):
    party = affiliations["observer"].party

    erase_person(person=ana, reason="Their wish", version=3, by=people["administrator"])

    entries = read_history(people_events(party))
    said = repr([(entry.who, entry.subject, entry.reason, entry.fields) for entry in entries])
    assert [word for word in TELLING if word in said.lower()] == []
    by_account = Event.objects.filter(action="person.changed")
    assert read_history(by_account)[0].who == "Somebody whose data were erased"


def test_session_and_sign_in_of_an_erased_person_end(ana, people, client):
    desk = reverse("accounts:account")
    before = client.get(desk).status_code
    other = Client()
    other.force_login(people["chair"])

    erase_person(person=ana, reason="Their wish", version=3, by=people["administrator"])

    assert (before, client.get(desk).status_code) == (200, 302)
    assert other.get(desk).status_code == 200
    answer = client.post(
        reverse("account_login"),
        {"login": "ana@meridian.example", "password": "a long enough word"},
    )
    assert answer.status_code == 200
    assert client.get(desk).status_code == 302


def test_token_of_an_erased_person_opens_nothing(ana, people):
    made = create_token(user=ana.user, name="Another", by=ana.user)

    erase_person(person=ana, reason="Their wish", version=3, by=people["administrator"])

    assert user_of_token(made.secret) is None


def test_person_without_an_account_is_taken_out_of_the_mail_too(ana, people):
    Person.objects.filter(pk=ana.pk).update(user=None)
    ana.refresh_from_db()

    erase_person(person=ana, reason="Their wish", version=3, by=people["administrator"])

    assert "a.r@private.example" not in Message.objects.values_list("to", flat=True)
    assert not User.objects.filter(erased_at__isnull=False).exists()


def test_nobody_erases_themselves(ana, people):
    administrator = people["administrator"]
    Person.objects.filter(pk=ana.pk).update(user=administrator)
    ana.refresh_from_db()

    with pytest.raises(ValidationError) as refused:
        erase_person(person=ana, reason="My wish", version=3, by=administrator)
    with pytest.raises(PermissionDenied):
        erase_account(user=administrator, by=administrator)

    assert refused.value.messages == ["These are your own data. Another administrator erases them."]
    assert User.objects.get(pk=administrator.pk).is_active


def test_two_erased_accounts_do_not_meet(people, db):
    first, second = UserFactory(), UserFactory()

    for user in (first, second):
        erase_account(user=user, by=people["administrator"])

    assert User.objects.filter(email__endswith="@erased.invalid").count() == 2
