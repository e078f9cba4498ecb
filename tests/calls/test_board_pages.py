"""The list of calls, the answers that were released, and what was done."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comity.accounts.authority import may
from comity.calls.models import CallState, Submission
from comity.calls.services import accept_reply, close_call, remove_question, save_entries
from tests.factories.calls import CallFactory, QuestionFactory, ReplyFactory

SOON, LATER, GONE = (datetime(year, 1, 31, tzinfo=UTC) for year in (2030, 2031, 2020))
KNOWING = {"focal_point", "other_focal_point", "body_member", "chair", "secretariat"}


def page(name, *args):
    return reverse(f"calls:{name}", args=args)


def lines(client, process):
    response = client.get(page("list", process.slug))
    return [
        (str(line.call), line.group, line.asked, line.answered)
        for line in response.context["lines"]
    ]


@pytest.fixture
def several(process):
    """Calls in every state, of another process too."""
    of_state = {
        "Closed": (CallState.CLOSED, GONE),
        "Later": (CallState.OPEN, LATER),
        "Prepared": (CallState.PREPARED, SOON),
        "Withdrawn": (CallState.WITHDRAWN, LATER),
        "Soon": (CallState.OPEN, SOON),
    }
    found = {
        name: CallFactory(
            process=process,
            state=state,
            due_at=due_at,
            subject={"en": name},
            opened_at=None if state == CallState.PREPARED else GONE,
        )
        for name, (state, due_at) in of_state.items()
    }
    CallFactory(subject={"en": "Elsewhere"})
    return found


def test_list_says_what_is_asked_of_how_many_open_first(client, process, several, secretariat):
    for state in ("awaited", "sent", "accepted", "returned"):
        ReplyFactory(call=several["Soon"], state=state)
    client.force_login(secretariat)

    assert lines(client, process) == [
        ("Prepared", "prepared", 0, 0),
        ("Soon", "open", 4, 2),
        ("Later", "open", 0, 0),
        ("Withdrawn", "closed", 0, 0),
        ("Closed", "closed", 0, 0),
    ]


def test_list_tells_who_is_asked_alone_no_counts(client, process, several, people, affiliations):
    ReplyFactory(call=several["Soon"], party=affiliations["observer"].party, state="sent")
    ReplyFactory(call=several["Prepared"], party=affiliations["observer"].party)
    client.force_login(people["observer"])

    response = client.get(page("call", several["Soon"].pk))

    assert lines(client, process) == [("Soon", "open", 1, None)]
    assert response.context["board"] is None
    assert [reply.code for reply in response.context["own"]] == [
        affiliations["observer"].party.code
    ]
    assert page("answer", several["Soon"].pk, affiliations["observer"].party.code) in str(
        response.content
    )


def test_list_is_found_by_who_takes_part_and_by_who_reads_a_call_of_it(
    client, people, process, several
):
    before = {
        name
        for name, person in people.items()
        if opened(client, person, page("list", process.slug))
    }
    several["Closed"].audience = "public"
    several["Closed"].save()
    ReplyFactory(call=several["Closed"], state="accepted", released_at=GONE)
    client.logout()

    assert before == KNOWING | {"observer", "partner"}
    assert lines(client, process) == [("Closed", "closed", 1, None)]


def opened(client, person, address):
    client.logout()
    if person.is_authenticated:
        client.force_login(person)
    return client.get(address).status_code == 200


def test_boards_are_known_to_members_presidency_and_secretariat(people, process, affiliations):
    assert {name for name in people if may(people[name], "calls.read_boards", process)} == KNOWING


def test_list_asks_as_much_of_the_database_at_any_length(client, process, several, secretariat):
    client.force_login(secretariat)
    client.get(page("list", process.slug))
    with CaptureQueriesContext(connection) as few:
        client.get(page("list", process.slug))
    for _each in range(20):
        ReplyFactory(call=CallFactory(process=process))
    with CaptureQueriesContext(connection) as many:
        client.get(page("list", process.slug))

    assert len(many) == len(few)
    assert len(few) <= 18


@pytest.fixture
def released(call, keys, sent, secretariat, affiliations):
    """A closed call with two released answers and one that is not accepted."""
    call.release, call.audience = "close", "participants"
    call.save()
    accept_reply(submission=sent, by=secretariat)
    other = ReplyFactory(call=call, party=affiliations["other_focal_point"].party, state="accepted")
    waiting = ReplyFactory(call=call, party=affiliations["chair"].party, state="sent")
    for reply, state, words in ((other, "accepted", "One."), (waiting, "sent", "Not yet read.")):
        Submission.objects.create(
            reply=reply,
            number=1,
            values={keys[0]: words, keys[1]: None},
            way="note",
            sent_at=SOON,
            state=state,
        )
    call.refresh_from_db()
    close_call(call=call, version=call.version, by=secretariat)
    return call


def test_released_answers_stand_side_by_side_for_their_audience(
    client, people, released, affiliations
):
    address = page("answers", released.pk)
    parties = [affiliations[name].party for name in ("focal_point", "other_focal_point")]

    read_by = {name for name, person in people.items() if opened(client, person, address)}
    client.force_login(people["observer"])
    response = client.get(address)

    assert read_by == KNOWING | {"observer", "partner"}
    assert [
        [(answer.code, said.words) for answer, said in column.said]
        for column in response.context["columns"]
    ] == [
        [(parties[0].code, "Two agreements."), (parties[1].code, "One.")],
        [(parties[0].code, ""), (parties[1].code, "")],
    ]
    assert "Not yet read." not in response.content.decode()


def test_released_answers_are_handed_out_as_a_table(client, people, released, affiliations):
    client.force_login(people["partner"])

    response = client.get(page("answers_file", released.pk, "csv"))

    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    parties = [affiliations[name].party for name in ("focal_point", "other_focal_point")]
    assert rows == [
        ["Party", "Code", "What has been done?", "What has been done?"],
        [str(parties[0]), parties[0].code, "Two agreements.", ""],
        [str(parties[1]), parties[1].code, "One.", ""],
    ]
    assert client.get(page("answers_file", released.pk, "doc")).status_code == 404


def test_answers_that_are_not_released_have_no_page(client, call, sent, secretariat):
    accept_reply(submission=sent, by=secretariat)
    client.force_login(secretariat)

    assert client.get(page("answers", call.pk)).status_code == 404
    assert client.get(page("answers_file", call.pk, "csv")).status_code == 404


def test_answers_ask_as_much_of_the_database_at_any_number(client, released, secretariat):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get(page("answers", released.pk))
        return len(asked)

    client.force_login(secretariat)
    few = min(cost(), cost())
    for _each in range(20):
        reply = ReplyFactory(call=released, state="accepted", released_at=SOON)
        Submission.objects.create(
            reply=reply, number=1, way="online", sent_at=SOON, state="accepted"
        )

    assert cost() == few


def test_history_tells_all_but_what_happens_in_drafts(
    client, process, secretariat, focal_point, reply, keys
):
    prepared = CallFactory(process=process, state=CallState.PREPARED, opened_at=None)
    gone = QuestionFactory(call=prepared)
    remove_question(question=gone, version=gone.version, by=secretariat)
    save_entries(reply=reply, values={keys[0]: "A draft."}, seen={}, by=focal_point)
    client.force_login(secretariat)
    typed = {"due_at": "2030-05-31", "reason": "Elections."}
    client.post(page("reply_extend", reply.call_id, reply.party.code), typed)

    told = client.get(page("history", reply.call_id)).context["entries"]
    of_prepared = client.get(page("history", prepared.pk)).context["entries"]

    assert [(each.what, each.subject, each.reason) for each in told] == [
        ("gave the party more time", f"Reply of {reply.party}", "Elections.")
    ]
    assert [each.what for each in of_prepared] == ["removed a question"]


def test_history_says_choices_and_ways_in_words(client, process, secretariat, keys, reply):
    client.force_login(secretariat)
    add = {"words_en": "Which?", "shape": "choice", "options_en": "One\nTwo"}
    prepared = CallFactory(process=process, state=CallState.PREPARED, opened_at=None)
    client.post(page("question_add", prepared.pk), add)
    client.post(
        page("reply_record", reply.call_id, reply.party.code),
        {"way": "telephone", keys[0]: "Said."},
    )

    def fields(call):
        entries = client.get(page("history", call)).context["entries"]
        return {each.label: each.after for entry in entries for each in entry.fields}

    assert fields(prepared.pk) == {"Answered by": "one of several", "Choices": "One; Two"}
    assert fields(reply.call_id) == {"State": "accepted", "How it came": "by telephone"}


def test_page_of_a_late_call_says_so_to_who_is_asked(client, call, reply, focal_point):
    call.due_at = timezone.now() - timedelta(days=3)
    call.save()
    client.force_login(focal_point)

    (own,) = client.get(page("call", call.pk)).context["own"]

    assert (own.standing.words, own.standing.remark, own.is_open) == ("late", "3 days", True)
