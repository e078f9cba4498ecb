"""A person finds what is asked of their parties, in all processes, and until when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comity.accounts.authority import SYSTEM
from comity.calls.services import (
    close_call,
    return_reply,
    save_entries,
    send_reply,
    withdraw_call,
)
from tests.calls.conftest import versions
from tests.factories.calls import CallFactory, QuestionFactory, ReplyFactory
from tests.factories.parties import AffiliationFactory
from tests.factories.processes import ParticipationFactory

QUERIES = 5


@pytest.fixture
def own(affiliations):
    return affiliations["focal_point"].party


@pytest.fixture
def ask(process, own):
    """Ask the focal point's party something that is due in so many days."""

    def asking(days, words, party=own, within=process, **more):
        due_at = timezone.now() + timedelta(days=days)
        call = CallFactory(process=within, subject={"en": words}, due_at=due_at, **more)
        QuestionFactory(call=call)
        return ReplyFactory(call=call, party=party)

    return asking


def listed(client, address="/asked/"):
    """Return what stands on the page: the stretches with their lines."""
    context = client.get(address).context
    return {
        stretch.title: [
            (item.words, when, item.state[1], item.step) for item, when in stretch.items
        ]
        for stretch in context["stretches"]
    }


def test_what_is_asked_stands_by_when_it_is_due(client, people, process, own, ask, affiliations):
    elsewhere = ParticipationFactory(party=own).process
    person = people["focal_point"]
    begun, late = ask(3, "Figures"), ask(-2, "Laws")
    ask(40, "Training", within=elsewhere)
    ask(1, "Not ours", party=affiliations["chair"].party)
    ask(1, "Prepared", state="prepared", opened_at=None)
    key = f"q{begun.call.questions.get().pk}"
    save_entries(reply=begun, values={key: "Two."}, seen={}, by=person)
    client.force_login(person)

    assert listed(client) == {
        "Late": [("Laws", "2 days late", "not begun", "Begin")],
        "Within a week": [("Figures", "in 3 days", "in draft", "Go on")],
        "Later": [("Training", "in 5 weeks", "not begun", "Begin")],
    }
    content = client.get("/asked/").content.decode()
    assert f'href="/calls/{late.call_id}/answer/{own.code}/"' in content


def test_what_was_answered_or_is_over_stands_apart(client, people, affiliations, ask):
    affiliations["focal_point"].may_speak = True
    affiliations["focal_point"].save()
    person = people["focal_point"]
    sent, closed, withdrawn = ask(2, "Sent"), ask(3, "Closed"), ask(4, "Withdrawn")
    send_reply(reply=sent, seen=versions(sent), by=person)
    close_call(call=closed.call, version=1, by=SYSTEM)
    withdraw_call(call=withdrawn.call, reason="Overtaken.", version=1, by=SYSTEM)
    client.force_login(person)

    past = client.get("/asked/?past")

    assert listed(client) == {}
    assert "Nothing is asked of you at present." in client.get("/asked/").content.decode()
    assert [item.words for item in past.context["items"]] == ["Closed", "Sent"]


def test_answer_that_came_back_is_asked_again(client, people, affiliations, ask):
    affiliations["focal_point"].may_speak = True
    affiliations["focal_point"].save()
    person, reply = people["focal_point"], ask(2, "Laws")
    sent = send_reply(reply=reply, seen={}, by=person)
    return_reply(submission=sent, reason="The year is missing.", by=SYSTEM)
    client.force_login(person)

    assert listed(client) == {"Within a week": [("Laws", "in 2 days", "returned", "Answer again")]}


def test_party_is_named_for_who_belongs_to_several(client, people, affiliations, ask):
    other = AffiliationFactory(person=affiliations["focal_point"].person).party
    ask(1, "Ours")
    ask(2, "Theirs", party=other)
    client.force_login(people["focal_point"])

    items = client.get("/asked/").context["items"]
    own = affiliations["focal_point"].party
    assert [item.remark for item in items] == [f"for {own.code}", f"for {other.code}"]


def test_nobody_finds_what_is_asked_of_others(client, people, ask):
    ask(1, "Theirs")
    found = {}
    for name, person in people.items():
        if name not in ("visitor", "focal_point"):
            client.force_login(person)
            found[name] = listed(client)

    assert found == {name: {} for name in found}


def test_visitor_is_led_to_the_sign_in(client, ask):
    response = client.get("/asked/")

    assert response["Location"] == "/accounts/login/?next=/asked/"


def test_list_costs_the_same_with_many_calls(client, people, ask, django_assert_num_queries):
    ask(1, "First")
    client.force_login(people["focal_point"])
    client.get("/asked/")
    with django_assert_num_queries(QUERIES):
        client.get("/asked/")
    for number in range(5):
        ask(number - 2, f"More {number}")
    with django_assert_num_queries(QUERIES):
        client.get("/asked/")
