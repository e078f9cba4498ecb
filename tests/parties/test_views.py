"""The pages on which a party keeps its people and its names."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from comity.parties.models import Ministry, Party, Person, Post
from tests.factories.parties import (
    AffiliationFactory,
    MinistryFactory,
    PartyNameFactory,
    PersonFactory,
    PostFactory,
)


@pytest.fixture
def arvenia(affiliations):
    """The party of the focal point, who may speak for it."""
    row = affiliations["focal_point"]
    row.may_speak = True
    row.save()
    Party.objects.filter(pk=row.party.pk).update(code="QMA")
    PartyNameFactory(party=row.party, name="Arvenia")
    return Party.objects.get(pk=row.party.pk)


@pytest.fixture
def page(arvenia):
    """Return a function that gives the address of a page of the party."""
    return lambda name, *args: reverse(f"parties:{name}", args=["QMA", *args])


@pytest.fixture
def speaker(client, people, arvenia):
    client.force_login(people["focal_point"])
    return client


@pytest.fixture
def secretariat(client, people, arvenia):
    client.force_login(people["secretariat"])
    return client


@pytest.fixture
def administrator(client, people, arvenia):
    client.force_login(people["administrator"])
    return client


def sent(response):
    """Return where an answer leads and what it says."""
    words = [str(message) for message in get_messages(response.wsgi_request)]
    return response.status_code, response.get("Location"), words


def test_focal_point_adds_a_person_to_a_post(speaker, page, arvenia):
    post = PostFactory(party=arvenia)
    typed = {
        "name": "Ana Ruiz",
        "email": "ana@arvenia.example",
        "language": "es",
        "post": post.pk,
        "place": "alternate",
        "begins": "2026-05",
        "may_speak": "on",
    }

    filled_in = speaker.get(page("person_add"), {"post": post.pk}).content.decode()
    response = speaker.post(page("person_add"), typed)

    assert f'<option value="{post.pk}" selected>' in filled_in
    assert sent(response) == (302, page("people"), ["This is saved."])
    row = Person.objects.get(name="Ana Ruiz").affiliations.get()
    assert (row.post, row.place, row.begins, row.may_speak, row.is_entered_for_party) == (
        post,
        "alternate",
        "2026-05",
        True,
        False,
    )


def test_secretariat_gives_no_right_to_speak(secretariat, page, affiliations):
    Person.objects.filter(pk=affiliations["focal_point"].person.pk).update(user=None)
    typed = {"name": "Ana", "place": "holder", "begins": "2026", "may_speak": "on"}

    fields = secretariat.get(page("person_add")).context["form"].fields
    secretariat.post(page("person_add"), typed)

    row = Person.objects.get(name="Ana").affiliations.get()
    assert "may_speak" not in fields
    assert (row.may_speak, row.is_entered_for_party) == (False, True)
    assert "entered for the party" in secretariat.get(page("people")).content.decode()


def test_bad_input_is_answered_at_its_field(speaker, page, arvenia):
    typed = {"name": "", "email": "x", "place": "guest", "begins": "2026-02-30", "seconded_by": "Z"}

    response = speaker.post(page("person_add"), typed)

    assert (response.status_code, sorted(response.context["form"].errors)) == (
        422,
        ["begins", "email", "name", "place", "seconded_by"],
    )


def test_page_of_a_day_says_who_was_there_and_what_was_vacant(speaker, page, arvenia):
    post = PostFactory(party=arvenia)
    person = PersonFactory(name="Rosa Altamar", user=None)
    AffiliationFactory(party=arvenia, post=post, person=person, begins="2019", ends="2021-06-30")

    now = speaker.get(page("people")).content.decode()
    then = speaker.get(page("people"), {"on": "2020-01-01"}).content.decode()
    wrong = speaker.get(page("people"), {"on": "yesterday"}).content.decode()

    assert "vacant since 1 July 2021" in now
    assert "from 2019 until 30 June 2021" in now
    assert ("vacant" in then, "Rosa Altamar" in then) == (False, True)
    assert "Write a day as 2003-03-01." in wrong


@pytest.mark.parametrize("number", [1, 5])
def test_page_costs_the_same_queries_at_any_length(
    speaker, page, arvenia, number, django_assert_num_queries
):
    for _each in range(number):
        MinistryFactory(party=arvenia)
        AffiliationFactory(party=arvenia, post=PostFactory(party=arvenia))
    speaker.get(page("people"))

    with django_assert_num_queries(14):
        speaker.get(page("people"))


def test_second_editor_sees_what_the_first_wrote(speaker, page, arvenia):
    person = AffiliationFactory(party=arvenia, person__user=None).person
    address = page("person", person.pk)

    first = speaker.post(address, {"version": 1, "name": "Ana Ruiz"})
    second = speaker.post(address, {"version": 1, "name": "Ana Rey"})
    third = speaker.post(address, {"version": 2, "name": "Ana Rey"})

    assert sent(first)[:2] == (302, page("people"))
    assert second.status_code == 422
    assert '<td data-label="What stands now">Ana Ruiz</td>' in second.content.decode()
    assert third.status_code == 302
    assert Person.objects.get(pk=person.pk).name == "Ana Rey"


def test_person_is_given_another_post_and_it_is_ended(speaker, page, arvenia):
    person = AffiliationFactory(party=arvenia, person__user=None).person
    typed = {"place": "staff", "begins": "2026", "ends": ""}

    speaker.post(page("affiliation_add", person.pk), typed)
    row = person.affiliations.get(place="staff")
    shown = speaker.get(page("person", person.pk)).content.decode()
    speaker.post(
        page("affiliation", row.pk), {**typed, "version": 1, "ends": "2026-09", "place": "staff"}
    )

    row.refresh_from_db()
    assert page("affiliation", row.pk) in shown
    assert (row.ends, row.version) == ("2026-09", 2)


def test_secretariat_only_ends_what_gives_rights(secretariat, page, affiliations):
    row = affiliations["focal_point"]
    Person.objects.filter(pk=row.person.pk).update(user=None)
    address = page("affiliation", row.pk)

    html = secretariat.get(address).content.decode()
    saved = secretariat.post(address, {"version": 1, "last_day": "2026-06-30"})

    row.refresh_from_db()
    assert "here you only end it" in html
    assert (saved.status_code, row.ends) == (302, "2026-06-30")


def test_posts_and_ministries_are_added_changed_and_removed(speaker, page, arvenia):
    speaker.post(page("ministry_add"), {"name_en": "Interior", "name_fr": "Intérieur"})
    ministry = Ministry.objects.get()
    speaker.post(page("post_add"), {"title_en": "Consul", "ministry": ministry.pk})
    post = Post.objects.get()
    in_use = speaker.post(page("ministry_remove", ministry.pk), {"version": 1})
    speaker.post(page("post", post.pk), {"version": 1, "title_en": "Consul", "is_listed": "on"})
    speaker.post(page("ministry", ministry.pk), {"version": 1, "name_en": "Home Affairs"})
    ministry.refresh_from_db()
    post.refresh_from_db()

    assert ministry.name == {"en": "Home Affairs"}
    assert (post.title, post.ministry, post.is_listed) == ({"en": "Consul"}, None, True)
    assert "Posts stand in this ministry. Move them first." in in_use.content.decode()
    assert sent(speaker.post(page("ministry_remove", ministry.pk), {"version": 2}))[0] == 302
    assert sent(speaker.post(page("post_remove", post.pk), {"version": 2}))[0] == 302
    assert not Post.objects.exists()
    history = speaker.get(page("people_history")).content.decode()
    assert history.index("removed a post") < history.index("added a ministry")


def test_history_of_nothing_says_so(speaker, page):
    assert (
        "Nobody has changed anything yet." in speaker.get(page("people_history")).content.decode()
    )


def test_administrator_erases_who_left(administrator, page, arvenia):
    row = AffiliationFactory(party=arvenia, person__user=None, begins="2019", ends="2020")
    present = AffiliationFactory(party=arvenia, person__user=None)

    blank = administrator.post(page("person_erase", row.person.pk), {"version": 1})
    refused = administrator.post(
        page("person_erase", present.person.pk), {"version": 1, "reason": "Gone"}
    )
    done = administrator.post(
        page("person_erase", row.person.pk), {"version": 1, "reason": "Their wish"}
    )

    assert blank.context["form"].errors == {"reason": ["This field is required."]}
    assert refused.context["form"].non_field_errors() == [
        "This person still belongs to a party. End that first."
    ]
    assert sent(done)[:2] == (302, page("people"))
    people = administrator.get(page("people")).content.decode()
    assert "Somebody whose data were erased" in people
    assert row.person.name not in people


def test_person_of_another_party_is_not_found_here(speaker, page):
    elsewhere = AffiliationFactory(person__user=None)

    assert speaker.get(page("person", elsewhere.person.pk)).status_code == 404
    assert speaker.get(page("affiliation", elsewhere.pk)).status_code == 404


def test_party_is_renamed_and_one_name_corrected(administrator, page, arvenia):
    typed = {"version": 1, "names_en": "Arvenia Republic", "on": "2026-01-01", "source": "Note 3"}

    renamed = administrator.post(page("rename"), typed)
    early = administrator.post(page("rename"), typed | {"version": 2, "on": "2025-01-01"})
    old = arvenia.names.get(name="Arvenia")
    shown = administrator.get(page("name", old.pk)).context["form"].initial
    corrected = administrator.post(
        page("name", old.pk), {"version": 2, "name": "Arvénia", "ends": "2025-12-31"}
    )
    html = administrator.get(page("names")).content.decode()

    assert sent(renamed)[:2] == (302, page("names"))
    assert early.context["form"].errors == {
        "on": ["The present name does not begin before this day."]
    }
    assert (shown["name"], shown["ends"], shown["version"]) == ("Arvenia", "2025-12-31", 2)
    assert corrected.status_code == 302
    assert "until 31 December 2025" in html
    assert "since 1 January 2026" in html


def test_organisation_gets_an_office_and_a_state_does_not(administrator, page, arvenia):
    of_state = administrator.get(page("office_add"))
    Party.objects.filter(pk=arvenia.pk).update(kind="organisation")
    typed = {"names_en": "Mission in Galdo", "code": "arvenia-galdo", "place": "Galdo"}

    added = administrator.post(page("office_add"), typed)
    taken = administrator.post(page("office_add"), typed)
    changed = administrator.post(page("details"), {"version": 1, "acronym": "ARV"})

    assert of_state.status_code == 404
    assert (added.status_code, changed.status_code) == (302, 302)
    assert list(taken.context["form"].errors) == ["code"]
    assert "Mission in Galdo" in administrator.get(page("names")).content.decode()
    assert Party.objects.get(pk=arvenia.pk).acronym == "ARV"
