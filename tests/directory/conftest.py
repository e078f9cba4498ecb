"""A State with a focal point, an alternate, a post shown and one not, and one vacant."""

import pytest

from comity.parties.models import Party, Place
from tests.factories.parties import (
    AffiliationFactory,
    MinistryFactory,
    PartyNameFactory,
    PersonFactory,
    PostFactory,
)
from tests.factories.processes import ContactFactory, NetworkFactory


@pytest.fixture
def arvenia(affiliations):
    """The party of the focal point, which everybody else's party takes part beside."""
    party = affiliations["focal_point"].party
    Party.objects.filter(pk=party.pk).update(code="QMA")
    party.refresh_from_db()
    PartyNameFactory(party=party, name="Arvenia")
    ministry = MinistryFactory(party=party)
    focal = PostFactory(party=party, ministry=ministry, is_focal_point=True)
    shown = PostFactory(party=party, title={"en": "Consul"}, is_listed=True)
    kept_back = PostFactory(party=party, title={"en": "Analyst"})

    def hold(post, name, **facts):
        person = PersonFactory(
            name=name,
            email=f"{name.split()[0].lower()}@arvenia.example",
            telephone="000 555 0110",
            language="es",
            user=None,
        )
        return AffiliationFactory(person=person, party=party, post=post, **facts)

    hold(focal, "Rosa Altamar", begins="2019", ends="2023-12-31")
    hold(focal, "Pau Merindal", place=Place.ALTERNATE, begins="2021-03-01")
    hold(shown, "Gonzalo Vea", begins="2022")
    hold(kept_back, "Vera Nantes", begins="2022")
    return party


@pytest.fixture
def consulates(process, arvenia):
    network = NetworkFactory(process=process, name={"en": "Network of consulates"})
    ContactFactory(network=network, affiliation=arvenia.affiliations.get(post__is_listed=True))
    return network
