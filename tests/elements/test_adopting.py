"""Texts are adopted in the room, once, when nothing stands against it and all agree."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from comity.audit.models import Event
from comity.audit.services import EditConflict
from comity.calls.models import CallState
from comity.consultation.models import ClosedRecord, Pen
from comity.documents.models import Document
from comity.elements.models import Adoption, AdoptionRule, AdoptionState, Consensus, NamedTo
from comity.elements.permissions import sees_objectors
from comity.elements.services import (
    RuleFacts,
    adopt_in_room,
    end_adoption,
    open_written,
    set_rule,
    state_consensus,
)
from comity.texts.models import Revision, Wording
from tests.elements.conftest import DUE, OPENED, now_of
from tests.factories.consultation import RulesFactory as ConsultationRulesFactory
from tests.factories.processes import MeetingFactory, ProcessFactory
from tests.factories.texts import CirculatedFactory

DAY = date(2026, 5, 5)
NOW = datetime(2026, 5, 5, 18, tzinfo=UTC)


@pytest.fixture
def meeting(process):
    return MeetingFactory(
        process=process, days="2026-05-04/2026-05-06", title={"en": "First meeting"}
    )


def test_room_adopts_freezes_dates_and_records(revision, meeting, secretariat, people):
    state_consensus(revision=revision, by=people["chair"], now=NOW, note="After lunch.")

    adoption = adopt_in_room(revision=revision, meeting=meeting, day=DAY, by=secretariat, now=NOW)

    document = Document.objects.get(pk=revision.text.document_id)
    assert (adoption.state, adoption.adopted_on, adoption.way) == ("adopted", DAY, "room")
    assert (document.adopted_by, document.dated) == ("First meeting", "2026-05-05")
    assert Revision.objects.get().state == "final"
    assert (adoption.record.meeting, adoption.record.is_published) == (meeting, True)
    actions = [event.action for event in Event.objects.order_by("pk")]
    assert actions == [
        "consensus.stated",
        "adoption.opened",
        "revision.finished",
        "document.adopted",
        "paper.added",
        "adoption.concluded",
    ]


def test_nothing_is_adopted_or_stated_twice(revision, meeting, secretariat, people):
    state_consensus(revision=revision, by=people["chair"])
    with pytest.raises(ValidationError, match="stated already"):
        state_consensus(revision=revision, by=people["chair"])
    adopt_in_room(revision=revision, meeting=meeting, day=DAY, by=secretariat, now=NOW)

    other = CirculatedFactory(text=revision.text, number=2)
    with pytest.raises(ValidationError, match="adopted already"):
        adopt_in_room(revision=other, meeting=meeting, day=DAY, by=secretariat, now=NOW)
    with pytest.raises(ValidationError, match="adopted already"):
        state_consensus(revision=other, by=people["chair"])


def test_presidency_states_that_all_agree_where_that_is_the_rule(
    revision, meeting, secretariat, people, process
):
    with pytest.raises(ValidationError, match="has not stated"):
        adopt_in_room(revision=revision, meeting=meeting, day=DAY, by=secretariat, now=NOW)
    for name in people.keys() - {"chair"}:
        with pytest.raises(PermissionDenied):
            state_consensus(revision=revision, by=people[name])
    set_rule(
        process=process,
        facts=RuleFacts(["room"], needs_consensus=False),
        version=None,
        by=secretariat,
    )

    adopted = adopt_in_room(revision=revision, meeting=meeting, day=DAY, by=secretariat, now=NOW)

    assert (adopted.state, Consensus.objects.count()) == ("adopted", 0)


def test_meeting_and_day_must_be_right(revision, meeting, rule, secretariat):
    elsewhere = MeetingFactory(process=ProcessFactory())
    for values, field, words in (
        ({"meeting": elsewhere, "day": DAY}, "meeting", "This meeting is one of another process."),
        (
            {"meeting": meeting, "day": date(2026, 5, 3)},
            "day",
            "The meeting is not held on this day.",
        ),
        (
            {"meeting": meeting, "day": date(2026, 5, 7)},
            "day",
            "The meeting is not held on this day.",
        ),
        ({"meeting": meeting, "day": date(2026, 5, 6)}, "day", "This lies ahead."),
    ):
        with pytest.raises(ValidationError) as refused:
            adopt_in_room(revision=revision, by=secretariat, now=NOW, **values)
        assert refused.value.message_dict == {field: [words]}


def test_brackets_and_an_open_silence_stand_against_the_room(
    silence, revision, meeting, secretariat
):
    Wording.objects.filter(language="en").update(words="Decide [to inform] families.")

    with pytest.raises(ValidationError) as refused:
        adopt_in_room(revision=revision, meeting=meeting, day=DAY, by=secretariat, now=NOW)

    assert refused.value.messages == [
        "Words still stand in brackets.",
        "An adoption of this text is under way.",
    ]


def test_text_of_no_process_is_adopted_by_nobody(revision, people, meeting):
    Document.objects.update(process=None, audience="public")
    revision.text.document.refresh_from_db()

    for person in people.values():
        with pytest.raises(PermissionDenied):
            adopt_in_room(revision=revision, meeting=meeting, day=DAY, by=person, now=NOW)


def test_final_words_are_adopted_and_an_unpublished_paper_is_not(
    revision, meeting, rule, secretariat
):
    Document.objects.update(published_at=None)
    values = {"meeting": meeting, "day": DAY, "by": secretariat, "now": NOW}
    revision = Revision.objects.get()
    with pytest.raises(ValidationError, match="not published yet"):
        adopt_in_room(revision=revision, **values)
    Document.objects.update(published_at=NOW)
    Revision.objects.update(state="final")

    adopted = adopt_in_room(revision=Revision.objects.get(), **values)

    assert (adopted.state, adopted.record.is_published) == ("adopted", True)


def test_address_of_the_record_is_free(revision, meeting, rule, secretariat, text):
    for slug in ("declaration-adoption", "declaration-adoption-2"):
        Document.objects.create(slug=slug, audience="public", title={"en": "T"}, kind="report")

    adoption = adopt_in_room(revision=revision, meeting=meeting, day=DAY, by=secretariat, now=NOW)

    assert adoption.record.slug == "declaration-adoption-3"


def test_attempt_is_ended_with_a_reason(silence, secretariat):
    with pytest.raises(ValidationError) as refused:
        end_adoption(adoption=silence, reason=" ", version=1, by=secretariat)
    assert refused.value.message_dict == {"reason": ["Say why it is ended."]}

    ended = end_adoption(adoption=silence, reason="A new draft.", version=1, by=secretariat)

    silence.call.refresh_from_db()
    assert (ended.state, ended.reason, silence.call.state) == (
        AdoptionState.ENDED,
        "A new draft.",
        CallState.WITHDRAWN,
    )
    with pytest.raises(ValidationError, match="is over"):
        end_adoption(adoption=ended, reason="x", version=ended.version, by=secretariat)


def test_written_procedure_is_ended_before_its_second_call(revision, rule, secretariat, people):
    adoption = open_written(revision=revision, due_at=DUE, by=secretariat, now=OPENED)
    for name in people.keys() - {"secretariat"}:
        with pytest.raises(PermissionDenied):
            end_adoption(adoption=adoption, reason="x", version=1, by=people[name])

    ended = end_adoption(adoption=adoption, reason="Room.", version=1, by=secretariat)

    ended.comments.refresh_from_db()
    assert (now_of(ended).state, ended.comments.state) == ("ended", "withdrawn")


def test_rule_is_set_and_changed_by_the_secretariat(process, secretariat, people):
    facts = RuleFacts(["silence", "room"], objectors_named_to=NamedTo.MEMBERS)
    for name in people.keys() - {"secretariat"}:
        with pytest.raises(PermissionDenied):
            set_rule(process=process, facts=facts, version=None, by=people[name])

    rule = set_rule(process=process, facts=facts, version=None, by=secretariat)
    changed = set_rule(
        process=process, facts=RuleFacts(["room"]), version=rule.version, by=secretariat
    )

    assert (changed.ways, changed.objectors_named_to) == (["room"], "committee")
    with pytest.raises(EditConflict):
        set_rule(process=process, facts=facts, version=1, by=secretariat)
    for ways in ([], ["shouting"]):
        with pytest.raises(ValidationError, match="Choose from the list"):
            set_rule(
                process=process, facts=RuleFacts(ways), version=changed.version, by=secretariat
            )


@pytest.mark.parametrize(
    ("named_to", "told"),
    [
        ("chair", {"chair", "secretariat"}),
        ("committee", {"chair", "secretariat"}),
        (
            "members",
            {"chair", "secretariat", "focal_point", "other_focal_point", "body_member"},
        ),
    ],
)
def test_who_objected_is_told_as_the_rule_says(silence, people, rule, named_to, told):
    AdoptionRule.objects.update(objectors_named_to=named_to)

    found = {name for name, person in people.items() if sees_objectors(person, silence)}

    assert found == told


def test_drafting_committee_is_told_who_objected(silence, people, body, process):
    ConsultationRulesFactory(process=process, committee=body)

    found = {name for name, person in people.items() if sees_objectors(person, silence)}

    assert found == {"chair", "secretariat", "body_member"}


def test_negotiating_record_is_closed_and_a_text_being_drafted_stays_open(
    revision, meeting, rule, secretariat, process
):
    ConsultationRulesFactory(process=process, record_after="destroyed")
    pen = Pen.objects.create(
        text=revision.text, holder=secretariat, until=timezone.now() + timedelta(hours=1)
    )
    values = {"revision": revision, "meeting": meeting, "day": DAY, "by": secretariat, "now": NOW}
    with pytest.raises(ValidationError, match="Somebody is writing"):
        adopt_in_room(**values)
    pen.delete()

    adopt_in_room(**values)

    assert ClosedRecord.objects.get().way == "destroyed"


def test_usual_rule_names_objectors_to_nobody_else(silence, people, rule):
    AdoptionRule.objects.all().delete()

    found = {name for name, person in people.items() if sees_objectors(person, silence)}

    assert found == {"chair", "secretariat"}


def test_adoption_is_known_to_members_and_once_done_to_readers(silence, people):
    def known():
        today = NOW.date()
        return {
            name
            for name, person in people.items()
            if Adoption.objects.visible_to(person, today).exists()
        }

    members = {"focal_point", "other_focal_point", "body_member", "chair", "secretariat"}
    assert known() == members
    Document.objects.update(audience="public")
    assert known() == members
    silence.adopted_on, silence.state = DAY, "adopted"
    silence.record = Document.objects.create(
        slug="r", audience="public", title={"en": "T"}, kind="report"
    )
    silence.save()
    assert known() == set(people)
