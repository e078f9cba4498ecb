"""The desk answers first what is asked of its reader, and by when."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comity.accounts.authority import SYSTEM
from comity.calls.models import Way
from comity.calls.services import record_answer, send_reply
from tests.factories.calls import CallFactory, QuestionFactory, ReplyFactory
from tests.factories.processes import RequestFactory

MOST_QUERIES = 30


@pytest.fixture
def ask(process, affiliations):
    """Ask the party of a person something that is due in so many days."""

    def asking(days, words="Laws", person="focal_point", **more):
        due_at = timezone.now() + timedelta(days=days)
        call = CallFactory(process=process, subject={"en": words}, due_at=due_at, **more)
        QuestionFactory(call=call)
        return ReplyFactory(call=call, party=affiliations[person].party)

    return asking


def opened(client, person):
    client.force_login(person)
    return client.get("/desk/").content.decode()


def heading(client, person):
    return opened(client, person).partition("<h1>")[2].partition("</h1>")[0]


def test_heading_says_what_is_late_and_what_is_due(client, people, ask):
    person, found = people["focal_point"], []
    for days in (40, 3, 4, -2):
        ask(days)
        found.append(heading(client, person))

    assert found == [
        "1 thing is asked of you, and not due within a week",
        "1 thing is due within a week",
        "2 things are due within a week",
        "1 thing is late. 2 things are due within a week",
    ]
    assert heading(client, people["other_focal_point"]) == "You take part in 1 process"


def test_heading_of_the_secretariat_says_what_waits_for_it(client, people, affiliations, ask):
    affiliations["focal_point"].may_speak = True
    affiliations["focal_point"].save()
    reply = ask(3)
    RequestFactory(process=reply.call.process, party=None, asked="2026-01")
    send_reply(reply=reply, seen={}, by=people["focal_point"])

    assert heading(client, people["secretariat"]) == (
        "1 thing waits for your decision. 1 request waits for an answer"
    )


def test_what_is_asked_stands_first_with_its_workbook(client, people, affiliations, ask):
    reply = ask(-2)
    content = opened(client, people["focal_point"])

    address = f"/calls/{reply.call_id}/answer/{affiliations['focal_point'].party.code}/"
    assert content.index("Asked of you") < content.index("Your processes")
    assert f'href="{address}"' in content
    assert f'href="{address}workbook/" download' in content
    assert 'class="is-late"' in content


def test_what_others_owe_is_said_to_be_late_and_not_marked(client, people, ask):
    ask(-2, person="other_focal_point")
    content = opened(client, people["chair"])

    assert "1 answer is late" in content
    assert "Where everything stands" in content
    assert 'class="is-late"' not in content


def test_observer_reads_what_was_released(client, people, ask):
    reply = ask(3, audience="participants", release="clearance")
    record_answer(reply=reply, values={}, way=Way.NOTE, by=SYSTEM)
    content = opened(client, people["observer"])

    assert "For you to read" in content
    assert f'href="/calls/{reply.call_id}/answers/"' in content
    assert "Where everything stands" not in content


@pytest.mark.parametrize("person", ["focal_point", "secretariat", "chair", "observer"])
def test_desk_costs_the_same_with_one_call_and_with_five(client, people, ask, person):
    def lay(number):
        for asked in ("focal_point", "chair"):
            ask(number - 2, f"Call {number}", asked)
        reply = ask(number, audience="participants", release="clearance")
        record_answer(reply=reply, values={}, way=Way.NOTE, by=SYSTEM)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            client.get("/desk/")
        return len(captured)

    client.force_login(people[person])
    lay(1)
    client.get("/desk/")
    first = cost()
    for number in range(2, 6):
        lay(number)

    # Each app that lays something on desks adds its own few; calls ask four.
    assert cost() == first <= MOST_QUERIES
