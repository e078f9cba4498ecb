import pytest

from comity.accounts.authority import may
from tests.conftest import PERSONAS

SPEAKER = {"focal_point"}
RULES = {
    "parties.speak": SPEAKER,
    "parties.give_rights": SPEAKER | {"administrator"},
    "parties.keep_people": SPEAKER | {"administrator", "secretariat"},
    "parties.see_people": SPEAKER | {"administrator", "secretariat"},
    "parties.edit": {"administrator"},
    "parties.erase_person": {"administrator"},
    "parties.link_account": {"administrator"},
}


@pytest.mark.parametrize("permission", RULES)
def test_party_is_kept_by_exactly_these_people(people, affiliations, permission):
    affiliation = affiliations["focal_point"]
    affiliation.may_speak = True
    affiliation.save()

    allowed = {name for name in PERSONAS if may(people[name], permission, affiliation.party)}

    assert allowed == RULES[permission]
