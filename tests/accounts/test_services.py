from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from comity.accounts import services
from comity.accounts.authority import SYSTEM
from comity.accounts.models import SignInAttempts, Token
from comity.accounts.services import (
    MOST_ATTEMPTS,
    PAUSE,
    count_attempt,
    create_token,
    end_sessions,
    forget_attempts,
    left_sentence,
    pause_sentence,
    revoke_token,
    sweep_attempts,
    user_of_token,
)
from comity.audit.models import Event
from tests.factories.accounts import UserFactory

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
WHO = {"whose": "a@meridian.example", "address": "192.0.2.1"}

pytestmark = pytest.mark.django_db


def test_create_token_keeps_only_a_digest_and_says_so_in_the_log():
    user = UserFactory()

    made = create_token(user=user, name=" Office ", by=user, expires_on=date(2999, 1, 1))

    token = Token.objects.get()
    assert (token.name, token.prefix, token.user) == ("Office", made.secret[:12], user)
    assert made.secret.startswith("comity_")
    assert made.secret not in [str(value) for value in vars(token).values()]
    event = Event.objects.get()
    assert (event.actor, event.action, event.target) == (user, "token.created", token)
    assert event.after == {"name": "Office", "expires_on": "2999-01-01"}


@pytest.mark.parametrize(
    ("name", "expires_on", "errors"),
    [
        ("", None, {"name": ["This field cannot be blank."]}),
        ("Office", date(2020, 1, 1), {"expires_on": ["This day is past."]}),
    ],
)
def test_create_token_refuses(name, expires_on, errors):
    user = UserFactory()

    with pytest.raises(ValidationError) as caught:
        create_token(user=user, name=name, by=user, expires_on=expires_on)

    assert caught.value.message_dict == errors
    assert not Token.objects.exists()


def test_nobody_makes_a_token_for_somebody_else():
    for by in (UserFactory(), UserFactory(is_superuser=True), AnonymousUser()):
        with pytest.raises(PermissionDenied):
            create_token(user=UserFactory(), name="Office", by=by)


def test_user_of_token_finds_the_owner_and_notes_the_use_now_and_then(django_assert_num_queries):
    user = UserFactory()
    made = create_token(user=user, name="Office", by=user)

    with django_assert_num_queries(2):
        first = user_of_token(made.secret)
    with django_assert_num_queries(1):
        second = user_of_token(made.secret)

    assert [first, second] == [user, user]
    assert timezone.now() - Token.objects.get().last_used_at < timedelta(minutes=1)


def test_user_of_token_notes_the_use_again_after_a_while():
    user = UserFactory()
    made = create_token(user=user, name="Office", by=user)
    long_ago = timezone.now() - services.USE_NOTED_EVERY
    Token.objects.update(last_used_at=long_ago)

    user_of_token(made.secret)

    assert Token.objects.get().last_used_at > long_ago


@pytest.mark.parametrize("how", ["wrong", "revoked", "expired", "inactive"])
def test_user_of_token_is_nobody_where_it_is(how):
    user = UserFactory()
    made = create_token(user=user, name="Office", by=user)
    if how == "revoked":
        revoke_token(token=made.token, by=user)
    if how == "expired":
        Token.objects.update(expires_on=timezone.now().date() - timedelta(days=1))
    if how == "inactive":
        user.is_active = False
        user.save()

    assert user_of_token(made.secret + ("x" if how == "wrong" else "")) is None


def test_revoke_token_once_by_its_owner_or_the_administrator():
    user = UserFactory()
    mine = create_token(user=user, name="Mine", by=user).token
    lost = create_token(user=user, name="Lost", by=user).token

    with pytest.raises(PermissionDenied):
        revoke_token(token=mine, by=UserFactory())
    revoke_token(token=mine, by=user)
    revoke_token(token=lost, by=UserFactory(is_superuser=True))
    with pytest.raises(ValidationError, match="revoked already"):
        revoke_token(token=mine, by=user)

    assert list(Token.objects.filter(revoked_at=None)) == []
    revoked = Event.objects.filter(action="token.revoked").order_by("pk")
    assert [event.after for event in revoked] == [{"name": "Mine"}, {"name": "Lost"}]


def test_end_sessions_ends_those_of_the_account(client):
    user, other = UserFactory(), UserFactory()
    client.force_login(user)
    with pytest.raises(PermissionDenied):
        end_sessions(user=user, by=other)
    before = client.get("/accounts/").status_code

    end_sessions(user=user, by=user)

    assert (before, client.get("/accounts/").status_code) == (200, 302)


def test_end_sessions_may_be_done_by_the_platform():
    user = UserFactory()

    assert end_sessions(user=user, by=SYSTEM).session_epoch == 1


def test_five_attempts_then_a_pause_of_ten_minutes():
    left = [count_attempt(**WHO, now=NOW) for _ in range(MOST_ATTEMPTS)]

    with pytest.raises(ValidationError, match="Try again in 10 minutes"):
        count_attempt(**WHO, now=NOW)
    with pytest.raises(ValidationError, match="Try again in a minute"):
        count_attempt(**WHO, now=NOW + PAUSE - timedelta(seconds=1))
    assert left == [4, 3, 2, 1, 0]
    assert count_attempt(**WHO, now=NOW + PAUSE) == 4


def test_attempts_are_counted_by_person_and_address():
    for _ in range(MOST_ATTEMPTS):
        count_attempt(**WHO, now=NOW)

    others = [
        count_attempt(whose="b@meridian.example", address="192.0.2.1", now=NOW),
        count_attempt(whose="a@meridian.example", address="192.0.2.2", now=NOW),
    ]

    assert others == [4, 4]
    with pytest.raises(ValidationError):
        count_attempt(whose="A@Meridian.example ", address="192.0.2.1", now=NOW)


def test_success_starts_counting_anew():
    count_attempt(**WHO)
    count_attempt(**WHO)

    forget_attempts(**WHO)

    assert count_attempt(**WHO) == 4


def test_sweep_attempts_keeps_running_pauses():
    count_attempt(**WHO, now=NOW)
    count_attempt(whose="b", address="", now=NOW + PAUSE)

    assert [sweep_attempts(now=NOW + PAUSE), sweep_attempts()] == [1, 1]
    assert not SignInAttempts.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_pause_holds_for_another_worker():
    """A second process has its own connection and memory; what holds, holds in the database."""
    for _ in range(MOST_ATTEMPTS):
        count_attempt(**WHO, now=NOW)
    connection.close()

    with pytest.raises(ValidationError):
        count_attempt(**WHO, now=NOW)


def test_sentences_speak_of_one_and_of_many():
    assert left_sentence(1).startswith("One attempt is left;")
    assert left_sentence(4).startswith("4 attempts are left;")
    assert left_sentence(0) == "No attempt is left: signing in pauses for ten minutes."
    assert pause_sentence(timedelta(seconds=61)).endswith("Try again in 2 minutes.")
