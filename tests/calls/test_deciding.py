"""What becomes of an answer, and who reads it then."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.accounts.authority import SYSTEM
from comity.calls import kinds as module
from comity.calls.kinds import Kind
from comity.calls.models import Call, CallState, Reply, Submission
from comity.calls.services import (
    accept_reply,
    close_call,
    confirm_answer,
    record_answer,
    reopen_reply,
    return_reply,
    save_entries,
    send_reply,
)
from tests.calls.conftest import SAID, state_of, versions
from tests.conftest import PERSONAS
from tests.factories.store import StoredFileFactory

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = datetime(2031, 1, 1, tzinfo=UTC)
PAST = datetime(2025, 1, 1, tzinfo=UTC)
OTHERS = sorted({*PERSONAS} - {"focal_point", "secretariat"})


def shut(call, state=CallState.CLOSED):
    Call.objects.filter(pk=call.pk).update(state=state)


def readers(people):
    return {
        name
        for name, person in people.items()
        if Submission.objects.visible_to(person, NOW.date()).exists()
    }


def release(call, when, audience="members"):
    Call.objects.filter(pk=call.pk).update(release=when, audience=audience)


def test_answer_is_accepted_by_the_secretariat(sent, secretariat):
    accept_reply(submission=sent, by=secretariat, now=NOW)

    sent.refresh_from_db()
    assert (sent.state, sent.decided_by, sent.decided_at) == ("accepted", secretariat, NOW)
    assert state_of(sent.reply) == "accepted"
    with pytest.raises(ValidationError, match="does not wait"):
        accept_reply(submission=sent, by=secretariat)


@pytest.mark.parametrize("name", [*OTHERS, "focal_point"])
def test_nobody_else_decides(sent, people, name):
    by = people[name]
    steps = [
        lambda: accept_reply(submission=sent, by=by),
        lambda: return_reply(submission=sent, reason="Incomplete", by=by),
        lambda: reopen_reply(reply=sent.reply, reason="Incomplete", by=by),
        lambda: record_answer(reply=sent.reply, values={}, way="note", by=by),
    ]
    for step in steps:
        with pytest.raises(PermissionDenied):
            step()


def test_what_was_replaced_meanwhile_is_not_accepted(sent, keys, focal_point, secretariat):
    send_reply(reply=sent.reply, seen=versions(sent.reply), by=focal_point)

    with pytest.raises(ValidationError, match="look at what stands there now"):
        accept_reply(submission=sent, by=secretariat)


def test_kind_does_what_an_accepted_answer_does_or_refuses_it(sent, secretariat, monkeypatch):
    done = []

    def accept(submission, by):
        done.append((submission, submission.reply.call, by))
        if len(done) > 1:
            raise ValidationError("Not this one.")

    asked = module.kinds["questions"].fields
    registry = module.Registry("kind of call")
    registry.add("questions", Kind("Questions", asked, accept))
    monkeypatch.setattr(module, "kinds", registry)
    monkeypatch.setattr("comity.calls.services.deciding.kinds", registry)

    accept_reply(submission=sent, by=secretariat)
    assert done == [(sent, sent.reply.call, secretariat)]

    with pytest.raises(ValidationError, match="Not this one"):
        record_answer(
            reply=sent.reply,
            values=sent.values,
            way="mail",
            by=secretariat,
        )
    assert Submission.objects.get().state == "accepted"


def test_answer_is_returned_with_its_reason_and_sent_again(sent, keys, focal_point, secretariat):
    with pytest.raises(ValidationError, match="Say what is missing"):
        return_reply(submission=sent, reason=" ", by=secretariat)

    return_reply(submission=sent, reason="Name the agreements.", by=secretariat, now=NOW)

    sent.refresh_from_db()
    assert (sent.state, sent.reason, state_of(sent.reply)) == (
        "returned",
        "Name the agreements.",
        "returned",
    )
    again = send_reply(reply=sent.reply, seen=versions(sent.reply), by=focal_point)
    assert (again.number, state_of(sent.reply)) == (2, "sent")


def test_who_must_answer_again_after_the_close_is_given_time(sent, secretariat, focal_point):
    shut(sent.reply.call)
    with pytest.raises(ValidationError, match="say until when"):
        return_reply(submission=sent, reason="Why?", by=secretariat, now=NOW)
    with pytest.raises(ValidationError, match="in the past"):
        return_reply(submission=sent, reason="Why?", by=secretariat, due_at=PAST, now=NOW)

    return_reply(submission=sent, reason="Why?", by=secretariat, due_at=LATER, now=NOW)

    assert Reply.objects.get().due_at == LATER
    send_reply(reply=sent.reply, seen=versions(sent.reply), by=focal_point, now=NOW)


def test_accepted_answer_is_asked_for_again_and_holds_meanwhile(sent, secretariat, focal_point):
    with pytest.raises(ValidationError, match="no accepted answer"):
        reopen_reply(reply=sent.reply, reason="A new law", by=secretariat)
    accept_reply(submission=sent, by=secretariat)

    reopen_reply(reply=sent.reply, reason="A new law", by=secretariat)

    sent.refresh_from_db()
    assert (sent.state, state_of(sent.reply)) == ("accepted", "returned")
    second = send_reply(reply=sent.reply, seen=versions(sent.reply), by=focal_point)
    accept_reply(submission=second, by=secretariat)
    sent.refresh_from_db()
    assert (sent.state, state_of(sent.reply)) == ("replaced", "accepted")


def test_nothing_is_opened_again_of_a_call_that_was_withdrawn(sent, secretariat):
    accept_reply(submission=sent, by=secretariat)
    shut(sent.reply.call, CallState.WITHDRAWN)

    with pytest.raises(ValidationError, match="no accepted answer"):
        reopen_reply(reply=sent.reply, reason="A new law", by=secretariat)


def test_what_came_by_telephone_is_recorded_marked_and_confirmed(
    reply, keys, focal_point, secretariat, delegate
):
    scan = StoredFileFactory()
    found = record_answer(
        reply=reply,
        values={keys[0]: SAID},
        way="telephone",
        by=secretariat,
        note="Ms A, 10.15",
        scan=scan,
        now=NOW,
    )

    found.refresh_from_db()
    assert (found.is_recorded, found.state, found.scan, found.confirmed_at) == (
        True,
        "accepted",
        scan,
        None,
    )
    assert state_of(reply) == "accepted"
    confirm_answer(submission=found, by=focal_point, now=NOW)
    found.refresh_from_db()
    assert (found.confirmed_by, found.confirmed_at) == (focal_point, NOW)
    with pytest.raises(ValidationError, match="nothing here to confirm"):
        confirm_answer(submission=found, by=focal_point)


@pytest.mark.parametrize("name", [*OTHERS, "secretariat", "focal_point"])
def test_only_who_speaks_for_the_party_confirms(reply, keys, people, name):
    found = record_answer(reply=reply, values={keys[0]: SAID}, way="note", by=SYSTEM)

    with pytest.raises(PermissionDenied):
        confirm_answer(submission=found, by=people[name])


def test_partys_own_answer_needs_no_confirmation(sent, focal_point, secretariat):
    accept_reply(submission=sent, by=secretariat)

    with pytest.raises(ValidationError, match="nothing here to confirm"):
        confirm_answer(submission=sent, by=focal_point)


def test_platform_confirms_in_nobodys_name(reply, keys, secretariat):
    found = record_answer(reply=reply, values={keys[0]: SAID}, way="note", by=SYSTEM)

    confirm_answer(submission=found, by=SYSTEM)

    found.refresh_from_db()
    assert (found.sent_by, found.decided_by, found.confirmed_by) == (None, None, None)


def test_recording_leaves_the_draft_alone_and_never_passes_the_partys_own_answer(
    draft, keys, focal_point, secretariat
):
    record_answer(reply=draft, values={keys[0]: "By note."}, way="note", by=secretariat)
    assert list(draft.entries.values_list("value", flat=True)) == [SAID]

    send_reply(reply=draft, seen=versions(draft), by=focal_point)
    with pytest.raises(ValidationError, match="answer of its own"):
        record_answer(reply=draft, values={keys[0]: "By note."}, way="note", by=secretariat)


def test_recorded_answer_obeys_the_same_rules(reply, keys, secretariat):
    with pytest.raises(ValidationError) as caught:
        record_answer(reply=reply, values={keys[1]: "More"}, way="note", by=secretariat)
    assert caught.value.message_dict == {keys[0]: ["This must be answered."]}

    with pytest.raises(ValueError, match="sent by the party itself"):
        record_answer(reply=reply, values={keys[0]: SAID}, way="online", by=secretariat)

    shut(reply.call)
    with pytest.raises(ValidationError, match="This call is closed"):
        record_answer(reply=reply, values={keys[0]: SAID}, way="note", by=secretariat)


def test_released_on_clearance_is_read_by_the_audience_once_accepted(sent, people, secretariat):
    release(sent.reply.call, "clearance")
    assert readers(people) == {"focal_point", "secretariat"}

    accept_reply(submission=sent, by=secretariat)

    members = {"body_member", "chair", "other_focal_point"}
    assert readers(people) == members | {"focal_point", "secretariat"}


def test_released_at_the_close_is_read_by_nobody_else_before(sent, people, secretariat):
    call = sent.reply.call
    release(call, "close", "public")
    accept_reply(submission=sent, by=secretariat)
    assert readers(people) == {"focal_point", "secretariat"}

    close_call(call=call, version=1, by=secretariat)

    assert readers(people) == set(people)


def test_accepted_after_the_close_is_released_at_once(sent, people, secretariat):
    release(sent.reply.call, "close", "public")
    shut(sent.reply.call)

    accept_reply(submission=sent, by=secretariat, now=NOW)
    assert Reply.objects.get().released_at == NOW

    reopen_reply(reply=sent.reply, reason="A new law", by=secretariat, due_at=LATER, now=NOW)
    assert readers(people) == set(people)


def test_never_released_is_never_read(sent, people, secretariat):
    release(sent.reply.call, "never", "public")
    accept_reply(submission=sent, by=secretariat)
    shut(sent.reply.call)

    assert readers(people) == {"focal_point", "secretariat"}
    assert Submission.objects.visible_to(SYSTEM, NOW.date()).count() == 1


def test_draft_of_a_correction_changes_nothing_for_others(
    sent, keys, people, secretariat, focal_point
):
    release(sent.reply.call, "clearance", "public")
    accept_reply(submission=sent, by=secretariat)

    save_entries(
        reply=sent.reply,
        values={keys[0]: "Unready"},
        seen=versions(sent.reply),
        by=focal_point,
    )

    found = Submission.objects.visible_to(people["visitor"], NOW.date())
    assert [each.values[keys[0]] for each in found] == [SAID]
