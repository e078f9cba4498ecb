from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.accounts.authority import SYSTEM
from comity.audit.models import Event
from comity.audit.services import EditConflict
from comity.parties.models import Affiliation, Ministry, Party, Person, Place, Post
from comity.parties.services import (
    AffiliationFacts,
    PersonFacts,
    PostFacts,
    add_ministry,
    add_person,
    add_post,
    affiliate,
    end_affiliation,
    link_account,
    rename_party,
)
from comity.search.queries import find
from tests.conftest import PERSONAS
from tests.factories.accounts import UserFactory
from tests.factories.parties import (
    AffiliationFactory,
    MinistryFactory,
    PartyFactory,
    PartyNameFactory,
    PersonFactory,
    PostFactory,
)

DAY = date(2026, 7, 1)
FACTS = PersonFacts(name="Ana Ruiz", email="ana@meridian.example")
SINCE = AffiliationFacts(begins="2026")


@pytest.fixture
def party(affiliations):
    """The party of the focal point, who may speak for it."""
    affiliation = affiliations["focal_point"]
    affiliation.may_speak = True
    affiliation.save()
    return affiliation.party


@pytest.fixture
def speaker(people, party):
    return people["focal_point"]


@pytest.mark.parametrize("persona", sorted({*PERSONAS} - {"focal_point", "administrator"}))
def test_directory_is_closed_to_others(people, affiliations, party, persona):
    by, affiliation = people[persona], affiliations["focal_point"]
    attempts = [
        lambda: add_person(party=party, facts=FACTS, affiliation=SINCE, by=by),
        lambda: add_ministry(party=party, name={"en": "Interior"}, by=by),
        lambda: add_post(party=party, facts=PostFacts(title={"en": "Minister"}), by=by),
        lambda: affiliate(person=PersonFactory(), party=party, facts=SINCE, by=by),
        lambda: end_affiliation(affiliation=affiliation, last_day=DAY, version=1, by=by),
        lambda: link_account(person=PersonFactory(), user=UserFactory(), version=1, by=by),
        lambda: rename_party(party=party, language="en", name="A", on=DAY, by=by),
    ]

    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()
    assert not Event.objects.exists()


@pytest.mark.parametrize("persona", ["focal_point", "administrator"])
def test_person_is_added_with_what_ties_them_to_the_party(people, party, persona):
    made = add_person(party=party, facts=FACTS, affiliation=SINCE, by=people[persona])

    affiliation = made.affiliations.get()
    assert (made.name, made.user, affiliation.party, affiliation.begins) == (
        "Ana Ruiz",
        None,
        party,
        "2026",
    )
    assert list(Event.objects.values_list("action", flat=True)) == [
        "affiliation.added",
        "person.added",
    ]


def test_person_is_added_with_their_affiliation_or_not_at_all(party, speaker):
    with pytest.raises(ValidationError):
        add_person(
            party=party,
            facts=FACTS,
            affiliation=AffiliationFacts(begins="2026-02-30"),
            by=speaker,
        )

    assert not Person.objects.filter(name="Ana Ruiz").exists()
    assert not Event.objects.exists()


def test_secretariat_gives_no_rights_in_a_party(people, affiliations, party):
    Person.objects.filter(pk=affiliations["focal_point"].person.pk).update(user=None)
    by, without_account = people["secretariat"], PersonFactory(user=None)

    with pytest.raises(PermissionDenied):
        affiliate(person=PersonFactory(), party=party, facts=SINCE, by=by)
    facts = AffiliationFacts(begins="2026", may_speak=True)
    with pytest.raises(PermissionDenied):
        affiliate(person=without_account, party=party, facts=facts, by=by)
    affiliate(person=without_account, party=party, facts=SINCE, by=by)

    assert Affiliation.objects.filter(party=party).count() == 2


@pytest.mark.parametrize("persona", ["focal_point", "administrator"])
def test_nobody_gives_rights_to_themselves(people, party, persona):
    by = people[persona]
    own = getattr(by, "person", None) or PersonFactory(user=by)

    with pytest.raises(PermissionDenied):
        affiliate(person=own, party=party, facts=SINCE, by=by)
    with pytest.raises(PermissionDenied):
        link_account(person=PersonFactory(user=None), user=by, version=1, by=by)


def test_platform_affiliates_whom_it_loads(db):
    made = affiliate(person=PersonFactory(), party=PartyFactory(), facts=SINCE, by=SYSTEM)

    assert list(Affiliation.objects.all()) == [made]


def test_account_is_linked_once(people):
    person, user = PersonFactory(user=None), UserFactory()

    linked = link_account(person=person, user=user, version=1, by=people["administrator"])

    assert linked.user == user
    with pytest.raises(ValidationError, match="has an account already"):
        link_account(person=person, user=UserFactory(), version=2, by=people["administrator"])


