"""What is left of a call once its answers were taken out."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.accounts.authority import SYSTEM
from comity.audit.chain import verify_chain
from comity.audit.models import Event
from comity.calls import kinds as module
from comity.calls.models import Call, CallState, Entry, Submission
from comity.calls.services import (
    accept_reply,
    ask_more,
    empty_answers,
    open_call,
    record_answer,
    return_reply,
)
from tests.calls.conftest import SAID
from tests.factories.calls import CallFactory, QuestionFactory
from tests.factories.store import StoredFileFactory

LATER = datetime(2031, 1, 1, tzinfo=UTC)


def close(call):
    Call.objects.filter(pk=call.pk).update(state=CallState.CLOSED)
    call.refresh_from_db()


def test_words_leave_the_answers_the_drafts_and_the_log(sent, keys, secretariat, people):
    return_reply(submission=sent, reason="Quoting: two agreements.", by=secretariat)
    call = sent.reply.call
    close(call)

    taken = empty_answers(call=call, reason="Adopted", by=secretariat)

    assert [each["values"] for each in taken.answers] == [{keys[0]: SAID, keys[1]: None}]
    kept = Submission.objects.get()
    assert (kept.values, kept.note, kept.reason, kept.state) == ({}, "", "", "returned")
    assert not Entry.objects.exists()
    assert not Event.objects.filter(reason__contains="agreements").exists()
    assert verify_chain() == []


def test_note_and_scan_of_what_was_recorded_go_too(reply, keys, secretariat):
    scan = StoredFileFactory()
    values = {keys[0]: SAID}
    record_answer(reply=reply, values=values, way="note", by=secretariat, note="Ms A", scan=scan)
    close(reply.call)

    taken = empty_answers(call=reply.call, reason="Adopted", by=SYSTEM)

    assert [each["note"] for each in taken.answers] == ["Ms A"]
    assert (taken.scans, Submission.objects.get().scan) == ([scan], None)
    assert not any("Ms A" in str(event.after) for event in Event.objects.all())
    assert verify_chain() == []


def test_open_call_is_not_emptied_and_nobody_else_empties(sent, secretariat, people):
    accept_reply(submission=sent, by=secretariat)
    with pytest.raises(ValidationError, match="Close the call first"):
        empty_answers(call=sent.reply.call, reason="Adopted", by=secretariat)
    close(sent.reply.call)
    for name in sorted(people.keys() - {"secretariat"}):
        with pytest.raises(PermissionDenied):
            empty_answers(call=sent.reply.call, reason="Adopted", by=people[name])


def test_kind_refuses_whom_it_may_not_ask(process, people, secretariat, monkeypatch):
    def admit(call, parties):
        raise ValidationError(f"Not {len(parties)}.")

    registry = module.Registry("kind of call")
    registry.add("questions", module.Kind("Q", lambda _call, _party: [], admit=admit))
    monkeypatch.setattr("comity.calls.services.calls.kinds", registry)
    call = CallFactory(process=process, state="prepared", opened_at=None)
    QuestionFactory(call=call)

    with pytest.raises(ValidationError, match="Not 4"):
        open_call(call=call, version=1, by=secretariat)
    opened = CallFactory(process=process)
    more = [people["observer"].person.affiliations.get().party]
    with pytest.raises(ValidationError, match="Not 1"):
        ask_more(call=opened, parties=more, by=secretariat)
