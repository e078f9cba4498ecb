from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from comity.accounts import services
from comity.accounts.authority import SYSTEM
from comity.accounts.models import Remembered, Token, TokenUse
from comity.accounts.services import (
    create_token,
    end_sessions,
    end_tokens,
    revoke_token,
    sweep_remembered,
    user_of_token,
)
from comity.audit.models import Event
from tests.factories.accounts import UserFactory

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)

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
    assert event.after == {"name": "Office", "use": "api", "expires_on": "2999-01-01"}


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


def test_end_sessions_ends_the_tokens_and_the_addresses_of_calendars_too():
    user, other = UserFactory(), UserFactory()
    for owner in (user, other):
        for use in TokenUse:
            create_token(user=owner, name=use, by=owner, use=use)
    with pytest.raises(PermissionDenied):
        end_tokens(user=user, by=other)

    end_sessions(user=user, by=user)

    assert {token.user for token in Token.objects.filter(revoked_at=None)} == {other}
    assert end_tokens(user=user, by=user) == 0


def test_end_sessions_may_be_done_by_the_platform():
    user = UserFactory()

    assert end_sessions(user=user, by=SYSTEM).session_epoch == 1


def test_sweep_remembered_forgets_what_has_expired():
    for key, expires in {"old": NOW - timedelta(seconds=1), "new": NOW}.items():
        Remembered.objects.create(cache_key=key, value="", expires=expires)

    assert sweep_remembered(now=NOW) == 1
    assert [str(row) for row in Remembered.objects.all()] == ["new"]
