"""Who only keeps the record of a process opens no paper to themselves by it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from comity.accounts.authority import SYSTEM, may
from comity.audit.models import Event
from comity.documents.models import Document
from comity.processes.models import Office, Participation, Seat, Status, Term
from comity.processes.services import (
    ParticipationFacts,
    TermFacts,
    add_participation,
    add_seat,
    add_term,
    change_participation,
    hand_over,
)
from tests.factories.documents import DocumentFactory
from tests.factories.parties import AffiliationFactory, PartyFactory
from tests.factories.processes import ParticipationFactory, TermFactory

OWN = "People of this party sign in here"


@pytest.fixture
def keeper(process):
    affiliation = AffiliationFactory()
    TermFactory(process=process, party=affiliation.party, office=Office.KEEPER)
    return affiliation


def member(begins="2026"):
    return ParticipationFacts(status=Status.MEMBER, begins=begins)


def test_keeper_gives_nothing_to_their_own_party(process, body, keeper):
    DocumentFactory(process=process)
    by, party = keeper.person.user, keeper.party
    chair = TermFactory(process=process, office=Office.PRESIDENCY)
    before = Event.objects.count()
    attempts = [
        lambda: add_participation(process=process, party=party, facts=member(), by=by),
        lambda: add_seat(body=body, party=party, begins="2026", by=by),
        lambda: add_term(
            process=process,
            party=party,
            office=Office.JOINT_SECRETARIAT,
            facts=TermFacts(begins="2026"),
            by=by,
        ),
        lambda: hand_over(term=chair, to=party, on=date(2026, 1, 1), version=1, by=by),
    ]

    for attempt in attempts:
        with pytest.raises(ValidationError, match=OWN):
            attempt()

    held = [model.objects.filter(party=party).count() for model in (Participation, Seat, Term)]
    assert held == [0, 0, 1]
    assert Event.objects.count() == before
    assert list(Document.objects.visible_to(by)) == []


def test_keeper_raises_nothing_that_their_own_party_has(process, keeper):
    own = ParticipationFactory(process=process, party=keeper.party, status=Status.OBSERVER)

    with pytest.raises(ValidationError, match=OWN):
        change_participation(
            participation=own, facts=member("2020"), version=1, by=keeper.person.user
        )

    own.refresh_from_db()
    assert own.status == Status.OBSERVER


def test_keeper_edits_what_other_parties_have(process, keeper):
    party = PartyFactory()

    added = add_participation(process=process, party=party, facts=member(), by=keeper.person.user)

    assert list(Participation.objects.filter(process=process, party=party)) == [added]


def test_secretariat_may_let_its_own_party_take_part(people, affiliations, process):
    party = affiliations["secretariat"].party

    added = add_participation(
        process=process, party=party, facts=member(), by=people["secretariat"]
    )

    assert added.party == party
    assert may(SYSTEM, "processes.entrust", added)


def test_keeper_gives_nothing_to_others_who_sign_in(process, keeper):
    other = AffiliationFactory()

    with pytest.raises(ValidationError, match=OWN):
        add_term(
            process=process,
            party=other.party,
            office=Office.JOINT_SECRETARIAT,
            facts=TermFacts(begins="2026"),
            by=keeper.person.user,
        )

    assert not Term.objects.filter(party=other.party).exists()
