"""What the secretariat does with a call, and who sees it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.accounts.authority import SYSTEM, may
from comity.audit.queries import history_of
from comity.audit.services import EditConflict
from comity.calls.models import Call, Question, Reply
from comity.calls.services import (
    CallFacts,
    accept_reply,
    ask_more,
    change_call,
    close_call,
    discard_call,
    extend_call,
    extend_reply,
    open_call,
    prepare_call,
    reopen_call,
    send_reply,
    withdraw_call,
)
from tests.calls.conftest import state_of, versions
from tests.conftest import PERSONAS
from tests.factories.calls import QuestionFactory
from tests.factories.parties import PartyFactory
from tests.factories.processes import BodyFactory, ParticipationFactory

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DUE = datetime(2027, 1, 15, tzinfo=UTC)
LATER = datetime(2027, 2, 15, tzinfo=UTC)
PAST = datetime(2026, 1, 15, tzinfo=UTC)
TODAY = NOW.date()
MEMBERS = {"focal_point", "other_focal_point", "body_member", "chair"}


def facts(**others):
    return CallFacts(**{"kind": "questions", "subject": {"en": "Returns"}, "due_at": DUE, **others})


@pytest.fixture
def prepared(process, secretariat):
    call = prepare_call(process=process, facts=facts(), by=secretariat)
    QuestionFactory(call=call)
    return call


def asked(call):
    return set(call.replies.values_list("party", flat=True))


def parties(affiliations, *names):
    return {affiliations[name].party_id for name in names}


def seeing(people, call, question="visible_to"):
    found = getattr(Call.objects, question)
    return {
        name for name, person in people.items() if found(person, TODAY).filter(pk=call.pk).exists()
    }


def test_call_is_prepared_and_nobody_else_sees_it(prepared, people, secretariat):
    row = Call.objects.get()
    assert (row.state, row.opened_at, row.subject, row.due_at) == (
        "prepared",
        None,
        {"en": "Returns"},
        DUE,
    )
    assert seeing(people, prepared) == seeing(people, prepared, "on_board_of") == {"secretariat"}
    assert [event.action for event in history_of(prepared)] == ["call.prepared"]


@pytest.mark.parametrize("name", sorted({*PERSONAS} - {"secretariat"}))
def test_nobody_else_runs_a_call(process, prepared, people, name):
    by, reply = people[name], Reply(call=prepared, party=process.participations.first().party)
    steps = [
        lambda: prepare_call(process=process, facts=facts(), by=by),
        lambda: change_call(call=prepared, facts=facts(), version=1, by=by),
        lambda: discard_call(call=prepared, version=1, by=by),
        lambda: open_call(call=prepared, version=1, by=by),
        lambda: ask_more(call=prepared, parties=[], by=by),
        lambda: extend_call(call=prepared, due_at=DUE, version=1, by=by),
        lambda: extend_reply(reply=reply, due_at=DUE, by=by),
        lambda: close_call(call=prepared, version=1, by=by),
        lambda: reopen_call(call=prepared, due_at=DUE, version=1, by=by),
        lambda: withdraw_call(call=prepared, reason="No", version=1, by=by),
    ]
    for step in steps:
        with pytest.raises(PermissionDenied):
            step()


def test_call_says_what_is_wrong_with_it(process, secretariat):
    with pytest.raises(ValidationError) as caught:
        prepare_call(
            process=process,
            facts=facts(asked_by="body", asked_body=BodyFactory(), subject={}),
            by=secretariat,
        )
    assert {"asked_body", "subject"} <= set(caught.value.message_dict)

    with pytest.raises(ValidationError, match="“friend” is not known"):
        prepare_call(process=process, facts=facts(asked_statuses=["friend"]), by=secretariat)
    with pytest.raises(LookupError, match="No app declares"):
        prepare_call(process=process, facts=facts(kind="letters"), by=secretariat)
    assert not Call.objects.exists()


def test_call_of_no_process_is_nobodys(secretariat):
    assert not may(secretariat, "calls.run", Call(process=None))


def test_call_is_changed_until_it_is_opened(prepared, affiliations, secretariat):
    named = [affiliations["observer"].party]
    wanted = facts(asked_by="list", asked_parties=named, subject={"en": "Other"})

    changed = change_call(call=prepared, facts=wanted, version=1, by=secretariat)

    assert (changed.version, changed.subject) == (2, {"en": "Other"})
    assert list(changed.asked_parties.all()) == named
    with pytest.raises(EditConflict):
        change_call(call=prepared, facts=facts(), version=1, by=secretariat)
    open_call(call=prepared, version=2, by=secretariat, now=NOW)
    assert asked(prepared) == parties(affiliations, "observer")
    with pytest.raises(ValidationError, match="opened already"):
        change_call(call=prepared, facts=facts(), version=3, by=secretariat)
    with pytest.raises(ValidationError, match="opened already"):
        discard_call(call=prepared, version=3, by=secretariat)


def test_call_that_was_never_opened_is_discarded(prepared, secretariat):
    discard_call(call=prepared, version=1, by=secretariat)

    assert (Call.objects.count(), Question.objects.count()) == (0, 0)


def test_opening_asks_each_once(prepared, people, affiliations, secretariat):
    opened = open_call(call=prepared, version=1, by=secretariat, now=NOW)

    assert (opened.state, opened.opened_at) == ("open", NOW)
    assert asked(opened) == parties(affiliations, *MEMBERS)
    assert set(opened.replies.values_list("state", flat=True)) == {"awaited"}
    assert seeing(people, opened) == seeing(people, opened, "on_board_of")
    assert seeing(people, opened) == MEMBERS | {"secretariat"}
    with pytest.raises(ValidationError, match="opened already"):
        open_call(call=prepared, version=2, by=secretariat, now=NOW)


def test_who_is_asked_sees_the_call_and_not_the_board(process, people, affiliations, secretariat):
    wanted = facts(asked_statuses=["observer"])
    call = prepare_call(process=process, facts=wanted, by=secretariat)
    QuestionFactory(call=call)
    open_call(call=call, version=1, by=secretariat, now=NOW)

    assert seeing(people, call) == MEMBERS | {"secretariat", "observer"}
    assert seeing(people, call, "on_board_of") == MEMBERS | {"secretariat"}
    assert may(people["chair"], "calls.read_board", call)
    assert not may(people["observer"], "calls.read_board", call)
    replies = Reply.objects.on_board_of(people["observer"], TODAY)
    assert (replies.count(), Reply.objects.of(people["observer"], TODAY).count()) == (0, 1)
    assert Reply.objects.on_board_of(people["chair"], TODAY).count() == 1
    assert not Reply.objects.of(SYSTEM, TODAY).exists()
    assert Call.objects.on_board_of(SYSTEM, TODAY).count() == 1


def test_seats_of_a_body_are_asked(process, body, affiliations, secretariat):
    wanted = facts(asked_by="body", asked_body=body)
    call = prepare_call(process=process, facts=wanted, by=secretariat)
    QuestionFactory(call=call)

    open_call(call=call, version=1, by=secretariat, now=NOW)

    assert asked(call) == parties(affiliations, "body_member")


def test_who_is_suspended_is_not_asked(process, prepared, affiliations, secretariat):
    ParticipationFactory(
        process=process, party=affiliations["focal_point"].party, status="suspended"
    )

    open_call(call=prepared, version=1, by=secretariat, now=NOW)

    assert asked(prepared) == parties(affiliations, *(MEMBERS - {"focal_point"}))


def test_call_is_not_opened_without_anybody_anything_or_time(process, secretariat, prepared):
    nobody = prepare_call(process=process, facts=facts(asked_statuses=[]), by=secretariat)
    with pytest.raises(ValidationError, match="Write at least one question"):
        open_call(call=nobody, version=1, by=secretariat, now=NOW)
    QuestionFactory(call=nobody)
    with pytest.raises(ValidationError, match="Nobody is asked"):
        open_call(call=nobody, version=1, by=secretariat, now=NOW)
    with pytest.raises(ValidationError, match="in the past"):
        open_call(call=prepared, version=1, by=secretariat, now=DUE)
    assert not Reply.objects.exists()


def test_more_parties_are_asked_once(prepared, process, affiliations, secretariat):
    observer, member = affiliations["observer"].party, affiliations["focal_point"].party
    with pytest.raises(ValidationError, match="not open"):
        ask_more(call=prepared, parties=[observer], by=secretariat)
    open_call(call=prepared, version=1, by=secretariat)

    added = ask_more(call=prepared, parties=[observer, member, observer], by=secretariat)

    assert [reply.party for reply in added] == [observer]
    with pytest.raises(ValidationError, match="takes no part"):
        ask_more(call=prepared, parties=[PartyFactory()], by=secretariat)


def test_all_or_one_are_given_more_time(prepared, secretariat):
    with pytest.raises(ValidationError, match="not open"):
        extend_call(call=prepared, due_at=LATER, version=1, by=secretariat)
    open_call(call=prepared, version=1, by=secretariat, now=NOW)
    reply = prepared.replies.first()
    with pytest.raises(ValidationError, match="in the past"):
        extend_call(call=prepared, due_at=PAST, version=2, by=secretariat, now=NOW)
    with pytest.raises(ValidationError, match="in the past"):
        extend_reply(reply=reply, due_at=PAST, by=secretariat, now=NOW)

    extended = extend_call(call=prepared, due_at=LATER, version=2, by=secretariat, now=NOW)
    extend_reply(reply=reply, due_at=LATER + timedelta(days=1), by=secretariat, reason="Election")

    assert extended.due_at == LATER
    reply.refresh_from_db()
    assert reply.due_at == LATER + timedelta(days=1)
    assert [event.reason for event in history_of(reply)] == ["Election"]


def test_closed_call_is_opened_again(prepared, secretariat):
    open_call(call=prepared, version=1, by=secretariat, now=NOW)
    with pytest.raises(ValidationError, match="not closed"):
        reopen_call(call=prepared, due_at=LATER, version=2, by=secretariat, now=NOW)
    closed = close_call(call=prepared, version=2, by=secretariat, now=DUE)
    assert (closed.state, closed.closed_at) == ("closed", DUE)
    with pytest.raises(ValidationError, match="not open"):
        close_call(call=prepared, version=3, by=secretariat)
    with pytest.raises(ValidationError, match="in the past"):
        reopen_call(call=prepared, due_at=PAST, version=3, by=secretariat, now=NOW)

    opened = reopen_call(call=prepared, due_at=LATER, version=3, by=secretariat, now=NOW)

    assert (opened.state, opened.closed_at, opened.due_at) == ("open", None, LATER)


def test_withdrawn_call_gives_back_what_waits(sent, secretariat, focal_point):
    call = sent.reply.call
    with pytest.raises(ValidationError, match="Say why"):
        withdraw_call(call=call, reason="", version=1, by=secretariat)

    withdraw_call(call=call, reason="Asked by mistake.", version=1, by=secretariat)

    sent.refresh_from_db()
    assert (sent.state, state_of(sent.reply)) == ("withdrawn", "awaited")
    assert [e.reason for e in history_of(call) if e.reason] == ["Asked by mistake."]
    with pytest.raises(ValidationError, match="not open"):
        withdraw_call(call=call, reason="Again", version=2, by=secretariat)
    with pytest.raises(ValidationError, match="asks nothing"):
        extend_reply(reply=sent.reply, due_at=LATER, by=secretariat, now=NOW)


def test_withdrawn_call_leaves_what_was_accepted(sent, secretariat, focal_point):
    accept_reply(submission=sent, by=secretariat)
    send_reply(reply=sent.reply, seen=versions(sent.reply), by=focal_point)

    withdraw_call(call=sent.reply.call, reason="Enough", version=1, by=secretariat)

    sent.refresh_from_db()
    assert (sent.state, state_of(sent.reply)) == ("accepted", "accepted")


def test_audience_sees_the_call_once_something_was_released(sent, people, secretariat):
    call = sent.reply.call
    Call.objects.filter(pk=call.pk).update(release="clearance", audience="public")
    assert seeing(people, call) == MEMBERS | {"secretariat"}

    accept_reply(submission=sent, by=secretariat)

    assert seeing(people, call) == set(people)
    assert seeing(people, call, "on_board_of") == MEMBERS | {"secretariat"}
    assert Call.objects.visible_to(SYSTEM, TODAY).count() == 1


def test_names_of_rows_say_what_they_are(sent, keys):
    question = Question.objects.first()
    entry = sent.reply.entries.first()
    assert (str(sent.reply.call), str(question), str(entry)) == (
        "Readmission",
        "What has been done?",
        keys[0],
    )
    assert str(sent.reply) == f"{sent.reply.party} – Readmission"
    assert str(sent) == f"{sent.reply} (1)"
