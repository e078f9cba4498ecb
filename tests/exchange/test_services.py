from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from comity.accounts.authority import SYSTEM
from comity.audit.models import Event
from comity.audit.services import EditConflict
from comity.exchange.addresses import Reach
from comity.exchange.models import RemoteMeeting, RemoteProcess, Subscription
from comity.exchange.services import (
    FETCH,
    SubscriptionFacts,
    ask_again,
    ask_due,
    change_subscription,
    fetch,
    fetch_by_worker,
    pause,
    resume,
    subscribe,
    unsubscribe,
)
from comity.jobs.models import Job
from comity.search.models import SearchEntry
from tests.exchange import tricks
from tests.exchange.conftest import a_meeting
from tests.factories.exchange import RemoteMeetingFactory, SubscriptionFactory

ADDRESS = "https://south.example/"
PUBLIC = Reach(resolve=lambda _host, _port: ["8.8.8.8"])
INWARD = Reach(resolve=lambda _host, _port: ["8.8.8.8", "169.254.169.254"])
FACTS = SubscriptionFacts("Southern Secretariat", "southern, northern southern")


@pytest.fixture
def administrator(people):
    return people["administrator"]


@pytest.fixture
def subscription(db, other):
    """A subscription to the other side on this machine, not yet fetched."""
    return SubscriptionFactory(address=other.address)


def theirs():
    """Return all that stands in the tables of what is theirs, and where it can be found."""
    return (
        list(RemoteProcess.objects.order_by("pk").values()),
        list(RemoteMeeting.objects.order_by("pk").values()),
        list(SearchEntry.objects.order_by("pk").values("url", "title", "text")),
    )


def jobs():
    return [(job.kind, job.keys) for job in Job.objects.order_by("pk")]


def actions():
    return list(Event.objects.order_by("pk").values_list("action", flat=True))


def test_administrator_subscribes_and_the_worker_asks_soon(administrator):
    row = subscribe(address=" https://South.example ", facts=FACTS, by=administrator, reach=PUBLIC)

    row.refresh_from_db()
    assert (row.slug, row.address, row.name, row.processes, row.version) == (
        "south-example",
        ADDRESS,
        "Southern Secretariat",
        "southern northern",
        1,
    )
    assert (row.fetched_at, row.problem, row.is_paused) == (None, "", False)
    assert jobs() == [(FETCH, {"subscription": row.pk})]
    event = Event.objects.get()
    assert (event.action, event.actor, event.after) == (
        "subscription.added",
        administrator,
        {
            "name": "Southern Secretariat",
            "address": ADDRESS,
            "processes": "southern northern",
            "is_paused": False,
        },
    )


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("http://south.example/", "The address must begin with https://."),
        ("south.example", "The address must begin with https://."),
        (
            "https://south.example/?x=1",
            "This is no address of an installation: write it as https://comity.example/.",
        ),
        (
            f"https://south.example/{'a' * 300}/",
            "This is no address of an installation: write it as https://comity.example/.",
        ),
        ("http://localhost:8000/", "This is the address of this installation itself."),
        ("https://taken.example", "This is subscribed to already."),
    ],
)
def test_address_that_cannot_be_is_refused_with_a_sentence(administrator, address, sentence):
    SubscriptionFactory(address="https://taken.example/")

    with pytest.raises(ValidationError) as refused:
        subscribe(address=address, facts=FACTS, by=administrator, reach=PUBLIC)

    assert refused.value.message_dict == {"address": [sentence]}
    assert (Subscription.objects.count(), jobs(), actions()) == (1, [], [])


def test_name_that_leads_inwards_is_refused_when_it_is_typed(administrator):
    with pytest.raises(ValidationError) as refused:
        subscribe(address=ADDRESS, facts=FACTS, by=administrator, reach=INWARD)

    sentence = (
        "south.example leads to an address that is not on the public internet. Such addresses"
        " are never asked."
    )
    assert refused.value.message_dict == {"address": [sentence]}
    assert (Subscription.objects.count(), jobs(), actions()) == (0, [], [])


@pytest.mark.parametrize(
    ("processes", "sentence"),
    [
        (
            "https://x/",
            "Write the last part of each process’s address, such as “puebla”.",
        ),
        (" ".join(f"p{number}" for number in range(51)), "Name at most 50 processes."),
    ],
)
def test_processes_that_cannot_be_are_refused(administrator, processes, sentence):
    with pytest.raises(ValidationError) as refused:
        subscribe(
            address=ADDRESS,
            facts=SubscriptionFacts("South", processes),
            by=administrator,
            reach=PUBLIC,
        )

    assert refused.value.message_dict == {"processes": [sentence]}


