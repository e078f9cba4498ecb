"""Nobody holds anything in a process that certainly had not begun."""

import pytest
from django.core.exceptions import ValidationError

from comity.processes.models import Office, Participation, Status
from comity.processes.services import (
    ParticipationFacts,
    TermFacts,
    add_participation,
    add_seat,
    add_term,
    change_participation,
)
from tests.factories.parties import PartyFactory
from tests.factories.processes import ParticipationFactory

TOLD = "Choose 10 March 2016 or a later day."


@pytest.fixture
def begun(process):
    process.begins = "2016-03-10"
    process.save()
    process.refresh_from_db()
    return process


def additions(process, body, party, by, begins):
    """Return how each thing that a party holds is added."""
    member = ParticipationFacts(status=Status.MEMBER, begins=begins)
    term = {"office": Office.COORDINATOR, "facts": TermFacts(begins=begins)}
    return [
        lambda: add_participation(process=process, party=party, facts=member, by=by),
        lambda: add_term(process=process, party=party, by=by, **term),
        lambda: add_seat(body=body, party=party, begins=begins, by=by),
    ]


def test_what_began_before_the_process_is_refused(begun, body, people):
    for add in additions(begun, body, PartyFactory(), people["secretariat"], "2012"):
        with pytest.raises(ValidationError) as error:
            add()
        assert error.value.message_dict == {"begins": [TOLD]}


@pytest.mark.parametrize("begins", ["2016", "2016-03-10", "../2020"])
def test_what_may_have_begun_with_it_is_taken(begun, body, people, begins):
    for add in additions(begun, body, PartyFactory(), people["secretariat"], begins):
        assert add().begins == begins


def test_change_is_held_to_the_same_day(begun, people):
    party = PartyFactory()
    row = ParticipationFactory(process=begun, party=party, begins="2020")
    facts = ParticipationFacts(status=Status.MEMBER, begins="2012")

    with pytest.raises(ValidationError) as error:
        change_participation(participation=row, facts=facts, version=1, by=people["secretariat"])

    assert error.value.message_dict == {"begins": [TOLD]}


def test_what_is_no_date_is_told_as_such(begun, people):
    facts = ParticipationFacts(status=Status.MEMBER, begins="once")
    party = PartyFactory()

    with pytest.raises(ValidationError) as error:
        add_participation(process=begun, party=party, facts=facts, by=people["secretariat"])

    assert TOLD not in error.value.messages


def test_party_does_not_take_part_on_behalf_of_itself(process, people):
    party = PartyFactory()
    facts = ParticipationFacts(status=Status.MEMBER, begins="2020", for_territory=party)

    with pytest.raises(ValidationError, match="not of itself"):
        add_participation(process=process, party=party, facts=facts, by=people["secretariat"])

    assert not Participation.objects.filter(party=party).exists()