def test_ministry_and_post_are_the_partys_own(party, speaker):
    ministry = add_ministry(party=party, name={"en": "Ministry of Labour"}, by=speaker)
    facts = PostFacts(title={"en": "Director"}, ministry=ministry, is_focal_point=True)

    post = add_post(party=party, facts=facts, by=speaker)

    assert (list(Ministry.objects.all()), list(Post.objects.all())) == ([ministry], [post])
    assert (post.ministry, post.is_focal_point) == (ministry, True)
    facts = PostFacts(title={"en": "Director"}, ministry=MinistryFactory())
    with pytest.raises(ValidationError, match="ministry belongs to another party"):
        add_post(party=party, facts=facts, by=speaker)


def test_post_has_one_holder_at_a_time_and_any_number_of_alternates(party, speaker):
    post = PostFactory(party=party)
    AffiliationFactory(party=party, post=post, begins="2020", ends="2025-12-31")
    people = [PersonFactory() for _ in range(3)]
    holder = AffiliationFacts(begins="2026-01-01", post=post)
    alternate = AffiliationFacts(begins="2020", post=post, place=Place.ALTERNATE)

    affiliate(person=people[0], party=party, facts=holder, by=speaker)
    affiliate(person=people[1], party=party, facts=alternate, by=speaker)
    with pytest.raises(ValidationError, match="Another holds this post"):
        affiliate(person=people[2], party=party, facts=holder, by=speaker)

    assert post.affiliations.count() == 3


def test_post_of_another_party_is_refused(party, speaker):
    facts = AffiliationFacts(begins="2026", post=PostFactory())

    with pytest.raises(ValidationError, match="post belongs to another party"):
        affiliate(person=PersonFactory(), party=party, facts=facts, by=speaker)


def test_affiliation_ends_once_and_its_rights_with_it(party, speaker):
    affiliation = AffiliationFactory(party=party)
    user = affiliation.person.user

    end_affiliation(affiliation=affiliation, last_day=date(2026, 6, 30), version=1, by=speaker)

    held = [list(Party.objects.of(user, day)) for day in (date(2026, 6, 30), DAY)]
    assert held == [[party], []]
    with pytest.raises(ValidationError, match="ended already"):
        end_affiliation(affiliation=affiliation, last_day=DAY, version=2, by=speaker)
    with pytest.raises(EditConflict):
        end_affiliation(affiliation=affiliation, last_day=DAY, version=1, by=speaker)


@pytest.mark.parametrize("ends", ["2027", "2026/.."])
def test_affiliation_may_end_before_its_planned_end(party, speaker, ends):
    affiliation = AffiliationFactory(party=party, ends=ends)

    ended = end_affiliation(affiliation=affiliation, last_day=DAY, version=1, by=speaker)

    assert ended.ends == "2026-07-01"


@pytest.mark.parametrize("begins", ["", "2003", "../2003"])
def test_party_is_called_by_its_new_name_from_the_day_on(people, party, begins):
    PartyNameFactory(party=party, name="Swaziland", begins=begins)
    PartyNameFactory(party=party, name="Swazilandia", language="es")

    rename_party(
        party=party,
        language="en",
        name="Eswatini",
        on=date(2018, 4, 19),
        by=people["administrator"],
    )

    days = [date(2018, 4, 18), date(2018, 4, 19)]
    assert [str(Party.objects.with_name(day).get(pk=party.pk)) for day in days] == [
        "Swaziland",
        "Eswatini",
    ]
    ends = party.names.order_by("pk").values_list("name", "ends")
    assert list(ends) == [("Swaziland", "2018-04-18"), ("Swazilandia", ""), ("Eswatini", "")]
    event = Event.objects.get()
    assert (event.action, event.before["name"], event.after["name"]) == (
        "party.renamed",
        "Swaziland",
        "Eswatini",
    )


def test_party_gets_its_first_name(people, party):
    made = rename_party(
        party=party, language="fr", name="Arvénie", on=DAY, by=people["administrator"]
    )

    assert list(party.names.all()) == [made]


@pytest.mark.parametrize("begins", ["2026-07-01", "2027"])
def test_new_name_begins_after_the_present_one(people, party, begins):
    PartyNameFactory(party=party, name="Arvenia", begins=begins)

    with pytest.raises(ValidationError) as caught:
        rename_party(party=party, language="en", name="A", on=DAY, by=people["administrator"])

    assert caught.value.message_dict == {"on": ["The present name does not begin before this day."]}
    assert list(party.names.values_list("name", "ends")) == [("Arvenia", "")]


def test_party_is_found_by_its_new_name_at_once(people, party):
    PartyNameFactory(party=party, name="Swaziland")

    rename_party(party=party, language="en", name="Eswatini", on=DAY, by=people["administrator"])

    found = [find(people["visitor"], words).total for words in ("eswatini", "swaziland")]
    assert found == [1, 1]
