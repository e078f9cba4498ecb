"""What calls lay on the desk of each kind of person, and on nobody else's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comity.accounts.authority import SYSTEM
from comity.calls.models import Release, Way
from comity.calls.services import close_call, record_answer, save_entries, send_reply
from comity.ui.desk import DeskGroup, desk_items
from tests.factories.calls import CallFactory, QuestionFactory, ReplyFactory

PEOPLE_OF_THE_ROOM = ("focal_point", "other_focal_point", "chair")


@pytest.fixture
def ask(process, affiliations):
    """Ask parties something that is due in so many days; return the call and its replies."""

    def asking(words="Laws", days=3, parties=PEOPLE_OF_THE_ROOM, **more):
        due_at = timezone.now() + timedelta(days=days)
        call = CallFactory(process=process, subject={"en": words}, due_at=due_at, **more)
        QuestionFactory(call=call)
        return {name: ReplyFactory(call=call, party=affiliations[name].party) for name in parties}

    return asking


def desk(person):
    """Return what calls lay on the desk of a person, by group."""
    found = {str(group): [] for group in DeskGroup}
    for source in ("calls.asked", "calls.followed"):
        for item in desk_items[source](person, timezone.localdate()):
            found[str(item.group)].append(item)
    return found


def answer(reply, way=Way.MAIL):
    return record_answer(reply=reply, values={}, way=way, by=SYSTEM)


@pytest.fixture
def sent(ask, affiliations, people):
    """The focal point has drafted and sent; the other one has drafted alone."""
    replies = ask("Laws")
    for name in ("focal_point", "other_focal_point"):
        affiliations[name].may_speak = True
        affiliations[name].save()
        key = f"q{replies[name].call.questions.get().pk}"
        save_entries(reply=replies[name], values={key: "Two."}, seen={}, by=people[name])
    return send_reply(reply=replies["focal_point"], seen={key: 1}, by=people["focal_point"])


def test_each_person_finds_what_is_theirs(people, sent):
    found = {
        name: {group: len(items) for group, items in desk(person).items()}
        for name, person in people.items()
        if name != "visitor"
    }

    nothing = dict.fromkeys(map(str, DeskGroup), 0)
    assert found == {
        "outsider": nothing,
        "observer": nothing,
        "partner": nothing,
        "body_member": nothing,
        "administrator": nothing,
        "focal_point": nothing,
        "other_focal_point": nothing | {"asked": 1},
        "chair": nothing | {"asked": 1, "follow": 1},
        "secretariat": nothing | {"decide": 1, "follow": 1},
    }


def test_secretariat_finds_what_waits_with_a_link_to_it(people, sent):
    [item] = desk(people["secretariat"])["decide"]

    party = sent.reply.party.code
    assert (item.words, item.step) == (f"{party} on “Laws”", "Read and decide")
    assert item.url == f"/calls/{sent.reply.call_id}/replies/{party}/"


@pytest.mark.parametrize("person", ["secretariat", "chair"])
def test_who_runs_or_presides_sees_where_calls_stand(people, ask, person):
    late, soon = ask("Late", days=-2), ask("Soon")
    ask("Prepared", state="prepared", opened_at=None)
    over = ask("Over")["chair"].call
    close_call(call=over, version=over.version, by=SYSTEM)
    answer(late["chair"])
    for reply in soon.values():
        answer(reply)

    followed = desk(people[person])["follow"]
    assert [(item.words, item.state[1], item.remark) for item in followed] == [
        ("Late", "1 of 3 have answered", "2 answers are late"),
        ("Soon", "3 of 3 have answered", ""),
    ]
    call = late["chair"].call_id
    assert (followed[0].url, followed[0].step_url) == (
        f"/calls/{call}/",
        "/processes/meridian/calls/board/",
    )


def test_party_with_more_time_alone_is_not_late(people, ask):
    late = ask("Late", days=-2)
    late["chair"].due_at = timezone.now() + timedelta(days=5)
    late["chair"].save()

    [item] = desk(people["secretariat"])["follow"]
    assert (item.state[1], item.remark) == ("0 of 3 have answered", "2 answers are late")


def test_observer_finds_what_was_released_and_no_more(people, ask):
    released = ask("Released", audience="participants", release=Release.ON_CLEARANCE)
    kept = ask("Kept", audience="participants", release=Release.NEVER)
    members = ask("Members", audience="members", release=Release.ON_CLEARANCE)
    for reply in (*list(released.values())[:2], kept["chair"], members["chair"]):
        answer(reply)

    items = desk(people["observer"])["read"]
    assert [(item.words, item.remark, item.url) for item in items] == [
        ("Released", "2 answers", f"/calls/{released['chair'].call_id}/answers/")
    ]
    assert desk(people["outsider"])["read"] == []


@pytest.mark.parametrize("person", ["focal_point", "secretariat", "chair", "observer"])
def test_desk_costs_the_same_with_one_call_and_with_five(
    people, ask, person, django_assert_num_queries
):
    def lay(number):
        replies = ask(f"Call {number}", audience="participants", release="clearance")
        answer(replies["other_focal_point"])

    lay(1)
    with django_assert_num_queries(4):
        first = desk(people[person])
    for number in range(2, 6):
        lay(number)
    with django_assert_num_queries(4):
        second = desk(people[person])

    assert sum(map(len, second.values())) == 5 * sum(map(len, first.values()))
