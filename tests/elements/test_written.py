"""By written procedure members comment, and confirm the revised text."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.audit.services import EditConflict
from comity.calls.models import Call, Reply
from comity.calls.services import close_call, record_answer, save_entries, send_reply, withdraw_call
from comity.documents.models import Document
from comity.elements.services import (
    adopt_in_writing,
    ask_to_confirm,
    open_written,
    settle_silences,
    state_consensus,
)
from tests.elements.conftest import DUE, OPENED, now_of, written
from tests.factories.processes import MeetingFactory
from tests.factories.texts import CirculatedFactory

AFTER = DUE + timedelta(seconds=1)
SECOND_DUE = DUE + timedelta(days=14)
LAST = SECOND_DUE + timedelta(seconds=1)


@pytest.fixture
def commenting(revision, rule, secretariat):
    return open_written(revision=revision, due_at=DUE, by=secretariat, now=OPENED)


@pytest.fixture
def revised(revision):
    return written(CirculatedFactory(text=revision.text, number=2))


@pytest.fixture
def confirming(commenting, revised, secretariat):
    return ask_to_confirm(
        adoption=commenting,
        revision=revised,
        due_at=SECOND_DUE,
        version=commenting.version,
        by=secretariat,
        now=AFTER,
    )


def confirm(adoption, party, secretariat, *, confirms=True):
    reply = Reply.objects.get(call=adoption.call_id, party=party)
    values = {"confirms": confirms}
    record_answer(reply=reply, values=values, way="note", by=secretariat, now=AFTER)


def adopt(adoption, by, now=LAST):
    return adopt_in_writing(adoption=adoption, version=adoption.version, by=by, now=now)


def test_procedure_goes_from_comments_to_the_revised_text_adopted(
    confirming, revised, member, secretariat
):
    confirm(confirming, member, secretariat)

    adopted = adopt(confirming, secretariat)

    document = Document.objects.get(pk=revised.text.document_id)
    revised.refresh_from_db()
    assert (adopted.state, adopted.revision, revised.state) == ("adopted", revised, "final")
    assert document.adopted_by == "the members, by written procedure"
    states = {call.kind: call.state for call in Call.objects.all()}
    assert states == {"adoption.comments": "closed", "adoption.confirmation": "closed"}


def test_all_answers_let_it_be_adopted_before_the_day(confirming, secretariat):
    with pytest.raises(ValidationError, match="Members may still answer"):
        adopt(confirming, secretariat, AFTER)
    for reply in confirming.call.replies.all():
        confirm(confirming, reply.party, secretariat)

    assert adopt(confirming, secretariat, AFTER).adopted_at == AFTER


def test_calls_that_the_secretariat_closed_itself_are_left_closed(
    commenting, revised, member, secretariat
):
    comments = commenting.comments
    close_call(call=comments, version=comments.version, by=secretariat, now=OPENED)
    values = {"revision": revised, "due_at": SECOND_DUE, "version": 1, "by": secretariat}
    confirming = ask_to_confirm(adoption=commenting, now=OPENED + timedelta(days=1), **values)
    call = confirming.call
    close_call(call=call, version=call.version, by=secretariat, now=AFTER)

    assert adopt(confirming, secretariat, AFTER).state == "adopted"


def test_revised_text_waits_for_the_comments(commenting, revised, secretariat):
    values = {"revision": revised, "due_at": SECOND_DUE, "version": 1, "by": secretariat}

    with pytest.raises(ValidationError, match="Members may still comment"):
        ask_to_confirm(adoption=commenting, now=DUE - timedelta(days=1), **values)
    with pytest.raises(ValidationError, match="not asked yet"):
        adopt(commenting, secretariat)


def test_members_are_asked_to_confirm_once(confirming, revised, secretariat):
    values = {"revision": revised, "due_at": SECOND_DUE, "by": secretariat, "now": AFTER}

    with pytest.raises(ValidationError, match="asked to confirm already"):
        ask_to_confirm(adoption=confirming, version=confirming.version, **values)
    with pytest.raises(EditConflict):
        ask_to_confirm(adoption=confirming, version=1, **values)


def test_waiting_and_refusing_answers_adopt_nothing(confirming, member, speaker, secretariat):
    reply = Reply.objects.get(call=confirming.call_id, party=member)
    save_entries(reply=reply, values={"confirms": False}, seen={}, by=speaker, now=AFTER)
    seen = {entry.key: entry.version for entry in reply.entries.all()}
    sent = send_reply(reply=reply, seen=seen, by=speaker, now=AFTER)

    with pytest.raises(ValidationError, match="An answer waits"):
        adopt(confirming, secretariat)
    sent.state = "accepted"
    sent.save()
    with pytest.raises(ValidationError, match="does not confirm"):
        adopt(confirming, secretariat)


def test_withdrawn_call_and_missing_consensus_adopt_nothing(
    confirming, rule, people, secretariat, revised
):
    rule.needs_consensus = True
    rule.save()
    with pytest.raises(ValidationError, match="has not stated"):
        adopt(confirming, secretariat)
    state_consensus(revision=revised, by=people["chair"])
    call = confirming.call
    withdraw_call(call=call, reason="x", version=call.version, by=secretariat)
    with pytest.raises(ValidationError, match="The call was withdrawn"):
        adopt(confirming, secretariat)


def test_meeting_under_way_stands_against_it(confirming, text, process, secretariat):
    text.document.meeting = MeetingFactory(process=process, days="2026-04", status="held")
    text.document.save()

    with pytest.raises(ValidationError, match="A meeting on the text is under way"):
        adopt(confirming, secretariat)


def test_nobody_else_acts_and_what_is_over_stays_so(confirming, revised, people, secretariat):
    for name in people.keys() - {"secretariat"}:
        with pytest.raises(PermissionDenied):
            open_written(revision=revised, due_at=DUE, by=people[name])
        with pytest.raises(PermissionDenied):
            adopt(confirming, people[name])
        with pytest.raises(PermissionDenied):
            ask_to_confirm(
                adoption=confirming, revision=revised, due_at=DUE, version=1, by=people[name]
            )
    adopted = adopt(confirming, secretariat)

    with pytest.raises(ValidationError, match="No written procedure"):
        adopt(adopted, secretariat)
    assert settle_silences(now=LAST, by=secretariat) == 0
    assert now_of(adopted).state == "adopted"
