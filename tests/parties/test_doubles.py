"""Who sends the form of a person, a ministry or a post twice means one."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from comity.audit.models import Event
from comity.parties.models import Ministry, Person, Post
from comity.parties.services import (
    AffiliationFacts,
    PersonFacts,
    PostFacts,
    add_ministry,
    add_person,
    add_post,
)
from tests.factories.parties import MinistryFactory, PartyFactory

ANA = PersonFacts(name="Ana Ruiz", email="ana@arvenia.example")
SINCE = AffiliationFacts(begins="2026")
FORMS = {
    "person_add": {"name": "Ana Ruiz", "place": "holder", "begins": "2026"},
    "ministry_add": {"name_en": "Interior"},
    "post_add": {"title_en": "Consul"},
}


@pytest.fixture
def by(people):
    return people["administrator"]


@pytest.mark.parametrize("name", FORMS)
def test_form_sent_twice_adds_one_and_says_so(client, by, name):
    address = reverse(f"parties:{name}", args=[PartyFactory().code])
    client.force_login(by)

    first = client.post(address, FORMS[name])
    events = Event.objects.count()
    second = client.post(address, FORMS[name])

    assert (first.status_code, second.status_code) == (302, 422)
    assert "in the list already." in second.content.decode()
    assert Event.objects.count() == events


def test_ministry_of_that_name_in_any_language_is_refused(by):
    party = PartyFactory()
    add_ministry(party=party, name={"en": "Interior", "fr": "Intérieur"}, by=by)

    with pytest.raises(ValidationError, match="These words stand"):
        add_ministry(party=party, name={"fr": "INTERIEUR"}, by=by)
    add_ministry(party=party, name={"en": "Labour"}, by=by)
    add_ministry(party=PartyFactory(), name={"en": "Interior"}, by=by)

    assert Ministry.objects.count() == 3


def test_post_of_that_title_stands_once_in_a_ministry(by):
    party, consul = PartyFactory(), PostFacts({"en": "Consul"})
    ministry = MinistryFactory(party=party)
    add_post(party=party, facts=consul, by=by)

    with pytest.raises(ValidationError, match="These words stand"):
        add_post(party=party, facts=replace(consul, is_listed=True), by=by)
    add_post(party=party, facts=replace(consul, ministry=ministry), by=by)
    add_post(party=PartyFactory(), facts=consul, by=by)

    assert Post.objects.count() == 3


def test_two_people_of_one_name_are_told_apart_by_what_else_is_said(by):
    party = PartyFactory()
    add_person(party=party, facts=ANA, affiliation=SINCE, by=by)

    with pytest.raises(ValidationError, match="This person is in the list already"):
        add_person(
            party=party, facts=replace(ANA, email="ANA@arvenia.example"), affiliation=SINCE, by=by
        )
    add_person(party=party, facts=replace(ANA, email="ruiz@x.example"), affiliation=SINCE, by=by)
    add_person(party=party, facts=ANA, affiliation=replace(SINCE, begins="2025"), by=by)
    add_person(party=PartyFactory(), facts=ANA, affiliation=SINCE, by=by)

    assert Person.objects.filter(name="Ana Ruiz").count() == 4
