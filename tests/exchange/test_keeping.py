from datetime import timedelta

import pytest
from django.utils import timezone

from comity.accounts.authority import SYSTEM
from comity.audit.models import Event
from comity.exchange.models import RemoteMeeting, RemoteProcess, Subscription
from comity.exchange.services import fetch, fetch_by_worker
from comity.search.models import SearchEntry
from tests.exchange import tricks
from tests.exchange.conftest import a_meeting, theirs


def test_fetch_keeps_all_as_theirs(subscription, other, at_home):
    before = timezone.now()

    row = fetch(subscription=subscription, by=SYSTEM, reach=at_home)

    process = RemoteProcess.objects.get()
    assert (process.slug, process.name, process.begins, process.participants) == (
        "southern",
        {"en": "Southern Dialogue on Migration", "es": "Diálogo del Sur"},
        "2001-05",
        14,
    )
    assert process.link == f"{other.address}processes/southern/"
    assert process.areas == [{"words": "labour migration", "language": "en"}]
    assert [
        (each.slug, each.days, str(each.days_latest), each.place, each.link)
        for each in process.meetings.all()
    ] == [
        (
            f"southern-{number}",
            "2030-05-06",
            "2030-05-06",
            "Windhoek",
            f"{other.address}meetings/southern-{number}/",
        )
        for number in range(2)
    ]
    assert before <= row.fetched_at <= timezone.now()
    assert row.due_at == row.fetched_at + timedelta(hours=6)
    assert (row.version, row.failures, row.problem, len(row.tags)) == (1, 0, "", 3)
    assert Event.objects.count() == 0


def test_second_fetch_without_news_writes_only_that_it_was_asked(subscription, other, at_home):
    row = fetch(subscription=subscription, by=SYSTEM, reach=at_home)
    first, kept = row.fetched_at, theirs()

    row = fetch(subscription=row, by=SYSTEM, reach=at_home)

    assert row.fetched_at > first
    assert theirs() == kept
    assert len(row.tags) == 3


def test_second_fetch_keeps_rows_changes_news_and_forgets_what_is_gone(
    subscription, other, at_home
):
    other.has("northern")
    row = fetch(subscription=subscription, by=SYSTEM, reach=at_home)
    known = RemoteMeeting.objects.get(slug="southern-1")
    del other.processes["northern"]
    other.meetings["southern"] = [
        a_meeting(other.address, "southern-1", status="cancelled", version=3),
        a_meeting(other.address, "southern-9"),
    ]

    fetch(subscription=row, by=SYSTEM, reach=at_home)

    assert list(RemoteMeeting.objects.order_by("slug").values_list("slug", "status")) == [
        ("southern-1", "cancelled"),
        ("southern-9", "planned"),
    ]
    assert RemoteMeeting.objects.get(slug="southern-1").pk == known.pk
    assert sorted(SearchEntry.objects.values_list("title", flat=True)) == [
        "Diálogo del Sur",
        "Meeting southern-1",
        "Meeting southern-9",
        "Southern Dialogue on Migration",
    ]


SENTENCES = {
    tricks.drip: "127.0.0.1 took longer than 1 seconds, and was left.",
    tricks.send_200_megabytes: "The answer is larger than 4 MB, and was left unread.",
    tricks.send_a_bomb: "The answer is larger than 4 MB, and was left unread.",
    tricks.redirect_inwards: "The address leads on to another one, which is not followed."
    " Subscribe to that one instead.",
    tricks.break_off: "The answer broke off before its end.",
    tricks.speak_another_language: "The answer was not in the form of the web.",
    tricks.refuse: "The other side refused: it answered with 503.",
    tricks.send_a_page: "The answer is not JSON.",
}