def test_slug_is_free_and_none_of_our_own_pages(administrator):
    SubscriptionFactory(slug="south-example")

    slugs = [
        subscribe(address=address, facts=FACTS, by=administrator, reach=PUBLIC).slug
        for address in (ADDRESS, "https://subscriptions/", "https://xn--p1ai/")
    ]

    assert slugs == ["south-example-2", "subscriptions-2", "xn-p1ai"]


def test_name_must_be_seen(administrator):
    facts = SubscriptionFacts("a\u202eb")

    with pytest.raises(ValidationError) as refused:
        subscribe(address=ADDRESS, facts=facts, by=administrator, reach=PUBLIC)

    assert list(refused.value.message_dict) == ["name"]


def test_whoever_does_not_run_the_installation_does_nothing(people):
    row = SubscriptionFactory()
    by = people["secretariat"]
    deeds = [
        lambda: subscribe(address=ADDRESS, facts=FACTS, by=by),
        lambda: change_subscription(subscription=row, facts=FACTS, version=1, by=by),
        lambda: pause(subscription=row, version=1, by=by),
        lambda: resume(subscription=row, version=1, by=by),
        lambda: unsubscribe(subscription=row, version=1, by=by),
        lambda: ask_again(subscription=row, by=by),
        lambda: ask_due(now=timezone.now(), by=by),
        lambda: fetch(subscription=row, by=by),
    ]

    for deed in deeds:
        with pytest.raises(PermissionDenied):
            deed()

    assert (Subscription.objects.get().version, jobs(), actions()) == (1, [], [])


def test_subscription_is_changed_and_all_is_read_anew(administrator):
    row = SubscriptionFactory(tags={"x": '"1"'}, due_at=timezone.now() + timedelta(days=1))
    facts = SubscriptionFacts("South", "southern")

    change_subscription(subscription=row, facts=facts, version=1, by=administrator)

    row.refresh_from_db()
    assert (row.name, row.processes, row.tags, row.version) == ("South", "southern", {}, 2)
    assert row.due_at <= timezone.now()
    assert jobs() == [(FETCH, {"subscription": row.pk})]
    with pytest.raises(EditConflict):
        change_subscription(subscription=row, facts=FACTS, version=1, by=administrator)


def test_paused_subscription_is_not_asked_and_keeps_what_it_has(administrator):
    meeting = RemoteMeetingFactory()
    row = meeting.process.subscription

    pause(subscription=row, version=1, by=administrator)
    facts = SubscriptionFacts("South")
    change_subscription(subscription=row, facts=facts, version=2, by=administrator)
    fetch_by_worker(subscription=row.pk)

    row.refresh_from_db()
    assert (row.is_paused, row.tried_at, RemoteMeeting.objects.get()) == (True, None, meeting)
    assert ask_due(now=timezone.now() + timedelta(days=9), by=SYSTEM) == 0
    assert jobs() == []
    for deed in (
        lambda: pause(subscription=row, version=3, by=administrator),
        lambda: ask_again(subscription=row, by=administrator),
    ):
        with pytest.raises(ValidationError):
            deed()


def test_resumed_subscription_is_asked_soon(administrator):
    row = SubscriptionFactory(is_paused=True)

    resume(subscription=row, version=1, by=administrator)

    row.refresh_from_db()
    assert (row.is_paused, jobs()) == (False, [(FETCH, {"subscription": row.pk})])
    with pytest.raises(ValidationError):
        resume(subscription=row, version=2, by=administrator)


def test_removed_subscription_takes_all_that_was_fetched_with_it(
    administrator, subscription, at_home
):
    fetch(subscription=subscription, by=SYSTEM, reach=at_home)
    assert [len(each) for each in theirs()] == [1, 2, 4]

    unsubscribe(subscription=subscription, version=1, by=administrator)

    assert theirs() == ([], [], [])
    event = Event.objects.get()
    assert (event.action, event.before["name"]) == ("subscription.removed", "Southern Secretariat")
    fetch_by_worker(subscription=subscription.pk)  # it was in the queue still


def test_due_subscriptions_are_put_in_the_queue_once(db):
    now = timezone.now()
    due = SubscriptionFactory(due_at=now)
    SubscriptionFactory(due_at=now + timedelta(minutes=1))
    SubscriptionFactory(due_at=now, is_paused=True)

    asked = [ask_due(now=now, by=SYSTEM), ask_due(now=now, by=SYSTEM)]

    assert (asked, jobs()) == ([1, 0], [(FETCH, {"subscription": due.pk})])
    assert ask_again(subscription=due, by=SYSTEM) == due
    assert len(jobs()) == 2


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
