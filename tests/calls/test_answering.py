"""A party drafts on its page: ministries side by side, nothing lost, nothing seen outside."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comity.accounts.authority import SYSTEM
from comity.calls.answer_forms import NAME
from comity.calls.models import Entry, Submission
from comity.calls.services import (
    close_call,
    extend_reply,
    return_reply,
    save_entries,
    send_reply,
    withdraw_call,
)
from comity.processes.models import Status
from tests.calls.answers import address, typed, values
from tests.calls.conftest import SAID, versions
from tests.factories.calls import QuestionFactory, ReplyFactory
from tests.factories.parties import AffiliationFactory, MinistryFactory, PostFactory
from tests.factories.processes import ParticipationFactory

QUERIES = 15
OPTIONS = [{"code": f"c{n}", "words": {"en": words}} for n, words in enumerate("abc", start=1)]


@pytest.fixture
def writing(client, focal_point):
    client.force_login(focal_point)
    return client


@pytest.fixture
def shapes(call, reply):
    """A question of every shape, by shape."""
    return {
        shape: QuestionFactory(call=call, shape=shape, options=options, words={"en": shape})
        for shape, options in (
            ("line", []),
            ("text", []),
            ("number", []),
            ("day", []),
            ("yes_no", []),
            ("choice", OPTIONS),
            ("choices", OPTIONS),
        )
    }


def errors(response):
    """Return the sentences of a page, by the key of their field."""
    found = response.context["form"].errors
    return {name.removeprefix(NAME): list(each) for name, each in found.items()}


def test_each_shape_is_saved_as_it_is_stored_and_shown_again(writing, reply, shapes):
    wanted = {
        "line": ("Ana", "Ana"),
        "text": ("One.\r\nTwo.", "One.\nTwo."),
        "number": ("1 250,5", 1250.5),
        "day": ("2026-05-08", "2026-05-08"),
        "yes_no": ("no", False),
        "choice": ("c2", "c2"),
        "choices": (["c3", "c1"], ["c1", "c3"]),
    }
    sent = {f"q{shapes[shape].pk}": raw for shape, (raw, _stored) in wanted.items()}

    response = writing.post(address(reply), typed(writing, reply, sent))

    assert (response.status_code, values(reply)) == (
        302,
        {f"q{shapes[shape].pk}": stored for shape, (_raw, stored) in wanted.items()},
    )
    writing.post(address(reply), typed(writing, reply, {}))
    assert {entry.version for entry in reply.entries.all()} == {1}


def test_field_says_which_ministry_wrote_it_and_when(writing, people, affiliations, reply, keys):
    party = affiliations["focal_point"].party
    ministry = MinistryFactory(party=party, name={"en": "Ministry of Ports"})
    affiliations["focal_point"].post = PostFactory(party=party, ministry=ministry)
    affiliations["focal_point"].save()

    writing.post(address(reply), typed(writing, reply, {keys[0]: SAID}))
    content = writing.get(address(reply)).content.decode()

    entry = Entry.objects.get()
    assert (entry.value, entry.ministry) == (SAID, ministry)
    assert f"Last written by Ministry of Ports, {affiliations['focal_point'].person}" in content


def test_ministry_of_another_party_is_refused(writing, reply, keys):
    foreign = MinistryFactory()
    MinistryFactory(party=reply.party)
    response = writing.post(
        address(reply), typed(writing, reply, {keys[0]: SAID}, ministry=foreign.pk)
    )

    assert (response.status_code, list(errors(response)), values(reply)) == (422, ["ministry"], {})


def test_two_ministries_write_side_by_side_on_pages_opened_before(writing, reply, keys):
    opened = typed(writing, reply, {keys[0]: SAID})
    save_entries(reply=reply, values={keys[1]: "Theirs."}, seen={}, by=_colleague(reply))

    response = writing.post(address(reply), opened)

    assert response.status_code == 302
    assert values(reply) == {keys[0]: SAID, keys[1]: "Theirs."}


def test_conflict_shows_what_the_colleague_wrote_and_loses_nothing(writing, reply, keys):
    opened = typed(writing, reply, {keys[0]: "Mine.", keys[1]: "Also mine."})
    save_entries(reply=reply, values={keys[0]: "Theirs."}, seen={}, by=_colleague(reply))

    refused = writing.post(address(reply), opened)
    rows = {row.asked.key: row for row in refused.context["form"].rows()}
    standing = values(reply)
    again = {NAME + key: row.bound.value() for key, row in rows.items()}
    seen = {row.seen_name: row.seen for row in rows.values()}
    saved = writing.post(address(reply), again | seen)

    assert refused.status_code == 422
    assert errors(refused)[keys[0]] == [
        "A colleague has written here since you opened this page. Nothing was saved."
    ]
    assert "What stands there now</strong>: Theirs." in refused.content.decode()
    assert standing == {keys[0]: "Theirs."}
    assert (saved.status_code, values(reply)) == (302, {keys[0]: "Mine.", keys[1]: "Also mine."})


@pytest.mark.parametrize(
    ("shape", "raw", "sentence"),
    [
        ("number", "many", "Write a number."),
        ("number", "nan", "Write a number."),
        (
            "number",
            "1.500",
            "“1.500” can be read in two ways. Write 1500, or one more digit after its sign.",
        ),
        ("day", "8 May", "Write a day."),
        ("yes_no", "perhaps", "Choose yes or no."),
        ("choice", "c9", "Choose from the list."),
        ("choices", ["c1", "c9"], "Choose from the list."),
        ("line", "x" * 401, "This has 401 characters; at most 400 can be taken."),
    ],
)
def test_what_a_field_does_not_hold_is_refused_at_that_field(
    writing, reply, shapes, shape, raw, sentence
):
    key = f"q{shapes[shape].pk}"
    response = writing.post(address(reply), typed(writing, reply, {key: raw}))

    assert (response.status_code, errors(response), values(reply)) == (422, {key: [sentence]}, {})
    assert response.context["form"][NAME + key].value() == raw


@pytest.mark.parametrize("harm", ["\u202eturned", "bell\x07", "\x00"])
def test_controls_and_turned_writing_are_refused(writing, reply, keys, harm):
    response = writing.post(address(reply), typed(writing, reply, {keys[1]: f"a{harm}b"}))

    assert (response.status_code, list(errors(response)), values(reply)) == (422, [keys[1]], {})


def test_number_is_shown_so_that_it_can_be_sent_again(writing, reply, shapes):
    key = f"q{shapes['number'].pk}"
    save_entries(reply=reply, values={key: 1.125}, seen={}, by=_colleague(reply))
    shown = typed(writing, reply, {})[NAME + key]
    response = writing.post(address(reply), typed(writing, reply, {key: shown + "0"}))

    assert (shown, response.status_code, values(reply)) == ("1.1250", 302, {key: 1.125})


def test_saving_what_nobody_changed_says_so_and_keeps_nothing(writing, reply, keys):
    response = writing.post(address(reply), typed(writing, reply, {}), follow=True)

    assert "You changed nothing" in response.content.decode()
    assert values(reply) == {}


def test_fields_that_a_page_did_not_have_stay_as_they_are(writing, draft, keys):
    response = writing.post(address(draft), {})

    assert (response.status_code, values(draft)) == (302, {keys[0]: SAID})


def test_delegate_writes_and_is_told_whom_to_ask(client, delegate, reply, keys):
    client.force_login(delegate)
    nobody = client.get(address(reply)).content.decode()
    _colleague(reply, name="Ana Ruiz")
    saved = client.post(address(reply), typed(client, reply, {keys[0]: SAID}, clear="1"))
    content = client.get(address(reply)).content.decode()

    assert "Nobody may speak for your party here yet" in nobody
    assert (saved["Location"], values(reply)) == (address(reply), {keys[0]: SAID})
    assert "ask to have it cleared and sent: Ana Ruiz." in content
    assert 'name="clear"' not in content
    assert client.get(address(reply, "answer_clear")).status_code == 403
    assert client.post(address(reply, "answer_clear"), {"way": "online"}).status_code == 403
    assert not Submission.objects.exists()


def test_closed_call_shows_the_draft_and_takes_nothing(writing, call, draft, keys):
    opened = typed(writing, draft, {keys[0]: "Later."})
    close_call(call=call, version=call.version, by=SYSTEM)
    page = writing.get(address(draft)).content.decode()
    response = writing.post(address(draft), opened)
    summary = writing.get(address(draft, "answer_clear")).content.decode()

    assert (response.status_code, values(draft)) == (422, {keys[0]: SAID})
    assert "This call is closed. Ask the secretariat for more time" in response.content.decode()
    assert (SAID in page, "Save the draft" in page) == (True, False)
    assert "Clear and send" not in summary
    extend_reply(reply=draft, due_at=timezone.now() + timedelta(days=3), by=SYSTEM)
    assert "more time, for your party alone" in writing.get(address(draft)).content.decode()


def test_withdrawn_call_says_so(writing, call, draft, keys):
    opened = typed(writing, draft, {keys[0]: "Later."})
    withdraw_call(call=call, reason="Overtaken.", version=call.version, by=SYSTEM)

    response = writing.post(address(draft), opened)
    assert response.status_code == 422
    assert "This call was withdrawn: nothing is asked any more." in response.content.decode()


def test_suspended_party_reads_and_writes_nothing(writing, process, draft, keys):
    ParticipationFactory(
        process=process, party=draft.party, status=Status.SUSPENDED, begins="2021-01-01"
    )
    opened = typed(writing, draft, {keys[0]: "Later."})

    assert writing.post(address(draft), opened).status_code == 403
    assert "its part in the process is suspended" in writing.get(address(draft)).content.decode()
    assert values(draft) == {keys[0]: SAID}


def test_reason_stands_first_when_an_answer_comes_back(writing, sent):
    return_reply(submission=sent, reason="The year is missing.", by=SYSTEM)
    content = writing.get(address(sent.reply)).content.decode()

    assert content.index("The year is missing.") < content.index("first-facts")


def test_page_is_found_by_the_party_alone(client, people, draft):
    found = {}
    for name, person in people.items():
        client.logout()
        if name != "visitor":
            client.force_login(person)
        found[name] = client.get(address(draft)).status_code

    assert found == dict.fromkeys(people, 404) | {"visitor": 302, "focal_point": 200}


def test_page_costs_the_same_with_many_fields_and_submissions(
    writing, focal_point, reply, keys, django_assert_num_queries
):
    def send(number):
        for each in range(number):
            values_now = {key: f"{key} {each}" for key in keys}
            save_entries(reply=reply, values=values_now, seen=versions(reply), by=focal_point)
            send_reply(reply=reply, seen=versions(reply), by=focal_point)

    send(1)
    writing.get(address(reply))
    with django_assert_num_queries(QUERIES):
        writing.get(address(reply))
    for _more in range(5):
        QuestionFactory(call=reply.call)
    ReplyFactory(call=reply.call)
    send(5)
    with django_assert_num_queries(QUERIES):
        writing.get(address(reply))


def _colleague(reply, name="Berta Sol"):
    """Return somebody else of the party, who speaks for it."""
    held = AffiliationFactory(party=reply.party, may_speak=True, person__name=name)
    return held.person.user