@pytest.mark.parametrize("trick", SENTENCES, ids=lambda trick: trick.__name__)
def test_bad_answer_gives_a_sentence_and_changes_nothing(subscription, other, at_home, trick):
    row = fetch(subscription=subscription, by=SYSTEM, reach=at_home)
    fetched_at, kept = row.fetched_at, theirs()
    other.has(meetings=7)
    tricks.bomb()

    def late(handler):
        # The first two questions are answered well, so that half could have been applied.
        return len(other.asked) > 2 and trick(handler)

    other.asked.clear()
    other.trick = late
    row = fetch(subscription=row, by=SYSTEM, reach=at_home, seconds=1)

    assert row.problem == SENTENCES[trick]
    assert (theirs(), row.fetched_at) == (kept, fetched_at)
    assert (row.failures, row.due_at - row.tried_at) == (1, timedelta(minutes=15))


def test_wrong_content_changes_nothing(subscription, other, at_home):
    row = fetch(subscription=subscription, by=SYSTEM, reach=at_home)
    kept = theirs()
    other.has(meetings=150)
    other.meetings["southern"][149]["place"] = "turned \u202e around"

    row = fetch(subscription=row, by=SYSTEM, reach=at_home)

    assert row.problem == "The answer is not as the API promises: items.49.place."
    assert theirs() == kept


def test_what_the_tables_refuse_changes_nothing(subscription, other, at_home, monkeypatch):
    row = fetch(subscription=subscription, by=SYSTEM, reach=at_home)
    kept = theirs()
    other.has(meetings=4, participants=99)
    other.meetings["southern"][3]["place"] = "Nowhere"
    monkeypatch.setattr(RemoteMeeting._meta.get_field("place"), "choices", [("Windhoek", "W")])

    row = fetch(subscription=row, by=SYSTEM, reach=at_home)

    assert row.problem == "The answer is not as the API promises: –."
    assert theirs() == kept


def test_private_address_is_said_and_nothing_is_applied(subscription, other):
    row = fetch(subscription=subscription, by=SYSTEM)

    assert row.problem == (
        "127.0.0.1 leads to an address that is not on the public internet. Such addresses are"
        " never asked."
    )
    assert (theirs(), other.asked, row.fetched_at) == (([], [], []), [], None)


def test_side_that_fails_is_left_alone_for_longer_each_time(subscription, other, at_home):
    other.trick = tricks.refuse
    pauses = []
    row = subscription
    for _each in range(9):
        row = fetch(subscription=row, by=SYSTEM, reach=at_home)
        pauses.append((row.due_at - row.tried_at) / timedelta(minutes=15))

    other.trick = lambda _handler: False
    row = fetch(subscription=row, by=SYSTEM, reach=at_home)

    assert pauses == [1, 2, 4, 8, 16, 32, 64, 96, 96]
    assert (row.failures, row.problem) == (0, "")


@pytest.mark.parametrize("meanwhile", ["change", "pause", "remove", "fetch"])
def test_fetch_that_was_overtaken_keeps_nothing(
    administrator, subscription, other, at_home, meanwhile
):
    deeds = {
        "change": lambda: Subscription.objects.update(version=2),
        "pause": lambda: Subscription.objects.update(is_paused=True),
        "remove": lambda: Subscription.objects.all().delete(),
        "fetch": lambda: Subscription.objects.update(
            tried_at=timezone.now() + timedelta(minutes=1)
        ),
    }
    asked = Subscription.objects.get()
    deeds[meanwhile]()

    fetch(subscription=asked, by=SYSTEM, reach=at_home)

    assert len(other.asked) == 3
    assert theirs() == ([], [], [])


def test_worker_fetches_within_the_usual_reach(subscription, other, settings):
    fetch_by_worker(subscription=subscription.pk)
    settings.EXCHANGE_LOOPBACK = True
    first = Subscription.objects.get().trouble

    fetch_by_worker(subscription=subscription.pk)

    assert (first, Subscription.objects.get().trouble) == ("private", "")
    assert RemoteMeeting.objects.count() == 2
