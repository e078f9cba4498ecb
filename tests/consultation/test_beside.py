"""What a negotiation shows beside its text, and on the desk of who runs it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comity.consultation.beside import proposals_in_margin, ways_from_text
from comity.consultation.desk import proposals_to_decide
from comity.consultation.models import ClosedRecord
from comity.texts.margins import links_beside, notes_beside
from tests.consultation.conftest import NOW, TODAY, close
from tests.factories.consultation import ProposalFactory
from tests.factories.parties import PartyNameFactory


@pytest.fixture
def proposal(consultation, paragraphs, parties):
    PartyNameFactory(party=parties["focal_point"], name="Arvenia")
    return ProposalFactory(
        consultation=consultation, paragraph=paragraphs[1], party=parties["focal_point"]
    )


def test_margin_has_what_its_reader_may_read_and_no_more(
    people, revision, proposal, consultation, paragraphs
):
    def who(name):
        notes = notes_beside(people[name], revision).get(paragraphs[1].pk, [])
        return [(note.who, note.kind) for note in notes]

    named, unnamed = [("Arvenia", "other words")], [("A member", "other words")]
    readers = ("secretariat", "focal_point", "other_focal_point", "observer", "outsider", "visitor")
    assert [who(name) for name in readers] == [named, named, [], [], [], []]

    close(consultation)
    assert [who(name) for name in readers] == [named, named, unnamed, [], [], []]


def test_margin_costs_the_same_with_more_proposals(
    people, revision, proposal, consultation, paragraphs, parties, django_assert_num_queries
):
    with CaptureQueriesContext(connection) as one:
        proposals_in_margin(people["secretariat"], revision)
    for name in ("chair", "body_member"):
        ProposalFactory(consultation=consultation, paragraph=paragraphs[0], party=parties[name])

    with django_assert_num_queries(len(one)):
        proposals_in_margin(people["secretariat"], revision)


def test_ways_lead_each_where_they_may_go(people, revision, consultation, committee, text):
    def labels(name):
        return [link.label for link in links_beside(people[name], revision)]

    rooms = ["What was proposed", "Drafting room"]
    assert set(rooms) <= set(labels("chair"))
    ours = [link.label for link in ways_from_text(people["secretariat"], revision)]
    assert ours == [*rooms, "Ask members for words"]
    assert [link.label for link in ways_from_text(people["body_member"], revision)] == rooms
    assert list(ways_from_text(people["observer"], revision)) == []

    ClosedRecord.objects.create(text=text, way="sealed", content={}, closed_at=NOW)
    ours = [link.label for link in ways_from_text(people["chair"], revision)]
    assert ours == [*rooms, "Negotiating record"]


def test_desk_says_how_many_proposals_wait(people, proposal, consultation, parties):
    (item,) = proposals_to_decide(people["secretariat"], TODAY)
    assert item.remark == "1 proposal to decide on"

    proposal.outcome = "taken"
    proposal.save()
    assert [list(proposals_to_decide(each, TODAY)) for each in (people["secretariat"],)] == [[]]
    assert list(proposals_to_decide(people["chair"], TODAY)) == []
