"""What a consultation asks, whom it may ask, and what becomes of an answer."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.audit.models import Event
from comity.calls.kinds import fields_of
from comity.calls.models import Call, Reply
from comity.calls.services import ask_more, open_call, record_answer, save_entries
from comity.consultation.asking import Said, said_in
from comity.consultation.models import ClosedRecord, Consultation, Proposal, ProposalKind
from comity.consultation.services.consulting import ConsultationFacts, prepare_consultation
from comity.processes.models import Participation
from comity.texts.models import Revision
from tests.conftest import PERSONAS
from tests.consultation.conftest import NOW

FACTS = ConsultationFacts(subject={"en": "Words"}, due_at=datetime(2030, 1, 1, tzinfo=UTC))


def kept():
    """Return what there is of proposals, without who made them."""
    fields = ("paragraph", "kind", "language", "words", "comment", "outcome")
    return sorted(Proposal.objects.values_list(*fields), key=str)


def test_members_are_asked_for_words_on_a_circulated_revision(revision, secretariat, parties):
    consultation = prepare_consultation(revision=revision, facts=FACTS, by=secretariat)
    call = consultation.call
    opened = open_call(call=call, version=call.version, by=secretariat, now=NOW)

    asked = set(opened.replies.values_list("party", flat=True))
    members = ("focal_point", "other_focal_point", "body_member", "chair")
    assert asked == {parties[name].pk for name in members}
    assert (call.release, call.audience, call.kind) == ("never", "secretariat", "consultation")


@pytest.mark.parametrize("name", sorted({*PERSONAS} - {"secretariat"}))
def test_nobody_else_consults(revision, people, name):
    with pytest.raises(PermissionDenied):
        prepare_consultation(revision=revision, facts=FACTS, by=people[name])


def test_draft_and_closed_texts_are_not_consulted_on(revision, secretariat):
    Revision.objects.filter(pk=revision.pk).update(state="draft", frozen_at=None)
    revision.refresh_from_db()
    with pytest.raises(ValidationError, match="Circulate"):
        prepare_consultation(revision=revision, facts=FACTS, by=secretariat)

    Revision.objects.filter(pk=revision.pk).update(state="circulated", frozen_at=NOW)
    revision.refresh_from_db()
    ClosedRecord.objects.create(text=revision.text, way="destroyed", closed_at=NOW)
    with pytest.raises(ValidationError, match="is closed"):
        prepare_consultation(revision=revision, facts=FACTS, by=secretariat)


@pytest.mark.parametrize("name", ["observer", "partner"])
def test_observer_is_never_asked(revision, secretariat, parties, name):
    facts = ConsultationFacts(FACTS.subject, FACTS.due_at, parties=[parties[name]])
    call = prepare_consultation(revision=revision, facts=facts, by=secretariat).call
    with pytest.raises(ValidationError, match="Only members propose"):
        open_call(call=call, version=call.version, by=secretariat, now=NOW)

    facts = ConsultationFacts(FACTS.subject, FACTS.due_at, parties=[parties["chair"]])
    call = prepare_consultation(revision=revision, facts=facts, by=secretariat).call
    call = open_call(call=call, version=call.version, by=secretariat, now=NOW)
    with pytest.raises(ValidationError, match="Only members propose"):
        ask_more(call=call, parties=[parties[name]], by=secretariat)


def test_observers_seat_or_place_in_a_list_is_no_way_round(
    revision, secretariat, parties, body, consultation
):
    Call.objects.filter(pk=consultation.call_id).update(
        state="prepared", opened_at=None, asked_by="status", asked_statuses=["member", "observer"]
    )
    call = Call.objects.get(pk=consultation.call_id)

    with pytest.raises(ValidationError, match="Only members propose"):
        open_call(call=call, version=call.version, by=secretariat, now=NOW)


def test_call_without_a_text_or_that_releases_answers_is_not_opened(
    process, consultation, secretariat
):
    Call.objects.filter(pk=consultation.call_id).update(
        state="prepared", opened_at=None, release="close", audience="members"
    )
    call = Call.objects.get(pk=consultation.call_id)
    with pytest.raises(ValidationError, match="never released"):
        open_call(call=call, version=call.version, by=secretariat, now=NOW)

    Consultation.objects.all().delete()
    with pytest.raises(ValidationError, match="on which text"):
        open_call(call=call, version=call.version, by=secretariat, now=NOW)


def test_each_paragraph_has_its_boxes(reply, paragraphs):
    fields = fields_of(reply.call, reply.party)

    parts = [f"p{each.pk}.{part}" for each in paragraphs for part in BOXES]
    assert list(fields) == ["language", *parts, "general"]
    assert [code for code, _words in fields["language"].options] == ["es", "en"]


BOXES = ("words", "delete", "after", "comment")


def test_accepted_answer_becomes_proposals(answered, paragraphs, parties):
    first, second, third = (each.pk for each in paragraphs)

    answered(
        **{
            f"p{first}_words": "We recognize  it.",
            f"p{second}_words": "States may try.",
            f"p{second}_comment": "Shorter.",
            f"p{third}_delete": True,
            f"p{third}_after": "We part.",
            "general": "Good.",
        }
    )

    assert kept() == sorted(
        [
            (second, "words", "en", "States may try.", "Shorter.", "open"),
            (third, "delete", "en", "", "", "open"),
            (third, "after", "en", "We part.", "", "open"),
            (None, "comment", "en", "", "Good.", "open"),
        ],
        key=str,
    )
    assert set(Proposal.objects.values_list("party", flat=True)) == {parties["focal_point"].pk}


def test_log_does_not_tell_whose_or_what(answered, paragraphs):
    answered(**{f"p{paragraphs[0].pk}_words": "Unheard of."})

    told = [(event.before, event.after) for event in Event.objects.filter(action="proposal.kept")]
    assert told == [({}, {})]
    assert not any("Unheard" in str(event.after) for event in Event.objects.all())


def test_correction_replaces_withdraws_and_leaves_what_is_the_same(answered, paragraphs):
    first, second, third = (each.pk for each in paragraphs)
    answered(**{f"p{first}_words": "One.", f"p{second}_words": "Two.", f"p{third}_words": "Three."})
    decided = Proposal.objects.get(paragraph=third)
    Proposal.objects.filter(pk=decided.pk).update(outcome="taken")

    answered(**{f"p{first}_words": "One.", f"p{second}_words": "Two, rather."})

    assert kept() == sorted(
        [
            (first, "words", "en", "One.", "", "open"),
            (second, "words", "en", "Two.", "", "replaced"),
            (second, "words", "en", "Two, rather.", "", "open"),
            (third, "words", "en", "Three.", "", "taken"),
        ],
        key=str,
    )

    answered()
    assert {row[-1] for row in kept()} == {"replaced", "withdrawn", "taken"}


def test_what_was_a_member_when_it_was_asked_proposes_nothing_afterwards(
    reply, focal_point, secretariat, paragraphs
):
    Participation.objects.filter(party=reply.party).update(status="observer")
    values = {"language": "en", f"p{paragraphs[0].pk}.words": "Watch this."}
    with pytest.raises(ValidationError, match="not asked"):
        save_entries(reply=reply, values=values, seen={}, by=focal_point)
    with pytest.raises(ValidationError, match="not asked"):
        record_answer(reply=reply, values=values, way="room", by=secretariat)
    with pytest.raises(ValidationError, match="Only members propose"):
        record_answer(reply=reply, values={}, way="room", by=secretariat)

    assert (Proposal.objects.count(), Reply.objects.get().state) == (0, "awaited")


def test_answers_are_read_as_what_they_want():
    values = {"p7.after": "New.", "p7.comment": "Why not.", "p8.comment": "So.", "p9.x": "?"}

    assert said_in(values, {}) == [
        Said(7, ProposalKind.AFTER, "New.", "Why not."),
        Said(8, ProposalKind.COMMENT, "", "So."),
    ]
    assert said_in({"p7.words": "Same.", "p7.comment": "?"}, {7: "Same."}) == [
        Said(7, ProposalKind.COMMENT, "", "?")
    ]
