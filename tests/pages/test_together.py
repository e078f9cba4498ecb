"""What falls together is told on the desk, and when a meeting is saved."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from comity.pages.queries.calendar import read_together
from comity.processes.models import Status
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import (
    AreaFactory,
    MeetingFactory,
    ParticipationFactory,
    ProcessFactory,
    ThemeFactory,
)


@pytest.fixture
def monday(people, process):
    """A Monday ahead on which another process with a party of ours meets."""
    other = ProcessFactory(short_name={"en": "Other"})
    shared = process.participations.filter(status="member").first().party
    ParticipationFactory(process=other, party=shared, begins="2020")
    day = timezone.localdate() + timedelta(days=60)
    day -= timedelta(days=day.weekday())
    MeetingFactory(slug="theirs", process=other, days=f"{day}", title={"en": "Their plenary"})
    return day


def typed(day):
    return {"title_en": "Our plenary", "kind": "plenary", "status": "planned", "days": f"{day}"}


def warnings_of(response):
    return [
        str(each) for each in get_messages(response.wsgi_request) if each.level_tag == "warning"
    ]


def test_a_secretariat_is_told_of_a_clash_when_it_saves_a_meeting(people, process, client, monday):
    client.force_login(people["secretariat"])
    add = reverse("processes:meeting_add", args=[process.slug])

    clashing = client.post(add, typed(monday + timedelta(days=2)))
    told = warnings_of(clashing)
    assert told[0].partition(" (")[0] in client.get(clashing["Location"]).content.decode()
    free = client.post(add, typed(monday + timedelta(days=30)) | {"title_en": "Another"})

    assert (clashing.status_code, len(told)) == (302, 1)
    assert told[0].startswith("In the same week: Their plenary (Other, ")
    assert "Same States: " in told[0]
    assert (free.status_code, warnings_of(free)) == (302, [])


def test_the_desk_of_a_secretariat_shows_what_falls_together_and_no_other_desk(
    people, process, client, monday
):
    MeetingFactory(slug="ours", process=process, days=f"{monday}", status="confirmed")

    def shows(person):
        client.force_login(people[person])
        return "Falling together" in client.get("/desk/").content.decode()

    assert {name: shows(name) for name in ("secretariat", "focal_point", "administrator")} == {
        "secretariat": True,
        "focal_point": False,
        "administrator": False,
    }


def named(name, kind="state"):
    return PartyNameFactory(party=PartyFactory(kind=kind), name=name).party


def test_whoever_may_come_to_both_is_named_in_whichever_way_it_takes_part(people, process, monday):
    MeetingFactory(slug="ours", process=process, days=f"{monday}", status="confirmed")
    other = process.__class__.objects.get(short_name__en="Other")
    other.participations.all().delete()
    for status in Status:
        party = named(f"As {status}")
        ParticipationFactory(process=process, party=party, begins="2020")
        ParticipationFactory(process=other, party=party, status=status, begins="2020")
    both = named("Suspended member")
    organisation = named("An organisation", "organisation")
    gone = named("Gone by then")
    for party in (both, organisation, gone):
        ParticipationFactory(process=process, party=party, begins="2020")
    ParticipationFactory(process=other, party=both, begins="2020")
    ParticipationFactory(process=other, party=both, status="suspended", begins="2021")
    ParticipationFactory(process=other, party=organisation, status="observer", begins="2020")
    ParticipationFactory(process=other, party=gone, begins="2020", ends="2021-01-01")

    pairs = read_together(people["secretariat"], timezone.localdate())

    assert [pair.parties for pair in pairs] == [
        ["As invited", "As member", "As observer", "As participant", "As partner"]
    ]


def test_themes_are_parted_so_that_their_commas_are_read(people, process, monday):
    MeetingFactory(slug="ours", process=process, days=f"{monday}", status="confirmed")
    other = process.__class__.objects.get(short_name__en="Other")
    for name in ("Return, readmission", "Asylum"):
        theme = ThemeFactory(name={"en": name})
        for each in (process, other):
            AreaFactory(process=each).themes.add(theme)

    (pair,) = read_together(people["secretariat"], timezone.localdate())

    assert pair.shared_words.endswith("Same themes: Asylum; Return, readmission.")
