"""What a party does with its reply: several write, one clears and sends, and nobody else sees."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.accounts.authority import SYSTEM
from comity.audit.models import Event
from comity.audit.queries import history_of
from comity.calls.models import CallState, Entry, Submission, SubmissionState, Way
from comity.calls.services import (
    accept_reply,
    extend_reply,
    save_entries,
    send_reply,
    withdraw_reply,
)
from comity.calls.services.replying import DraftConflict
from tests.calls.conftest import SAID, state_of, versions
from tests.conftest import PERSONAS
from tests.factories.parties import AffiliationFactory, MinistryFactory, PersonFactory
from tests.factories.processes import ParticipationFactory

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = datetime(2031, 1, 1, tzinfo=UTC)


def test_ministries_write_side_by_side(reply, keys, focal_point, affiliations):
    party = affiliations["focal_point"].party
    colleague = AffiliationFactory(party=party).person.user
    ministries = MinistryFactory.create_batch(2, party=party)

    save_entries(
        reply=reply, values={keys[0]: "One"}, seen={}, by=focal_point, ministry=ministries[0]
    )
    save_entries(
        reply=reply, values={keys[1]: "Two"}, seen={}, by=colleague, ministry=ministries[1]
    )

    rows = [(e.key, e.value, e.version, e.ministry, e.written_by) for e in reply.entries.all()]
    assert rows == [
        (keys[0], "One", 1, ministries[0], focal_point),
        (keys[1], "Two", 1, ministries[1], colleague),
    ]


def test_second_of_two_colleagues_is_told_and_nothing_is_saved(draft, keys, focal_point):
    values = {keys[0]: "Three agreements.", keys[1]: "More"}

    with pytest.raises(DraftConflict) as caught:
        save_entries(reply=draft, values=values, seen={}, by=focal_point)

    assert [entry.value for entry in caught.value.entries] == [SAID]
    assert list(caught.value.message_dict) == [keys[0]]
    assert list(draft.entries.values_list("key", "value")) == [(keys[0], SAID)]


def test_what_is_saved_unchanged_counts_no_version(draft, keys, focal_point):
    values = {keys[0]: SAID, keys[1]: ""}

    written = save_entries(reply=draft, values=values, seen=versions(draft), by=focal_point)

    assert [(entry.key, entry.value) for entry in written] == [(keys[1], None)]
    assert versions(draft) == {keys[0]: 1, keys[1]: 1}
    assert save_entries(reply=draft, values=values, seen=versions(draft), by=focal_point) == []


def test_log_keeps_who_wrote_and_never_what(draft, focal_point):
    entry = draft.entries.get()

    events = [(each.action, each.actor, each.before, each.after) for each in history_of(entry)]

    assert events == [("draft.written", focal_point, {}, {})]
    assert not Event.objects.filter(after__icontains=SAID).exists()


@pytest.mark.parametrize("name", sorted({*PERSONAS} - {"focal_point"}))
def test_nobody_outside_the_party_writes_or_sees_its_draft(draft, people, keys, name):
    with pytest.raises(PermissionDenied):
        save_entries(reply=draft, values={keys[1]: "Ours"}, seen={}, by=people[name])
    with pytest.raises(PermissionDenied):
        send_reply(reply=draft, seen=versions(draft), by=people[name])

    assert not Entry.objects.visible_to(people[name], NOW.date()).exists()
    assert state_of(draft) == "awaited"


def test_platform_itself_reads_no_draft(draft, focal_point):
    assert not Entry.objects.visible_to(SYSTEM, NOW.date()).exists()
    assert Entry.objects.visible_to(focal_point, NOW.date()).count() == 1


def test_party_that_is_suspended_writes_nothing(draft, keys, focal_point):
    ParticipationFactory(process=draft.call.process, party=draft.party, status="suspended")

    with pytest.raises(PermissionDenied):
        save_entries(reply=draft, values={keys[1]: "Ours"}, seen={}, by=focal_point)


def test_who_does_not_speak_for_the_party_writes_and_does_not_send(reply, keys, delegate):
    save_entries(reply=reply, values={keys[0]: SAID}, seen={}, by=delegate)

    with pytest.raises(PermissionDenied):
        send_reply(reply=reply, seen=versions(reply), by=delegate)


def test_ministry_of_another_party_is_refused(reply, keys, focal_point):
    with pytest.raises(ValidationError, match="another party"):
        save_entries(
            reply=reply,
            values={keys[0]: SAID},
            seen={},
            by=focal_point,
            ministry=MinistryFactory(),
        )


def test_everything_wrong_with_a_draft_is_said_at_once(reply, keys, focal_point):
    values = {keys[0]: "a\u202eb", "q0": "What?"}

    with pytest.raises(ValidationError) as caught:
        save_entries(reply=reply, values=values, seen={}, by=focal_point)

    assert sorted(caught.value.message_dict) == sorted([keys[0], "q0"])
    assert not reply.entries.exists()


def test_sending_clears_what_stands_in_the_draft(draft, keys, focal_point):
    sent = send_reply(
        reply=draft,
        seen=versions(draft),
        by=focal_point,
        way=Way.WORKBOOK,
        note="With our compliments.",
        now=NOW,
    )

    assert (sent.number, sent.values, sent.way, sent.note, sent.sent_by, sent.sent_at) == (
        1,
        {keys[0]: SAID, keys[1]: None},
        Way.WORKBOOK,
        "With our compliments.",
        focal_point,
        NOW,
    )
    assert (sent.state, sent.is_recorded, state_of(draft)) == ("sent", False, "sent")


def test_what_a_colleague_wrote_meanwhile_is_not_cleared_unseen(draft, keys, focal_point):
    shown = versions(draft)
    save_entries(reply=draft, values={keys[1]: "And more."}, seen={}, by=focal_point)

    with pytest.raises(DraftConflict):
        send_reply(reply=draft, seen=shown, by=focal_point)

    assert not Submission.objects.exists()


def test_required_field_must_be_answered_to_send(reply, keys, focal_point):
    save_entries(reply=reply, values={keys[1]: "More"}, seen={}, by=focal_point)

    with pytest.raises(ValidationError) as caught:
        send_reply(reply=reply, seen=versions(reply), by=focal_point)

    assert caught.value.message_dict == {keys[0]: ["This must be answered."]}


def test_correction_replaces_what_still_waits(sent, draft, keys, focal_point):
    save_entries(reply=draft, values={keys[0]: "Three."}, seen=versions(draft), by=focal_point)

    second = send_reply(reply=draft, seen=versions(draft), by=focal_point)

    sent.refresh_from_db()
    assert (sent.state, second.state, second.number) == ("replaced", "sent", 2)


def test_party_takes_back_what_nobody_decided_on(sent, draft, focal_point, secretariat):
    withdraw_reply(reply=draft, by=focal_point)

    sent.refresh_from_db()
    assert (sent.state, state_of(draft)) == (SubmissionState.WITHDRAWN, "awaited")
    assert not Submission.objects.visible_to(secretariat, NOW.date()).exists()
    assert Submission.objects.visible_to(focal_point, NOW.date()).exists()
    with pytest.raises(ValidationError, match="Nothing that you sent"):
        withdraw_reply(reply=draft, by=focal_point)


def test_accepted_answer_holds_on_when_a_correction_is_taken_back(
    sent, draft, focal_point, secretariat
):
    accept_reply(submission=sent, by=secretariat)
    send_reply(reply=draft, seen=versions(draft), by=focal_point)

    withdraw_reply(reply=draft, by=focal_point)

    sent.refresh_from_db()
    assert (sent.state, state_of(draft)) == ("accepted", "accepted")


def test_nothing_is_written_or_sent_after_the_close(draft, keys, focal_point, secretariat):
    draft.call.state = CallState.CLOSED
    draft.call.save()

    with pytest.raises(ValidationError, match="This call is closed"):
        save_entries(reply=draft, values={keys[1]: "More"}, seen={}, by=focal_point, now=NOW)
    with pytest.raises(ValidationError, match="This call is closed"):
        send_reply(reply=draft, seen=versions(draft), by=focal_point, now=NOW)

    extend_reply(reply=draft, due_at=LATER, by=secretariat, now=NOW)
    send_reply(reply=draft, seen=versions(draft), by=focal_point, now=LATER - timedelta(days=1))
    with pytest.raises(ValidationError, match="This call is closed"):
        send_reply(reply=draft, seen=versions(draft), by=focal_point, now=LATER + timedelta(days=1))


def test_nothing_is_sent_to_a_call_that_was_withdrawn(draft, focal_point):
    draft.call.state = CallState.WITHDRAWN
    draft.call.save()

    with pytest.raises(ValidationError, match="was withdrawn"):
        send_reply(reply=draft, seen=versions(draft), by=focal_point)


def test_what_is_recorded_is_not_sent_as_the_partys_own(draft, focal_point):
    with pytest.raises(ValueError, match="recorded, not sent"):
        send_reply(reply=draft, seen=versions(draft), by=focal_point, way=Way.TELEPHONE)


def test_platform_may_hand_in_a_file_for_a_party(reply, keys):
    with pytest.raises(PermissionDenied):
        save_entries(reply=reply, values={keys[0]: SAID}, seen={}, by=PersonFactory().user)
    save_entries(reply=reply, values={keys[0]: SAID}, seen={}, by=SYSTEM)

    sent = send_reply(reply=reply, seen=versions(reply), by=SYSTEM)

    assert (sent.sent_by, reply.entries.get().written_by) == (None, None)
