"""Whom one reaches through a process: people of a party that lets them be reached today."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from comity.directory.queries import people_reached
from comity.parties.models import Affiliation, Party
from comity.processes.models import Office, Participation, Status
from tests.factories.parties import AffiliationFactory, PartyFactory, PersonFactory
from tests.factories.processes import (
    ContactFactory,
    NetworkFactory,
    ParticipationFactory,
    TermFactory,
)

TODAY = timezone.localdate()
EMAIL = b"gonzalo@arvenia.example"
# How a party may stop letting its people be reached, by its row on participants.
ENDS = {
    "unconfirmed": {"confirmed_at": None},
    "contested": {"status": Status.CONTESTED},
    "ended": {"ends": "2025", "ends_earliest": date(2025, 1, 1), "ends_latest": date(2025, 12, 31)},
    "suspended": {"status": Status.SUSPENDED},
}


@pytest.fixture
def here(process):
    """Return a function that gives the address of a page of the directory."""
    return lambda name, *args: reverse(f"directory:{name}", args=[process.slug, *args])


def shown_at(client, addresses, **asked):
    """Return what of Gonzalo each page or file shows: nothing, the name, or the address too."""
    pages = [b"".join(client.get(address, asked)) for address in addresses]
    return [(b"Gonzalo Vea" in page) + (EMAIL in page) for page in pages]


@pytest.mark.parametrize("how", ENDS)
def test_network_shows_nobody_of_a_party_that_is_reached_no_more(
    client, people, here, arvenia, consulates, how
):
    of_network = [here("network", consulates.pk)]
    narrowed = [here("directory"), here("directory_export", "csv"), here("directory_export", "vcf")]
    client.force_login(people["other_focal_point"])
    before = [
        *shown_at(client, of_network),
        *shown_at(client, narrowed, network=consulates.pk),
    ]

    Participation.objects.filter(party=arvenia).update(**ENDS[how])
    after, counts = [], []
    for persona in ("other_focal_point", "secretariat"):
        client.force_login(people[persona])
        after += shown_at(client, of_network) + shown_at(client, of_network, on="2024-06-01")
        after += shown_at(client, narrowed, network=consulates.pk)
        counts += [each.size for each in client.get(here("networks")).context["networks"]]

    assert before == [2, 2, 2, 2]
    assert after == [0] * 10
    assert counts == [0, 0]


def test_workbook_and_choices_hold_nobody_of_it_either(client, people, here, arvenia, consulates):
    client.force_login(people["secretariat"])
    offered = client.get(here("contact_add", consulates.pk)).content
    Participation.objects.filter(party=arvenia).update(confirmed_at=None)

    no_more = client.get(here("contact_add", consulates.pk)).content

    assert [b"Gonzalo Vea" in page for page in (offered, no_more)] == [True, False]
    assert b"Vera Nantes" not in offered


def reached(process, persona, people):
    found = Affiliation.objects.filter(people_reached(process, TODAY, people[persona]))
    return set(found.values_list("person__name", flat=True))


def test_own_people_are_reached_whatever_the_party_has_said(people, process, arvenia):
    Participation.objects.filter(party=arvenia).update(status=Status.CONTESTED)

    own = reached(process, "focal_point", people)

    assert {"Gonzalo Vea", "Vera Nantes"} <= own
    assert "Gonzalo Vea" not in reached(process, "other_focal_point", people)


def test_secretariat_is_reached_in_its_network_with_its_offices(people, process, affiliations):
    office = PartyFactory(kind="office", part_of=affiliations["secretariat"].party)
    liaison = AffiliationFactory(party=office, person=PersonFactory(name="Lia", user=None))
    NetworkFactory(process=process)

    before = "Lia" in reached(process, "other_focal_point", people)
    ParticipationFactory(process=process, party=liaison.party)

    assert [before, "Lia" in reached(process, "other_focal_point", people)] == [True, False]


def test_office_that_another_secretariat_gives_lets_nobody_be_reached(people, process, arvenia):
    Participation.objects.filter(party=arvenia).update(confirmed_at=None)
    TermFactory(process=process, party=arvenia, office=Office.JOINT_SECRETARIAT)

    assert "Gonzalo Vea" not in reached(process, "other_focal_point", people)


def test_post_that_a_party_shows_to_nobody_is_seen_by_it_alone(client, people, here, arvenia):
    hidden = arvenia.affiliations.get(person__name="Vera Nantes")
    network = ContactFactory(
        affiliation=hidden, network__process=Participation.objects.first().process
    )
    page = here("network", network.network.pk)
    found = {}

    for persona in ("focal_point", "other_focal_point", "secretariat"):
        client.force_login(people[persona])
        found[persona] = b"Vera Nantes" in client.get(page).content

    assert found == {"focal_point": True, "other_focal_point": False, "secretariat": False}


@pytest.mark.parametrize("how", ["ended", "suspended"])
def test_directory_of_a_past_day_reaches_nobody_of_a_party_that_left(
    client, people, process, here, arvenia, how
):
    pages = [here("directory"), here("directory_export", "csv"), here("directory_export", "vcf")]
    client.force_login(people["other_focal_point"])
    before = shown_at(client, pages, on="2024-06-01")

    Participation.objects.filter(party=arvenia).update(**ENDS["ended"])
    if how == "suspended":
        ParticipationFactory(process=process, party=arvenia, begins="2026", status=Status.SUSPENDED)
    after = shown_at(client, pages, on="2024-06-01")

    assert before == [2, 2, 2]
    assert after == [1, 1, 1]


def test_brief_of_a_past_day_names_nobody_of_a_party_that_left(client, people, arvenia):
    page = reverse("pages:party_brief", args=[Party.objects.get(pk=arvenia.pk).code])
    client.force_login(people["other_focal_point"])
    before = client.get(page, {"on": "2024-06-01"}).context["brief"].posts

    Participation.objects.filter(party=arvenia).update(**ENDS["ended"])

    assert before
    assert client.get(page, {"on": "2024-06-01"}).context["brief"].posts is None


def test_brief_of_a_past_day_is_of_no_use_to_who_has_left(client, people, affiliations, arvenia):
    page = reverse("pages:party_brief", args=[arvenia.code])
    client.force_login(people["other_focal_point"])

    left = affiliations["other_focal_point"].party
    Participation.objects.filter(party=left).update(**ENDS["ended"])

    assert client.get(page, {"on": "2024-06-01"}).context["brief"].posts is None
