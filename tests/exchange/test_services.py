from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from comity.accounts.authority import SYSTEM
from comity.audit.models import Event
from comity.audit.services import EditConflict
from comity.exchange.addresses import Reach
from comity.exchange.models import RemoteMeeting, Subscription
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
from tests.exchange.conftest import theirs
from tests.factories.exchange import RemoteMeetingFactory, SubscriptionFactory

ADDRESS = "https://south.example/"
PUBLIC = Reach(resolve=lambda _host, _port: ["8.8.8.8"])
INWARD = Reach(resolve=lambda _host, _port: ["8.8.8.8", "169.254.169.254"])
FACTS = SubscriptionFacts("Southern Secretariat", "southern, northern southern")


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
