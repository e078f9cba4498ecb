"""The pages of reminders: the schedule, what waits for a word, one sent by hand."""

import pytest
from django.urls import reverse

from comity.accounts.authority import may
from comity.calls.models import ReminderPlan, ReminderRound
from comity.calls.reminders.services import PlanFacts, send_daily_mail, set_plan
from comity.outbox.models import Message
from tests.calls.reminding import DUE, FIRST, MONDAY, at
from tests.conftest import PERSONAS
from tests.factories.calls import CallFactory, ReplyFactory

PLAN = "/processes/meridian/calls/reminders/"
SENT = {
    "first_days": 10,
    "first_when": "before",
    "second_days": "",
    "second_when": "after",
    "chair_first": "on",
    "leaves_after_days": 2,
}


@pytest.fixture
def call(process):
    return CallFactory(process=process, opened_at=MONDAY, due_at=DUE)


@pytest.fixture
def office(client, secretariat):
    client.force_login(secretariat)
    return client


@pytest.fixture
def waiting(process, reply, focal_point, secretariat):
    """A reminder that waits for the chair."""
    set_plan(process=process, facts=PlanFacts(chair_first=True), version=0, by=secretariat)
    send_daily_mail(now=at(FIRST))
    return ReminderRound.objects.get()


def decide(client, row, leaves, version=1):
    address = reverse("calls:round_decide", args=["meridian", row.pk])
    return client.post(address, {"leaves": leaves, "version": version})


def test_schedule_is_set_by_the_page(office, process):
    first = office.post(PLAN, SENT)
    second = office.post(PLAN, SENT | {"first_days": 12, "version": 1})
    stale = office.post(PLAN, SENT | {"version": 1})
    wrong = office.post(PLAN, SENT | {"second_days": 20, "second_when": "before", "version": 2})

    assert [each.status_code for each in (first, second, stale, wrong)] == [302, 302, 422, 422]
    plan = ReminderPlan.objects.get()
    assert (plan.offsets, plan.chair_first, plan.leaves_after_days) == ([-12], True, 2)
    assert "The second reminder leaves after the first." in wrong.content.decode()


def test_chair_decides_and_does_not_set_the_schedule(client, people, waiting):
    client.force_login(people["chair"])
    html = client.get(PLAN).content.decode()

    assert ("Let it go" in html, "When they leave" in html) == (True, False)
    assert client.post(PLAN, SENT).status_code == 404
    assert decide(client, waiting, "yes").url == PLAN
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by) == ("ready", people["chair"])
    assert decide(client, waiting, "no", version=2).status_code == 422


def test_secretariat_may_say_that_a_reminder_does_not_leave(office, waiting):
    decide(office, waiting, "no")

    waiting.refresh_from_db()
    assert waiting.state == "dropped"


@pytest.mark.parametrize("name", sorted({*PERSONAS} - {"secretariat", "chair"}))
def test_nobody_else_finds_what_waits(client, people, waiting, name):
    if name != "visitor":
        client.force_login(people[name])

    assert client.get(PLAN).status_code == 404
    assert decide(client, waiting, "yes").status_code == 404


def test_reminder_is_previewed_and_sent_by_hand_once(office, call, reply, focal_point):
    focal_point.language = "es"
    focal_point.save()
    page = reverse("calls:call_reminders", args=[call.pk])

    shown = office.get(page)
    sent, again = office.post(page), office.post(page)

    (preview,) = shown.context["previews"]
    mail = Message.objects.get()
    assert (preview.language, preview.subject, preview.text) == ("es", mail.subject, mail.text)
    assert (sent.url, again.status_code) == (page, 422)
    html = again.content.decode()
    assert "Nobody is left to remind today." in html
    assert "Send a reminder now" not in html


def test_call_that_is_prepared_or_over_is_not_reminded_of(office, process, focal_point):
    prepared = CallFactory(process=process, state="prepared", opened_at=None)
    closed = CallFactory(process=process, state="closed", closed_at=MONDAY)

    pages = [office.get(reverse("calls:call_reminders", args=[c.pk])) for c in (prepared, closed)]

    assert [each.status_code for each in pages] == [404, 200]
    assert pages[1].context["previews"] == []


@pytest.mark.parametrize("count", [1, 4])
def test_page_of_reminders_asks_the_same_at_any_length(
    office, call, affiliations, count, django_assert_num_queries
):
    for name in ("chair", "observer", "partner", "body_member")[:count]:
        ReplyFactory(call=call, party=affiliations[name].party)

    with django_assert_num_queries(13):
        shown = office.get(reverse("calls:call_reminders", args=[call.pk]))

    assert len(shown.context["rows"]) == count


def test_secretariat_and_presidency_alone_have_a_say_in_reminders(people, process):
    deciding = {name for name, person in people.items() if may(person, "calls.decide_in", process)}

    assert deciding == {"secretariat", "chair"}
