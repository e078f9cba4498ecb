"""A term that cannot be added is refused with the name of the one in its way."""

import pytest
from django.core.exceptions import ValidationError

from comity.processes.models import Office, Term
from comity.processes.services import TermFacts, add_term
from tests.factories.parties import PartyFactory


@pytest.fixture
def secretariat(people):
    return people["secretariat"]


@pytest.fixture
def term(affiliations):
    return Term.objects.get(party=affiliations["chair"].party)


@pytest.mark.parametrize(
    ("begins", "ends", "way_out"),
    [
        ("2021", "", "Hand the office over instead."),
        ("2016", "2021", "Choose days outside that term, or correct it first."),
    ],
)
def test_term_in_the_way_is_named_with_the_way_out(
    secretariat, process, term, begins, ends, way_out
):
    facts = TermFacts(begins=begins, ends=ends)

    with pytest.raises(ValidationError) as refused:
        add_term(
            process=process,
            office=Office.PRESIDENCY,
            party=PartyFactory(),
            facts=facts,
            by=secretariat,
        )

    assert refused.value.messages == [
        f"Another term covers these days: {term.party.code}, since 2020. {way_out}"
    ]
