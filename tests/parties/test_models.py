from datetime import date

import pytest
from django.utils import translation

from comity.accounts.authority import may
from comity.parties.models import Party, Place, Post
from tests.factories.parties import (
    AffiliationFactory,
    MinistryFactory,
    PartyFactory,
    PartyNameFactory,
    PostFactory,
)


@pytest.fixture
def renamed(db):
    party = PartyFactory(code="dorvane")
    PartyNameFactory(party=party, name="Kingdom of Dorvane", ends="2018-04-18")
    PartyNameFactory(party=party, name="Dorvane Republic", begins="2018-04-19")
    PartyNameFactory(party=party, name="República de Dorvane", language="es", begins="2018-04-19")
    PartyNameFactory(party=party, name="DORVANE", kind="in-source", source="MC/INF/266")
    return party


@pytest.mark.parametrize(
    ("language", "day", "name"),
    [
        ("en", date(2003, 1, 1), "Kingdom of Dorvane"),
        ("en", date(2018, 4, 18), "Kingdom of Dorvane"),
        ("en", date(2018, 4, 19), "Dorvane Republic"),
        ("es", date(2026, 1, 1), "República de Dorvane"),
        ("es", date(2003, 1, 1), "Kingdom of Dorvane"),  # none in Spanish yet
    ],
)
def test_party_is_shown_by_its_name_of_the_day(renamed, language, day, name):
    with translation.override(language):
        assert str(Party.objects.with_name(day).get()) == name


def test_party_without_a_name_is_shown_by_its_code(db):
    PartyFactory(code="QMA")

    assert str(Party.objects.with_name(date(2026, 1, 1)).get()) == "QMA"


def test_party_is_found_by_any_of_its_names(renamed):
    PartyNameFactory(party=PartyFactory(), name="Castaria")

    found = [list(Party.objects.called(words)) for words in ("kingdom", "republic")]

    assert found == [[renamed], [renamed]]


def test_seated_parties_take_part_in_their_own_name(db):
    kinds = ["state", "territory", "supranational", "organisation", "office", "ngo"]
    parties = {kind: PartyFactory(kind=kind) for kind in kinds}

    assert set(Party.objects.seated()) == {parties[kind] for kind in kinds[:3]}


def test_only_a_post_that_may_speak_speaks_and_only_while_it_lasts(db):
    minister = AffiliationFactory(may_speak=True, ends="2024-06-30")
    party, user = minister.party, minister.person.user
    adviser = AffiliationFactory(party=party, may_speak=False)
    AffiliationFactory(person=minister.person, party=party, begins="2024-07-01")  # as an expert

    spoken = [list(Party.objects.spoken_for_by(user, date(2024, month, 30))) for month in (6, 7)]

    assert spoken == [[party], []]
    assert not may(adviser.person.user, "parties.speak", party)
    assert list(Party.objects.of(user, date(2024, 7, 30))) == [party]


def test_post_is_vacant_unless_somebody_certainly_holds_it(db):
    party = PartyFactory()
    posts = {
        "held": PostFactory(party=party, ministry=MinistryFactory(party=party)),
        "left": PostFactory(party=party),
        "alternate only": PostFactory(party=party),
        "vague": PostFactory(party=party),
        "never": PostFactory(party=party),
    }
    AffiliationFactory(party=party, post=posts["held"])
    AffiliationFactory(party=party, post=posts["left"], ends="2025")
    AffiliationFactory(party=party, post=posts["alternate only"], place=Place.ALTERNATE)
    AffiliationFactory(party=party, post=posts["vague"], begins="2026")

    vacant = Post.objects.vacant(date(2026, 6, 30))

    assert set(vacant) == set(posts.values()) - {posts["held"]}
