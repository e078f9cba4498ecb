"""What can be changed of posts, ministries and people, and who is erased."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.utils import timezone

from comity.accounts.authority import SYSTEM, may
from comity.audit.models import Event
from comity.audit.queries import history_of, read_history
from comity.audit.services import EditConflict
from comity.parties.models import Affiliation, Ministry, Person, Place, Post
from comity.parties.services import (
    AffiliationFacts,
    PersonFacts,
    PostFacts,
    add_person,
    affiliate,
    change_affiliation,
    change_person,
    change_post,
    erase_people_gone,
    erase_person,
    remove_ministry,
    remove_post,
    rename_ministry,
)
from tests.conftest import PERSONAS
from tests.factories.parties import (
    AffiliationFactory,
    MinistryFactory,
    PartyFactory,
    PersonFactory,
    PostFactory,
)
from tests.factories.processes import ParticipationFactory

FACTS = PersonFacts(name="Ana Ruiz", email="ana@meridian.example", telephone="000 555 0199")
KEEPERS = {"focal_point", "administrator"}
DAY = date(2026, 7, 1)


@pytest.fixture
def by_mail(process):
    """A party that takes part and of which nobody signs in."""
    return ParticipationFactory(process=process).party


@pytest.fixture
def party(affiliations):
    affiliation = affiliations["focal_point"]
    affiliation.may_speak = True
    affiliation.save()
    return affiliation.party


def allowed(people, attempt):
    """Return who may do it; ``attempt`` is given the person."""
    found = set()
    for name in PERSONAS:
        try:
            attempt(people[name])
        except PermissionDenied:
            continue
        except ValidationError:
            pass
        found.add(name)
    return found


def test_posts_and_ministries_are_changed_by_exactly_these_people(people, party):
    ministry, post = MinistryFactory(party=party), PostFactory(party=party)
    attempts = [
        lambda by: rename_ministry(ministry=ministry, name={"en": "A"}, version=0, by=by),
        lambda by: remove_ministry(ministry=ministry, version=0, by=by),
        lambda by: change_post(post=post, facts=PostFacts({"en": "A"}), version=0, by=by),
        lambda by: remove_post(post=post, version=0, by=by),
    ]

    for attempt in attempts:
        assert allowed(people, attempt) == KEEPERS


def test_ministry_is_renamed_and_removed_once_no_post_stands_in_it(people, party):
    by, ministry = people["focal_point"], MinistryFactory(party=party)
    post = PostFactory(party=party, ministry=ministry)

    renamed = rename_ministry(ministry=ministry, name={"en": "Labour"}, version=1, by=by)
    with pytest.raises(ValidationError) as refused:
        remove_ministry(ministry=renamed, version=2, by=by)
    change_post(post=post, facts=PostFacts({"en": "Adviser"}), version=1, by=by)
    remove_ministry(ministry=renamed, version=2, by=by)

    assert refused.value.messages == ["Posts stand in this ministry. Move them first."]
    assert not Ministry.objects.exists()
    assert list(Event.objects.values_list("action", flat=True)) == [
        "ministry.removed",
        "post.changed",
        "ministry.renamed",
    ]


def test_ministry_of_another_party_is_refused(people, party):
    post = PostFactory(party=party)
    facts = PostFacts({"en": "Adviser"}, ministry=MinistryFactory())

    with pytest.raises(ValidationError) as refused:
        change_post(post=post, facts=facts, version=1, by=people["focal_point"])

    assert refused.value.message_dict == {"ministry": ["This ministry belongs to another party."]}


def test_post_is_removed_only_where_nobody_held_it(people, party):
    by, free, held = people["focal_point"], PostFactory(party=party), PostFactory(party=party)
    AffiliationFactory(party=party, post=held, begins="2001", ends="2002")

    remove_post(post=free, version=1, by=by)
    with pytest.raises(ValidationError) as refused:
        remove_post(post=held, version=1, by=by)

    assert refused.value.messages == ["Somebody holds or held this post: it stays in the record."]
    assert list(Post.objects.all()) == [held]


def test_person_is_changed_by_themselves_and_by_who_keeps_the_people(people, party):
    person = people["focal_point"].person

    changed = allowed(
        people, lambda by: change_person(person=person, facts=FACTS, version=0, by=by)
    )

    assert changed == KEEPERS
    assert may(SYSTEM, "parties.change_person", person)


def test_person_changes_their_own_address_and_the_second_editor_is_told(people, affiliations):
    by = people["observer"]

    changed = change_person(person=by.person, facts=FACTS, version=1, by=by)
    with pytest.raises(EditConflict) as conflict:
        change_person(person=changed, facts=PersonFacts("Ana"), version=1, by=by)

    assert (changed.name, changed.email) == ("Ana Ruiz", "ana@meridian.example")
    assert [row.name for row in conflict.value.differences] == ["name", "email", "telephone"]


def test_who_went_to_another_party_is_kept_there(people, party):
    person = PersonFactory(user=None)
    AffiliationFactory(person=person, party=party, begins="2001", ends="2002")
    before = may(people["focal_point"], "parties.change_person", person)
    AffiliationFactory(person=person, party=PartyFactory(), begins="2003")

    assert (before, may(people["focal_point"], "parties.change_person", person)) == (True, False)


def test_affiliation_is_changed_and_says_who_entered_it(people, by_mail):
    post = PostFactory(party=by_mail)
    row = AffiliationFactory(party=by_mail, person__user=None)
    facts = AffiliationFacts(begins="2021", post=post, place=Place.ALTERNATE)

    by_secretariat = change_affiliation(
        affiliation=row, facts=facts, version=1, by=people["secretariat"]
    )
    entered = by_secretariat.is_entered_for_party
    own = AffiliationFactory(party=by_mail, may_speak=True).person.user
    by_state = change_affiliation(affiliation=by_secretariat, facts=facts, version=2, by=own)

    assert (entered, by_state.is_entered_for_party) == (True, False)
    assert (by_state.post, by_state.place, by_state.begins) == (post, "alternate", "2021")


def test_what_the_secretariat_enters_for_a_party_is_marked(people, by_mail):
    person = add_person(
        party=by_mail,
        facts=FACTS,
        affiliation=AffiliationFacts(begins="2026"),
        by=people["secretariat"],
    )
    facts = AffiliationFacts(begins="2026")
    other = affiliate(person=person, party=by_mail, facts=facts, by=SYSTEM)

    assert person.affiliations.first().is_entered_for_party
    assert not other.is_entered_for_party


@pytest.mark.parametrize("persona", ["secretariat", "focal_point"])
def test_rights_are_changed_neither_by_the_secretariat_nor_by_their_holder(
    people, affiliations, party, persona
):
    row = affiliations["focal_point"]
    without = AffiliationFactory(party=party, person__user=None)
    facts = AffiliationFacts(begins="2020", may_speak=True)

    with pytest.raises(PermissionDenied):
        change_affiliation(affiliation=row, facts=facts, version=1, by=people[persona])
    with pytest.raises(PermissionDenied):
        change_affiliation(affiliation=without, facts=facts, version=1, by=people["secretariat"])

    assert not Event.objects.exists()


def test_post_is_held_by_one_at_a_time_and_its_holder_may_be_changed(people, party):
    by, post = people["focal_point"], PostFactory(party=party)
    row = AffiliationFactory(party=party, post=post, person__user=None)
    other = AffiliationFactory(party=party, person__user=None)
    facts = AffiliationFacts(begins="2020-05-01", post=post)

    change_affiliation(affiliation=row, facts=facts, version=1, by=by)
    with pytest.raises(ValidationError) as held:
        change_affiliation(affiliation=other, facts=facts, version=1, by=by)
    wrong = AffiliationFacts(begins="2026-02-30", post=post)
    with pytest.raises(ValidationError) as no_date:
        change_affiliation(affiliation=other, facts=wrong, version=1, by=by)

    assert held.value.messages == [
        "Another holds this post at that time. End that affiliation first."
    ]
    assert list(no_date.value.message_dict) == ["begins"]


def test_erased_person_is_nowhere_and_the_log_still_verifies(people, party):
    person = add_person(
        party=party,
        facts=FACTS,
        affiliation=AffiliationFacts(begins="2020", ends="2021"),
        by=people["focal_point"],
    )

    with pytest.raises(ValidationError):
        erase_person(person=person, reason=" ", version=1, by=people["administrator"])
    erased = erase_person(
        person=person, reason="At their wish", version=1, by=people["administrator"]
    )

    assert (erased.name, erased.email, erased.telephone, erased.user) == ("–", "", "", None)
    assert (str(erased), erased.erased_on) == (
        "Somebody whose data were erased",
        timezone.localdate(),
    )
    kept = repr(list(history_of(erased).values("before", "after", "salts", "reason")))
    assert "Ruiz" not in kept
    assert "ana@meridian.example" not in kept
    fields = [field for entry in read_history(history_of(erased)) for field in entry.fields]
    assert {field.name for field in fields if field.is_blacked_out} == {
        "name",
        "email",
        "telephone",
        "language",
        "user",
    }
    assert not may(people["administrator"], "parties.change_person", erased)
    assert Affiliation.objects.filter(person=erased).count() == 1


def test_person_is_erased_by_the_administrator_alone_and_once_they_left(people, affiliations):
    person = affiliations["observer"].person

    assert allowed(
        people, lambda by: erase_person(person=person, reason="Gone", version=1, by=by)
    ) == {"administrator"}
    with pytest.raises(ValidationError) as present:
        erase_person(person=person, reason="Gone", version=1, by=people["administrator"])

    assert present.value.messages == ["This person still belongs to a party. End that first."]
    assert Person.objects.get(pk=person.pk).name == person.name


def test_people_who_left_five_years_ago_are_erased_and_others_are_kept(people, party):
    def person(name, *dates):
        made = PersonFactory(name=name, user=None)
        for begins, ends in dates:
            AffiliationFactory(person=made, party=party, begins=begins, ends=ends)
        return made

    person("Gone", ("2001", "2005"), ("2006", "2021-06-30"))
    person("Here", ("2001", ""))
    person("Lately", ("2001", "2021-07-02"))
    person("Back", ("2001", "2005"), ("2024", "2025"))
    person("Unknown", ("2001", "2001/.."))
    person("New")

    erased = erase_people_gone(on=DAY, reason="Five years", by=people["administrator"])
    again = erase_people_gone(on=DAY, reason="Five years", by=people["administrator"])

    names = Person.objects.filter(erased_on=None, user=None).order_by("name")
    assert (erased, again) == (1, 0)
    assert list(names.values_list("name", flat=True)) == [
        "Back",
        "Here",
        "Lately",
        "New",
        "Unknown",
    ]


def test_command_erases_them_and_says_how_many(party, capsys):
    person = PersonFactory(name="Gone", user=None)
    AffiliationFactory(person=person, party=party, begins="2001", ends="2005")

    call_command("erase_people")
    call_command("erase_people")

    assert capsys.readouterr().out == "Erased: 1\nErased: 0\n"
