import pytest
from django.utils import timezone

from comity.accounts.authority import may
from comity.parties.models import Affiliation, Party, Person
from tests.conftest import PERSONAS
from tests.factories.parties import AffiliationFactory, PartyFactory

SPEAKER = {"focal_point"}
RULES = {
    "parties.speak": SPEAKER,
    "parties.give_rights": SPEAKER | {"administrator"},
    "parties.keep_people": SPEAKER | {"administrator"},
    "parties.see_people": SPEAKER | {"administrator"},
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


def test_people_of_a_party_by_mail_are_kept_by_the_secretariat(people, affiliations):
    row = affiliations["focal_point"]
    Person.objects.filter(pk=row.person.pk).update(user=None)

    kept = {name for name in PERSONAS if may(people[name], "parties.keep_people", row.party)}

    assert kept == {"secretariat", "administrator"}


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_office_without_a_speaker_is_spoken_for_by_its_organisation(people, affiliations, depth):
    row = affiliations["outsider"]
    Affiliation.objects.filter(pk=row.pk).update(may_speak=True)
    office = row.party
    for _each in range(depth):
        office = PartyFactory(kind="office", part_of=office)
    speaker = AffiliationFactory(party=office)

    before = may(people["outsider"], "parties.speak", office)
    Affiliation.objects.filter(pk=speaker.pk).update(may_speak=True)

    assert [before, may(people["outsider"], "parties.speak", office)] == [True, False]
    assert may(speaker.person.user, "parties.speak", office)
    assert not may(speaker.person.user, "parties.speak", row.party)
    assert not may(people["outsider"], "parties.speak", PartyFactory(kind="office"))


@pytest.mark.parametrize(("kind", "is_of_its_state"), [("territory", False), ("office", True)])
def test_territory_speaks_and_signs_in_for_itself(people, affiliations, kind, is_of_its_state):
    row = affiliations["outsider"]
    Affiliation.objects.filter(pk=row.pk).update(may_speak=True)
    part = PartyFactory(kind=kind, part_of=row.party)

    signing_in = Party.objects.signing_in(timezone.localdate()).filter(pk=part.pk)

    assert may(people["outsider"], "parties.speak", part) is is_of_its_state
    assert signing_in.exists() is is_of_its_state
