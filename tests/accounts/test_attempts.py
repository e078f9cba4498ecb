"""Counting wrong passwords: who pauses, who is slowed down, and who gets in all the same."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from comity.accounts.attempts import (
    KEPT_FOR,
    MOST_ATTEMPTS,
    OF_ACCOUNT,
    OF_NETWORK,
    PAUSE,
    account_sentence,
    count_attempt,
    forget_account,
    forget_attempts,
    left_sentence,
    network_of,
    network_sentence,
    pause_sentence,
    sweep_attempts,
)
from comity.accounts.models import SignInAttempts

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
WHO = {"whose": "a@meridian.example", "address": "192.0.2.1"}
SECOND = timedelta(seconds=1)

pytestmark = pytest.mark.django_db


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


def test_sweep_attempts_keeps_what_still_counts():
    count_attempt(whose="a", address="", now=NOW)
    count_attempt(whose="b", address="", now=NOW + PAUSE)

    assert [sweep_attempts(now=NOW + KEPT_FOR), sweep_attempts()] == [1, 1]
    assert not SignInAttempts.objects.exists()


@pytest.mark.parametrize("slowing", [OF_ACCOUNT, OF_NETWORK])
def test_counts_are_kept_until_they_are_back_at_nothing(slowing):
    assert slowing.most * slowing.one_back_every <= KEPT_FOR


def try_everywhere(times, now=NOW, **more):
    """Try an account from as many addresses; return the sentence of the first refusal."""
    for number in range(times):
        try:
            count_attempt(whose="a@meridian.example", address=f"192.0.2.{number}", now=now, **more)
        except ValidationError as error:
            return number, error.messages[0]
    return times, ""


def test_account_is_slowed_down_over_all_addresses():
    slowed = account_sentence(OF_ACCOUNT.one_back_every)

    assert try_everywhere(30) == (OF_ACCOUNT.most, slowed)
    assert try_everywhere(30, NOW + OF_ACCOUNT.one_back_every - SECOND) == (
        0,
        account_sentence(SECOND),
    )
    assert try_everywhere(30, NOW + OF_ACCOUNT.one_back_every) == (1, slowed)
    assert try_everywhere(30, NOW + 4 * OF_ACCOUNT.one_back_every) == (3, slowed)
    assert try_everywhere(30, NOW + timedelta(days=1))[0] == OF_ACCOUNT.most


def test_known_browser_gets_in_while_others_try_the_account():
    try_everywhere(30)

    left = count_attempt(**WHO, device="device x", now=NOW)
    forget_attempts(**WHO, device="device x")

    assert left == 4
    assert try_everywhere(1)[0] == 0  # the others stay slowed down


def test_known_browser_pauses_after_five_like_any_other():
    for _ in range(MOST_ATTEMPTS):
        count_attempt(**WHO, device="device x", now=NOW)

    with pytest.raises(ValidationError, match="Try again in 10 minutes"):
        count_attempt(**WHO, device="device x", now=NOW)


def test_new_password_starts_the_account_anew():
    try_everywhere(30)

    forget_account(whose="A@meridian.example")

    assert try_everywhere(30)[0] == OF_ACCOUNT.most


def try_everybody(times, address, now=NOW):
    """Try as many accounts from one network; return how many attempts were taken."""
    for number in range(times):
        try:
            count_attempt(whose=f"{number}@meridian.example", address=address(number), now=now)
        except ValidationError as error:
            return number, error.messages[0]
    return times, ""


@pytest.mark.parametrize(
    "address",
    [lambda _number: "192.0.2.1", lambda number: f"2001:db8::{number:x}"],
    ids=["IPv4", "IPv6"],
)
def test_network_is_slowed_down_over_all_accounts(address):
    assert try_everybody(100, address) == (
        OF_NETWORK.most,
        "There were many wrong attempts from your network. Try again in a minute.",
    )
    assert try_everybody(100, address, NOW + 3 * OF_NETWORK.one_back_every)[0] == 3


def test_neighbours_of_a_network_are_not_slowed_down():
    try_everybody(100, lambda number: f"2001:db8:0:1::{number:x}")

    assert try_everybody(1, lambda _number: "2001:db8:0:2::1")[0] == 1


def test_network_gets_back_one_attempt_for_each_success():
    try_everybody(100, lambda _number: "192.0.2.1")

    forget_attempts(whose="0@meridian.example", address="192.0.2.1")

    assert try_everybody(100, lambda _number: "192.0.2.1")[0] == 1


def test_success_that_was_not_counted_gives_nothing_back():
    forget_attempts(**WHO)
    count_attempt(**WHO, now=NOW)
    forget_attempts(**WHO)
    forget_attempts(**WHO)

    assert list(SignInAttempts.objects.values_list("count", flat=True)) == [0]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("127.0.0.1", ""),
        ("::1", ""),
        ("", ""),
    ],
)
def test_network_of_an_address(address, network):
    assert network_of(address) == network


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
    assert account_sentence(SECOND).endswith("Try again in a minute, or choose a new password.")
    assert network_sentence(timedelta(minutes=2)).endswith("Try again in 2 minutes.")
