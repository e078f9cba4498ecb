import pytest

from comity.accounts.authority import may
from comity.processes.models import Office, Term
from tests.factories.parties import AffiliationFactory, PartyFactory
from tests.factories.processes import ParticipationFactory, TermFactory

RULES = {
    "processes.edit": {"secretariat"},
    "processes.run": {"secretariat"},
}


@pytest.mark.parametrize("permission", RULES)
def test_process_is_edited_and_run_by_exactly_these_people(people, process, permission):
    allowed = {name for name, person in people.items() if may(person, permission, process)}

    assert allowed == RULES[permission]


def test_term_is_ended_also_by_the_administrator(people, affiliations):
    term = Term.objects.get(party=affiliations["chair"].party)

    allowed = {name for name, who in people.items() if may(who, "processes.end_term", term)}

    assert allowed == {"secretariat", "administrator"}


@pytest.mark.parametrize(
    ("office", "edits", "runs"),
    [
        (Office.SECRETARIAT, True, True),
        (Office.JOINT_SECRETARIAT, True, True),
        (Office.KEEPER, True, False),
        (Office.PRESIDENCY, False, False),
        (Office.COORDINATOR, False, False),
    ],
)
def test_office_edits_and_runs_only_while_it_lasts(process, office, edits, runs):
    affiliation = AffiliationFactory()
    user = affiliation.person.user
    TermFactory(process=process, party=affiliation.party, office=office)
    former = AffiliationFactory()
    TermFactory(process=process, party=former.party, office=office, ends="2021")

    found = [
        [may(who, permission, process) for permission in ("processes.edit", "processes.run")]
        for who in (user, former.person.user)
    ]

    assert found == [[edits, runs], [False, False]]


def test_secretariat_keeps_the_people_of_those_who_take_part_by_mail(people, process):
    party = ParticipationFactory(process=process).party
    left = ParticipationFactory(process=process, ends="2021").party
    strangers = [left, PartyFactory()]

    allowed = {name for name, who in people.items() if may(who, "parties.keep_people", party)}
    elsewhere = [may(people["secretariat"], "parties.keep_people", each) for each in strangers]

    assert allowed == {"secretariat", "administrator"}
    assert elsewhere == [False, False]
