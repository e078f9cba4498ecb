"""What can be changed of a party: its names, its place, its offices."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.audit.models import Event
from comity.audit.services import EditConflict
from comity.parties.models import NameKind, Party
from comity.parties.services import (
    NameFacts,
    PartyFacts,
    add_office,
    change_name,
    change_party,
    rename_in_languages,
)
from comity.search.queries import find
from tests.conftest import PERSONAS
from tests.factories.parties import PartyFactory, PartyNameFactory

DAY = date(2018, 4, 19)


@pytest.fixture
def by(people):
    return people["administrator"]


@pytest.fixture
def party(db):
    party = PartyFactory(kind="organisation", code="mso", region="americas", is_made_up=True)
    PartyNameFactory(party=party, name="Meridian Office")
    PartyNameFactory(party=party, name="Bureau du Méridien", language="fr")
    return party


def named(party):
    rows = party.names.order_by("language", "begins").values_list(
        "language", "name", "begins", "ends"
    )
    return [" ".join(filter(None, row)) for row in rows]


@pytest.mark.parametrize("persona", sorted({*PERSONAS} - {"administrator"}))
def test_party_is_edited_by_nobody_else(people, party, persona):
    name, by = party.names.first(), people[persona]
    attempts = [
        lambda: rename_in_languages(party=party, names={}, on=DAY, version=1, by=by),
        lambda: change_name(name=name, facts=NameFacts("A"), version=1, by=by),
        lambda: change_party(party=party, facts=PartyFacts(), version=1, by=by),
        lambda: add_office(organisation=party, code="a", names={}, facts=PartyFacts(), by=by),
    ]

    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()
    assert not Event.objects.exists()


def test_party_is_renamed_in_several_languages_at_once(party, by):
    names = {"en": "Meridian Bureau", "ru": "Бюро Меридиана"}

    rename_in_languages(party=party, names=names, on=DAY, version=1, by=by, source="Note 12")

    assert named(party) == [
        "en Meridian Office 2018-04-18",
        "en Meridian Bureau 2018-04-19",
        "fr Bureau du Méridien",
        "ru Бюро Меридиана 2018-04-19",
    ]
    with pytest.raises(EditConflict):
        rename_in_languages(party=party, names=names, on=DAY, version=1, by=by)


def test_one_name_is_corrected_and_found(party, by):
    name = party.names.get(language="en")
    facts = NameFacts("Meridian Bureau", begins="2001", ends="2018-04")

    change_name(name=name, facts=facts, version=1, by=by)

    assert named(party)[0] == "en Meridian Bureau 2001 2018-04"
    event = Event.objects.get()
    assert (event.action, event.before["name"], event.after["name"]) == (
        "party.name_corrected",
        "Meridian Office",
        "Meridian Bureau",
    )
    assert find(by, "Meridian Bureau").total == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (NameFacts("A", begins="2018", ends="2001"), "ends"),
        (NameFacts("A", begins="2018-02-30", ends="2019"), "begins"),
        (NameFacts("", begins="2018"), "name"),
    ],
)
def test_name_that_cannot_be_is_refused_at_its_field(party, by, facts, field):
    with pytest.raises(ValidationError) as refused:
        change_name(name=party.names.first(), facts=facts, version=1, by=by)

    assert list(refused.value.message_dict) == [field]
    assert Party.objects.get(pk=party.pk).version == 1


def test_what_a_source_writes_is_not_changed(party, by):
    name = PartyNameFactory(party=party, kind=NameKind.IN_SOURCE, name="Merid. Office")

    with pytest.raises(ValidationError) as refused:
        change_name(name=name, facts=NameFacts("A"), version=1, by=by)

    assert refused.value.messages == ["What a source writes is not changed."]


def test_party_says_where_it_is_and_until_when_it_existed(party, by):
    facts = PartyFacts(acronym="MSO", place="Havenor Bay", ends="2026")

    changed = change_party(party=party, facts=facts, version=1, by=by)

    assert (changed.acronym, changed.place, changed.ends, changed.version) == (
        "MSO",
        "Havenor Bay",
        "2026",
        2,
    )


def test_office_belongs_to_its_organisation_and_is_found(party, by):
    office = add_office(
        organisation=party,
        code="mso-galdo",
        names={"en": "Mission in Galdo", "fr": "Mission à Galdo"},
        facts=PartyFacts(place="Puerto Galdo"),
        by=by,
    )

    assert (office.kind, office.part_of, office.region, office.is_made_up) == (
        "office",
        party,
        "americas",
        True,
    )
    assert named(office) == ["en Mission in Galdo", "fr Mission à Galdo"]
    assert find(by, "Galdo").total == 1
    with pytest.raises(ValidationError) as taken:
        add_office(organisation=party, code="mso", names={}, facts=PartyFacts(), by=by)
    assert list(taken.value.message_dict) == ["code"]
