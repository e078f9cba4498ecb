import pytest

from comity.accounts.authority import SYSTEM, may
from comity.processes.models import Office, Status
from tests.conftest import PERSONAS
from tests.factories.parties import PartyFactory
from tests.factories.processes import ParticipationFactory, TermFactory

MEMBERS = {"focal_point", "other_focal_point", "body_member", "chair", "secretariat"}


def holding(people, permission, target):
    return {name for name in PERSONAS if may(people[name], permission, target)}


def test_directory_is_read_by_members_and_the_secretariat(people, process):
    assert holding(people, "directory.read", process) == MEMBERS


def test_suspended_member_reads_it_no_more(people, process, affiliations):
    party = affiliations["chair"].party
    ParticipationFactory(process=process, party=party, status=Status.SUSPENDED, begins="2024")

    assert holding(people, "directory.read", process) == MEMBERS - {"chair"}


def test_party_is_not_edited_by_who_keeps_the_record_of_its_process(people, process, affiliations):
    keeper = affiliations["observer"].party
    TermFactory(process=process, party=keeper, office=Office.KEEPER)

    edited = holding(people, "parties.edit", affiliations["chair"].party)

    assert edited == {"administrator"}
    assert may(SYSTEM, "parties.edit", keeper)


@pytest.mark.parametrize(
    ("kind", "editors"),
    [("organisation", {"administrator", "outsider"}), ("state", {"administrator"})],
)
def test_organisation_edits_itself_and_its_offices_and_a_state_does_not(
    people, affiliations, kind, editors
):
    row = affiliations["outsider"]
    row.may_speak = True
    row.save()
    row.party.kind = kind
    row.party.save()
    office = PartyFactory(kind="office", part_of=row.party)

    assert holding(people, "parties.edit", row.party) == editors
    assert holding(people, "parties.edit", office) == editors
