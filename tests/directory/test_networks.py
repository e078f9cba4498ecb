"""The networks of contacts of a process."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from comity.processes.models import Contact, Network
from tests.factories.processes import ContactFactory


@pytest.fixture
def editor(client, people):
    client.force_login(people["secretariat"])
    return client


@pytest.fixture
def page(process):
    """Return a function that gives the address of a page of the process."""
    return lambda name, *args: reverse(f"directory:{name}", args=[process.slug, *args])


def sent(response):
    words = [str(message) for message in get_messages(response.wsgi_request)]
    return response.status_code, response.get("Location"), words


def test_network_is_added_renamed_and_listed(editor, page, process):
    added = editor.post(page("network_add"), {"name_en": "Consulates"})
    network = Network.objects.get()
    renamed = editor.post(page("network_rename", network.pk), {"name_en": "Consuls", "version": 1})
    conflict = editor.post(page("network_rename", network.pk), {"name_en": "Others", "version": 1})

    assert sent(added) == (302, page("networks"), ["This is saved."])
    assert sent(renamed)[:2] == (302, page("network", network.pk))
    assert (conflict.status_code, "Somebody else has saved this" in conflict.content.decode()) == (
        422,
        True,
    )
    assert "Consuls" in editor.get(page("networks")).content.decode()


def test_network_shows_who_is_in_it_and_who_left(editor, page, arvenia, consulates):
    row = Contact.objects.get().affiliation
    row.ends = "2024-05-31"
    row.save()

    html = editor.get(page("network", consulates.pk)).content.decode()
    earlier = editor.get(page("network", consulates.pk), {"on": "2023-01-01"}).content.decode()

    assert "left on 31 May 2024" in html
    assert ("Gonzalo Vea" in earlier, "left on" in earlier) == (True, False)


def test_contact_is_chosen_among_the_people_of_the_process(editor, page, arvenia, consulates):
    offered = editor.get(page("contact_add", consulates.pk)).context["form"].fields["affiliation"]
    by_party = {party: [label for _pk, label in found] for party, found in offered.choices if party}
    chosen = arvenia.affiliations.get(place="alternate").pk
    added = editor.post(page("contact_add", consulates.pk), {"affiliation": chosen})
    again = editor.post(page("contact_add", consulates.pk), {"affiliation": chosen})
    wrong = editor.post(page("contact_add", consulates.pk), {"affiliation": 999_999})

    assert by_party["Arvenia"][:2] == ["Pau Merindal, Focal point", "Gonzalo Vea, Consul"]
    assert sent(added)[:2] == (302, page("network", consulates.pk))
    assert again.context["form"].non_field_errors() == ["This person is in the network already."]
    assert list(wrong.context["form"].errors) == ["affiliation"]
    assert consulates.contacts.count() == 2


def test_contact_is_confirmed_and_taken_out_as_it_was_seen(editor, page, arvenia, consulates):
    contact = Contact.objects.get()
    address = page("contact_confirm", consulates.pk, contact.pk)

    confirmed = editor.post(address, {"version": 1})
    contact.refresh_from_db()
    stale = editor.post(page("contact_remove", consulates.pk, contact.pk), {"version": 1})
    blank = editor.post(page("contact_remove", consulates.pk, contact.pk))
    removed = editor.post(page("contact_remove", consulates.pk, contact.pk), {"version": 2})

    assert (confirmed.status_code, contact.confirmed_on) == (302, timezone.localdate())
    assert (stale.status_code, blank.status_code, removed.status_code) == (422, 422, 302)
    assert not consulates.contacts.exists()


def test_contact_not_reconfirmed_for_a_year_is_marked(editor, page, arvenia, consulates):
    Contact.objects.update(confirmed_on=date(2024, 2, 1))

    listed = editor.get(page("networks")).content.decode()
    shown = editor.get(page("network", consulates.pk)).content.decode()
    then = editor.get(page("network", consulates.pk), {"on": "2024-06-01"}).content.decode()
    Contact.objects.update(confirmed_on=None)
    never = editor.get(page("network", consulates.pk)).content.decode()

    assert "1 not reconfirmed for a year" in listed
    assert "not reconfirmed since 1 February 2024" in shown
    assert "One contact has not been reconfirmed for a year." in shown
    assert ("reconfirmed" in then, "1 February 2024" in then) == (False, True)
    assert "never reconfirmed" in never


def test_list_counts_as_the_network_does_who_left_and_who_is_to_come(
    editor, page, arvenia, consulates
):
    left = ContactFactory(
        network=consulates, affiliation=arvenia.affiliations.get(person__name="Rosa Altamar")
    )
    coming = arvenia.affiliations.get(place="alternate")
    coming.begins = "2090"
    coming.save()
    ContactFactory(network=consulates, affiliation=coming)
    Contact.objects.update(confirmed_on=None)

    (listed,) = editor.get(page("networks")).context["networks"]
    shown = editor.get(page("network", consulates.pk)).context

    assert (listed.size, listed.stale) == (len(shown["places"]), shown["stale"]) == (2, 1)
    assert [place.contact for place in shown["places"] if place.has_ended] == [left.pk]


def test_past_day_of_a_network_says_only_what_was_so_and_offers_nothing(
    editor, page, arvenia, consulates
):
    Contact.objects.update(confirmed_on=date(2026, 9, 3))

    before = editor.get(page("network", consulates.pk), {"on": "2025-10-01"})
    long_before = editor.get(page("network", consulates.pk), {"on": "2021-10-01"})
    now = editor.get(page("network", consulates.pk)).content.decode()

    html = before.content.decode()
    offers = ("Take out", ">Confirm<", "Add a contact", "Change the name")
    assert [words in html for words in offers] == [False] * 4
    assert [words in now for words in offers] == [True] * 4
    assert ("3 September 2026" in html, "Gonzalo Vea" in html) == (False, True)
    assert "on=2025-10-01" in before.context["files"][0].url
    assert long_before.context["places"] == []
    assert "Remove this network" not in long_before.content.decode()
