"""Who reads drafts, proposals and the names of those who made them."""

import pytest

from comity.accounts.authority import SYSTEM
from comity.calls.models import Submission
from comity.consultation.models import Proposal
from comity.processes.models import Participation, Seat
from comity.texts.models import Revision, RevisionState
from tests.consultation.conftest import TODAY, close, names
from tests.factories.consultation import ProposalFactory

MEMBERS = {"focal_point", "other_focal_point", "body_member", "chair"}
LEADING = {"chair", "secretariat"}
OTHERS = {"observer", "partner"}


@pytest.fixture
def proposal(consultation, paragraphs, parties):
    return ProposalFactory(
        consultation=consultation, paragraph=paragraphs[1], party=parties["focal_point"]
    )


def readers(people):
    return names(people, lambda person: Proposal.objects.visible_to(person, TODAY))


def naming(people):
    """Return who reads the proposal and sees whose it is."""

    def named(person):
        seen = Proposal.objects.visible_to(person, TODAY).with_names_for(person, TODAY)
        return seen.filter(is_named=True)

    return names(people, named)


def test_proposal_is_read_by_its_author_and_who_drafts_until_the_close(people, proposal):
    assert readers(people) == {"focal_point", *LEADING}


def test_committee_reads_it_too(people, proposal, committee):
    assert readers(people) == {"focal_point", "body_member", *LEADING}


def test_observers_seat_in_the_committee_opens_nothing(people, parties, proposal, committee):
    Seat.objects.create(body=committee, party=parties["observer"], begins="2020")

    assert readers(people) == {"focal_point", "body_member", *LEADING}


def test_members_read_it_once_the_call_is_closed(people, proposal, consultation):
    close(consultation)

    assert readers(people) == {*MEMBERS, "secretariat"}


def test_observers_read_it_then_where_the_process_says_so(people, proposal, consultation, rules):
    rules(observers_read_drafts=True)
    assert readers(people) == {"focal_point", *LEADING}

    close(consultation)
    assert readers(people) == {*MEMBERS, "secretariat", *OTHERS}


def test_platform_reads_all_with_names(proposal):
    (found,) = Proposal.objects.visible_to(SYSTEM, TODAY).with_names_for(SYSTEM, TODAY)

    assert found.is_named


@pytest.mark.parametrize(
    ("shown_to", "seen_by"),
    [
        (None, {"focal_point", *LEADING}),
        ("secretariat", {"focal_point", "secretariat"}),
        ("committee", {"focal_point", "body_member", *LEADING}),
        ("members", {*MEMBERS, "secretariat"}),
        ("audience", {*MEMBERS, "secretariat", *OTHERS}),
    ],
)
def test_names_are_seen_by_whom_the_process_says(
    people, proposal, consultation, rules, body, shown_to, seen_by
):
    close(consultation)
    if shown_to:
        rules(names_shown_to=shown_to, committee=body, observers_read_drafts=True)

    assert naming(people) == seen_by


def test_barred_member_reads_its_own_alone(people, parties, proposal, consultation):
    Participation.objects.filter(party=parties["chair"]).update(status="suspended")
    Participation.objects.filter(party=parties["focal_point"]).update(status="withdrawn")
    close(consultation)

    assert readers(people) == {*MEMBERS, "secretariat"} - {"chair"}


def test_engine_never_shows_what_a_state_answered(people, proposal, consultation):
    close(consultation)
    shown = names(people, lambda person: Submission.objects.visible_to(person, TODAY))

    assert shown == {"focal_point", "secretariat"}


def test_order_of_proposals_does_not_tell_who_was_first(consultation, paragraphs, parties):
    for name, words in (("chair", "b"), ("focal_point", "c"), ("body_member", "a")):
        ProposalFactory(
            consultation=consultation, paragraph=paragraphs[1], party=parties[name], words=words
        )

    assert [each.words for each in Proposal.objects.all()] == ["a", "b", "c"]


def test_draft_is_read_by_members_alone(people, revision):
    def reads(person):
        return Revision.objects.visible_to(person, TODAY)

    assert names(people, reads) == {*MEMBERS, "secretariat"}


def test_observers_read_drafts_where_the_process_says_so(people, revision, rules):
    rules(observers_read_drafts=True)

    def reads(person):
        return Revision.objects.visible_to(person, TODAY)

    assert names(people, reads) == {*MEMBERS, "secretariat", *OTHERS}


def test_final_text_is_read_by_its_audience(people, revision):
    Revision.objects.filter(pk=revision.pk).update(state=RevisionState.FINAL)

    def reads(person):
        return Revision.objects.visible_to(person, TODAY)

    assert names(people, reads) == {*MEMBERS, "secretariat", *OTHERS}
