import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone, translation

from comity.exchange.indexing import index_all_theirs
from comity.exchange.models import RemoteProcess, Subscription
from comity.jobs.models import Job
from comity.search.models import SearchEntry
from tests.factories.exchange import (
    RemoteMeetingFactory,
    RemoteProcessFactory,
    SubscriptionFactory,
)

TROUBLE = {"trouble": "private", "trouble_details": {"host": "secret.example"}, "failures": 1}


@pytest.fixture
def administrator(client, people):
    client.force_login(people["administrator"])
    return client


def text_of(response):
    return " ".join(response.content.decode().split())


def test_page_of_a_process_says_whose_it_is_and_when_it_was_fetched(client, db):
    day = timezone.make_aware(timezone.datetime(2026, 11, 20))
    subscription = SubscriptionFactory(fetched_at=day)
    process = RemoteProcessFactory(
        subscription=subscription,
        areas=[{"words": "labour migration", "language": "en"}],
        note={"en": "A note"},
    )
    meeting = RemoteMeetingFactory(process=process, status="cancelled", place="Windhoek")

    page = text_of(client.get(process.get_absolute_url()))

    assert (
        "From Southern Secretariat, fetched on 20 November 2026. It is their record, not ours:"
        " nothing of it is changed here." in page
    )
    assert f'<a href="{process.link}" rel="external">See it there, as it is now</a>' in page
    assert f'<a href="{meeting.link}" rel="external">Their meeting</a>' in page
    assert "workshop, Windhoek, cancelled" in page
    assert '<li lang="en">labour migration</li>' in page
    assert "A note" in page


def test_page_shows_what_they_write_as_text(client, db):
    process = RemoteProcessFactory(name={"en": "<script>alert(1)</script>"})
    RemoteMeetingFactory(process=process, title={"en": "<img src=x>"}, kind="<b>", place="<i>")

    page = text_of(client.get(process.get_absolute_url()))

    assert [tag for tag in ("<script>alert", "<img", "<b>", "<i>") if tag in page] == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_list_shows_everybody_what_was_fetched_and_nobody_else_how_it_went(client, people):
    RemoteMeetingFactory(
        process__subscription=SubscriptionFactory(fetched_at=timezone.now(), **TROUBLE)
    )
    SubscriptionFactory(name="Not fetched yet")

    pages = {}
    for name in ("visitor", "secretariat", "administrator"):
        client.logout()
        if name != "visitor":
            client.force_login(people[name])
        pages[name] = text_of(client.get("/exchange/"))

    for name, page in pages.items():
        assert "Their process" in page
        assert "Not fetched yet" not in page
        assert "secret.example" not in page
        assert ('href="/exchange/subscriptions/"' in page) == (name == "administrator")


@pytest.mark.parametrize("count", [1, 5])
def test_lists_cost_the_same_at_any_length(client, people, django_assert_num_queries, count):
    for _each in range(count):
        RemoteMeetingFactory(process__subscription__name="South")
    with django_assert_num_queries(2):
        client.get("/exchange/")
    address = RemoteProcess.objects.first().get_absolute_url()
    with django_assert_num_queries(2):
        client.get(address)
    client.force_login(people["administrator"])
    client.get("/exchange/subscriptions/")
    with django_assert_num_queries(4):  # session, account, name, list
        client.get("/exchange/subscriptions/")


def test_administrator_reads_why_something_was_not_read(administrator):
    SubscriptionFactory(tried_at=timezone.now(), **TROUBLE)

    page = text_of(administrator.get("/exchange/subscriptions/"))

    assert '<span class="state late">Not read</span>' in page
    assert "secret.example leads to an address that is not on the public internet." in page
    with translation.override("en"):
        assert "Asked again after" in page


def test_administrator_subscribes(administrator):
    refused = administrator.post(
        "/exchange/subscriptions/add/", {"address": "https://10.0.0.1/", "name": "South"}
    )
    done = administrator.post(
        "/exchange/subscriptions/add/", {"address": "https://8.8.8.8", "name": "South"}
    )

    assert refused.status_code == 422
    assert "10.0.0.1 leads to an address that is not on the public internet." in text_of(refused)
    assert (done.status_code, done["Location"]) == (302, "/exchange/subscriptions/")
    assert list(Subscription.objects.values_list("address", "name")) == [
        ("https://8.8.8.8/", "South")
    ]
    history = text_of(administrator.get("/exchange/subscriptions/history/"))
    assert "subscribed to another installation" in history


def test_administrator_changes_pauses_resumes_asks_and_removes(administrator):
    row = SubscriptionFactory(slug="south")
    base = "/exchange/subscriptions/south/"
    states = []
    for step, sent in (
        ("edit", {"name": "South", "processes": "southern", "version": 1}),
        ("pause", {"version": 2}),
        ("fetch", {}),
        ("resume", {"version": 3}),
        ("fetch", {}),
        ("pause", {"version": 1}),
    ):
        response = administrator.post(f"{base}{step}/", sent)
        row.refresh_from_db()
        states.append((step, response.status_code, row.name, row.is_paused, Job.objects.count()))

    assert states == [
        ("edit", 302, "South", False, 1),
        ("pause", 302, "South", True, 1),
        ("fetch", 302, "South", True, 1),
        ("resume", 302, "South", False, 2),
        ("fetch", 302, "South", False, 3),
        ("pause", 422, "South", False, 3),
    ]
    assert "Remove" in text_of(administrator.get(f"{base}edit/"))
    response = administrator.post(f"{base}remove/", {"version": 4})
    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert said == ["This is saved."]
    assert Subscription.objects.count() == 0
    history = text_of(administrator.get("/exchange/subscriptions/history/"))
    assert "removed a subscription" in history


def test_what_is_theirs_is_found_and_said_to_be(client, db):
    process = RemoteProcessFactory(short_name={"en": "Southern Dialogue"})
    meeting = RemoteMeetingFactory(process=process, place="Windhoek")
    index_all_theirs()

    found = text_of(client.get(reverse("search:results"), {"q": "windhoek"}))

    assert f'<a href="{meeting.get_absolute_url()}" lang="en">Their meeting</a>' in found
    assert '<span class="source">From other installations · 2030</span>' in found
    assert "From Southern Secretariat. Workshop, 6–7 May 2030, <mark>Windhoek</mark>." in found
    assert SearchEntry.objects.filter(kind="theirs").count() == 2
