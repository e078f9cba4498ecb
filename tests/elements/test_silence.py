"""Silence adopts at its moment, exactly and once; one objection in time breaks it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.accounts.authority import SYSTEM
from comity.audit.models import Event
from comity.calls.models import Call, CallState, Reply, Submission
from comity.calls.services import (
    accept_reply,
    ask_more,
    close_call,
    extend_call,
    open_call,
    record_answer,
    return_reply,
    save_entries,
    send_reply,
    withdraw_call,
    withdraw_reply,
)
from comity.documents.models import Document
from comity.elements.models import AdoptionState
from comity.elements.queries.adopting import late_objections, objections_until
from comity.elements.services import (
    extend_silence,
    open_silence,
    record_late_objection,
    settle_silence,
    settle_silences,
)
from comity.processes.models import Participation, Status
from comity.texts.models import Revision, Wording
from tests.elements.conftest import DUE, OPENED, now_of
from tests.factories.calls import CallFactory
from tests.factories.elements import AdoptionFactory
from tests.factories.processes import MeetingFactory

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
SETTLED = DUE + MINUTE


def reply_of(adoption, party):
    return Reply.objects.get(call=adoption.call_id, party=party)


def send(adoption, party, speaker, *, at, objects=True):
    reply = reply_of(adoption, party)
    values = {"objects": objects, "words": "Not paragraph 2."}
    seen = {entry.key: entry.version for entry in reply.entries.all()}
    save_entries(reply=reply, values=values, seen=seen, by=speaker, now=at)
    seen = {entry.key: entry.version for entry in reply.entries.all()}
    return send_reply(reply=reply, seen=seen, by=speaker, now=at)


def test_members_alone_are_asked(silence, affiliations):
    asked = set(silence.call.replies.values_list("party", flat=True))

    names = ("focal_point", "other_focal_point", "body_member", "chair")
    assert asked == {affiliations[name].party_id for name in names}
    assert (silence.call.state, silence.call.due_at, silence.due_at) == ("open", DUE, DUE)


def test_silence_adopts_at_its_moment_and_once(silence, text):
    before = settle_silences(now=SETTLED - timedelta(seconds=1), by=SYSTEM)
    first, second = (settle_silences(now=SETTLED, by=SYSTEM) for _each in range(2))

    adopted = now_of(silence)
    paper = adopted.record
    assert (before, first, second) == (0, 1, 0)
    assert (adopted.state, adopted.adopted_at, adopted.adopted_on) == ("adopted", DUE, DUE.date())
    document = Document.objects.get(pk=text.document_id)
    assert (document.adopted_by, document.dated) == ("the members, by silence", "2026-03-20")
    assert Revision.objects.get(text=text).state == "final"
    assert (paper.kind, paper.title, paper.dated, paper.audience, paper.slug) == (
        "record of adoption",
        {"en": "Record of adoption: Declaration"},
        "2026-03-20",
        "members",
        "declaration-adoption",
    )
    assert Event.objects.filter(action="adoption.concluded").count() == 1
    assert Call.objects.get().state == CallState.CLOSED


def test_moment_counts_although_the_worker_was_down(silence, member, speaker):
    send(silence, member, speaker, at=DUE + timedelta(seconds=1))

    settle_silences(now=DUE + 3 * DAY, by=SYSTEM)

    adopted = now_of(silence)
    assert (adopted.state, adopted.adopted_at) == ("adopted", DUE)
    assert [each.reply.party for each in late_objections(adopted)] == [member]


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=3)])
def test_objection_sent_in_time_counts_though_nobody_accepted_it(silence, member, speaker, late):
    send(silence, member, speaker, at=DUE)

    settle_silences(now=SETTLED + late, by=SYSTEM)

    assert (now_of(silence).state, now_of(silence).reason) == ("broken", "A member objected.")
    assert not Document.objects.filter(kind="record of adoption").exists()


def test_accepted_objection_breaks_at_once_and_ends_the_call(silence, member, speaker, secretariat):
    sent = send(silence, member, speaker, at=OPENED + DAY)

    accept_reply(submission=sent, by=secretariat, now=OPENED + 2 * DAY)

    assert (now_of(silence).state, Call.objects.get().state) == ("broken", "closed")
    assert settle_silences(now=SETTLED, by=SYSTEM) == 0


def test_objection_accepted_after_the_moment_still_breaks(silence, member, speaker, secretariat):
    sent = send(silence, member, speaker, at=DUE - timedelta(seconds=1))

    accept_reply(submission=sent, by=secretariat, now=DUE + timedelta(seconds=30))

    assert now_of(silence).state == AdoptionState.BROKEN


def test_late_objection_accepted_before_the_worker_runs_breaks_nothing(
    silence, member, speaker, secretariat
):
    sent = send(silence, member, speaker, at=DUE + timedelta(seconds=1))
    accept_reply(submission=sent, by=secretariat, now=DUE + timedelta(seconds=2))

    settle_silences(now=SETTLED, by=SYSTEM)

    assert now_of(silence).state == AdoptionState.ADOPTED


def test_returned_objection_counts_and_one_taken_back_does_not(
    silence, member, speaker, secretariat
):
    sent = send(silence, member, speaker, at=OPENED + DAY)
    return_reply(submission=sent, reason="Which paragraph?", by=secretariat, now=OPENED + DAY)
    returned = list(objections_until(silence, DUE))
    again = send(silence, member, speaker, at=OPENED + 2 * DAY)
    withdraw_reply(reply=again.reply, by=speaker)
    send(silence, member, speaker, at=OPENED + 3 * DAY, objects=False)

    settle_silences(now=SETTLED, by=SYSTEM)

    assert returned == [sent]
    assert now_of(silence).state == AdoptionState.ADOPTED


def test_accepted_agreement_breaks_nothing(silence, member, secretariat):
    reply = reply_of(silence, member)
    record_answer(
        reply=reply, values={"objects": False}, way="note", by=secretariat, now=OPENED + DAY
    )

    assert now_of(silence).state == AdoptionState.OPEN


def test_who_is_no_member_any_more_breaks_nothing(silence, member, speaker, secretariat):
    Participation.objects.filter(party=member).update(status=Status.OBSERVER)
    reply = reply_of(silence, member)
    values = {"objects": True}
    record_answer(reply=reply, values=values, way="note", by=secretariat, now=OPENED + DAY)

    settle_silences(now=SETTLED, by=SYSTEM)

    assert now_of(silence).state == AdoptionState.ADOPTED


def test_observer_is_never_asked(silence, affiliations, secretariat):
    observer = affiliations["observer"].party

    with pytest.raises(ValidationError, match="Only members are asked"):
        ask_more(call=silence.call, parties=[observer], by=secretariat)


def test_silence_is_extended_before_its_moment_as_often_as_the_rule_says(silence, secretariat):
    later = DUE + 7 * DAY
    longer = extend_silence(
        adoption=silence, due_at=later, version=silence.version, by=secretariat, now=DUE - MINUTE
    )

    assert (longer.due_at, longer.extensions, Call.objects.get().due_at) == (later, 1, later)
    assert settle_silences(now=SETTLED, by=SYSTEM) == 0
    with pytest.raises(ValidationError, match="at most 1 time"):
        extend_silence(
            adoption=longer,
            due_at=later + DAY,
            version=longer.version,
            by=secretariat,
            now=DUE - MINUTE,
        )
    settle_silences(now=later + MINUTE, by=SYSTEM)
    assert now_of(silence).adopted_at == later


def test_silence_is_not_extended_at_its_moment_nor_backwards(silence, secretariat):
    for due_at, now, words in (
        (DUE + DAY, DUE, "The moment has come"),
        (DUE, DUE - DAY, "Choose a later moment"),
    ):
        with pytest.raises(ValidationError, match=words):
            extend_silence(adoption=silence, due_at=due_at, version=1, by=secretariat, now=now)


def test_more_time_for_the_call_alone_moves_no_moment(silence, secretariat):
    call = Call.objects.get()
    extend_call(call=call, due_at=DUE + DAY, version=call.version, by=secretariat, now=OPENED)

    settle_silences(now=SETTLED, by=SYSTEM)

    assert now_of(silence).adopted_at == DUE


@pytest.mark.parametrize("shut", ["withdrawn", "closed"])
def test_call_withdrawn_or_closed_early_adopts_nothing(silence, secretariat, shut):
    call = Call.objects.get()
    if shut == "closed":
        close_call(call=call, version=call.version, by=secretariat, now=DUE - DAY)
    else:
        withdraw_call(call=call, reason="A mistake", version=call.version, by=secretariat)

    settle_silences(now=SETTLED, by=SYSTEM)

    words = "The call was withdrawn or closed before the moment."
    assert (now_of(silence).state, now_of(silence).reason) == ("ended", words)


def test_call_closed_after_the_moment_adopts(silence, secretariat):
    call = Call.objects.get()
    close_call(call=call, version=call.version, by=secretariat, now=DUE + timedelta(seconds=5))

    settle_silences(now=SETTLED, by=SYSTEM)

    assert now_of(silence).state == AdoptionState.ADOPTED


def test_brackets_that_opened_meanwhile_adopt_nothing(silence):
    Wording.objects.filter(language="en").update(words="Decide [to inform] families.")

    settle_silences(now=SETTLED, by=SYSTEM)

    assert now_of(silence).reason == "Words still stand in brackets."


def test_text_that_cannot_be_adopted_ends_and_is_not_tried_again(silence, text):
    Wording.objects.filter(language="es").delete()

    first, second = (settle_silences(now=SETTLED, by=SYSTEM) for _each in range(2))

    assert (first, second, now_of(silence).state) == (1, 0, "ended")
    assert now_of(silence).reason
    assert not Document.objects.filter(kind="record of adoption").exists()


def test_meeting_at_the_moment_adopts_nothing_and_a_later_one_does(silence, text, process):
    text.document.meeting = MeetingFactory(process=process, days="2026-03-20", status="held")
    text.document.save()

    settle_silences(now=DUE + 3 * DAY, by=SYSTEM)

    words = f"A meeting on the text is under way: {text.document.meeting}."
    assert now_of(silence).reason == words


def test_meeting_that_was_called_off_or_is_later_stands_against_nothing(silence, text, process):
    text.document.meeting = MeetingFactory(process=process, days="2026-03-21", status="held")
    text.document.save()

    settle_silences(now=DUE + 3 * DAY, by=SYSTEM)

    assert now_of(silence).state == AdoptionState.ADOPTED


def test_silence_is_refused_with_every_reason(revision, text, process, secretariat):
    Wording.objects.filter(language="en").update(words="Decide [to inform] families.")
    Revision.objects.update(state="draft", frozen_at=None)
    revision.refresh_from_db()
    text.document.meeting = MeetingFactory(process=process, days="2026-03-02", status="held")
    text.document.save()

    with pytest.raises(ValidationError) as refused:
        open_silence(revision=revision, due_at=DUE, by=secretariat, now=OPENED)

    assert refused.value.messages == [
        "The process does not adopt texts this way.",
        "Words still stand in brackets.",
        "This revision was not circulated yet.",
        f"A meeting on the text is under way: {text.document.meeting}.",
    ]


def test_silence_is_long_enough_and_one_at_a_time(revision, rule, silence, secretariat):
    with pytest.raises(ValidationError, match="under way"):
        open_silence(revision=revision, due_at=DUE, by=secretariat, now=OPENED)
    settle_silences(now=SETTLED, by=SYSTEM)
    with pytest.raises(ValidationError, match="This text is adopted already"):
        open_silence(revision=revision, due_at=DUE, by=secretariat, now=OPENED)


def test_short_silence_is_refused(revision, rule, secretariat):
    due_at = OPENED + timedelta(days=7) - timedelta(seconds=1)

    with pytest.raises(ValidationError, match="at least 7 days"):
        open_silence(revision=revision, due_at=due_at, by=secretariat, now=OPENED)


def test_only_the_secretariat_opens_extends_and_settles(revision, rule, people, silence):
    for name in people.keys() - {"secretariat"}:
        for act, values in (
            (open_silence, {"revision": revision, "due_at": DUE}),
            (extend_silence, {"adoption": silence, "due_at": DUE, "version": 1}),
            (settle_silence, {"adoption": silence, "now": SETTLED}),
            (
                record_late_objection,
                {"adoption": silence, "party": None, "words": "", "way": "note"},
            ),
        ):
            with pytest.raises(PermissionDenied):
                act(**values, by=people[name])


def test_late_objection_is_recorded_and_breaks_nothing(silence, member, secretariat, affiliations):
    values = {"adoption": silence, "words": "Not paragraph 2.", "way": "note", "by": secretariat}
    with pytest.raises(ValidationError, match="Silence is still kept"):
        record_late_objection(party=member, **values)
    settle_silences(now=SETTLED, by=SYSTEM)
    values["adoption"] = now_of(silence)

    kept = record_late_objection(party=member, now=DUE + DAY, **values)

    assert now_of(silence).state == AdoptionState.ADOPTED
    assert (kept.values, Submission.objects.get().state) == (
        {"objects": True, "words": "Not paragraph 2."},
        "accepted",
    )
    assert late_objections(now_of(silence)) == [kept]
    with pytest.raises(ValidationError, match="Only a member that was asked"):
        record_late_objection(party=affiliations["observer"].party, **values)


def test_what_is_no_silence_is_neither_extended_nor_settled(final, secretariat):
    other = AdoptionFactory(way="written", state="ended", adopted_on=None, record=None)
    other.text.document.process = final.text.document.process
    other.text.document.save()
    call = CallFactory(process=final.text.document.process)

    with pytest.raises(ValidationError, match="No silence is under way"):
        settle_silence(adoption=other, by=secretariat, now=SETTLED)
    other.call = call
    other.save()
    with pytest.raises(ValidationError, match="No silence is under way"):
        extend_silence(adoption=other, due_at=DUE, version=1, by=secretariat)


def test_silence_is_settled_once_even_by_hand(silence, secretariat):
    early = settle_silence(adoption=silence, by=secretariat, now=DUE)
    first = settle_silence(adoption=silence, by=secretariat, now=SETTLED)
    second = settle_silence(adoption=silence, by=secretariat, now=SETTLED)

    assert (early, first and first.state, second) == (None, "adopted", None)


def test_objection_accepted_on_a_call_closed_after_the_moment_still_breaks(
    silence, member, speaker, secretariat
):
    sent = send(silence, member, speaker, at=DUE)
    call = Call.objects.get()
    close_call(call=call, version=call.version, by=secretariat, now=DUE + timedelta(seconds=5))

    accept_reply(submission=sent, by=secretariat, now=DUE + timedelta(seconds=9))

    assert (now_of(silence).state, Call.objects.get().state) == ("broken", "closed")


def test_call_of_silence_is_not_opened_by_hand(process, secretariat):
    call = CallFactory(process=process, kind="adoption.silence", state="prepared", opened_at=None)

    with pytest.raises(ValidationError, match="Open this from the page of the text"):
        open_call(call=call, version=1, by=secretariat, now=OPENED)
