"""The troika follows from terms of office and the order of rotation; nobody writes it down."""

import pytest
from django.urls import reverse

from comity.processes.models import Office, Seat
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import SeatFactory, TermFactory, TurnFactory

NAMES = ("Caldora", "Dorvane", "Estrelle", "Fenmark")


@pytest.fixture
def chairs(process, body):
    """Four parties in the order of rotation; the second presides, the first did before."""
    process.terms.filter(office=Office.PRESIDENCY).delete()
    Seat.objects.all().delete()
    parties = [PartyFactory(region="africa") for _name in NAMES]
    for place, (party, name) in enumerate(zip(parties, NAMES, strict=True), 1):
        PartyNameFactory(party=party, name=name)
        TurnFactory(process=process, party=party, order=place)
    TermFactory(process=process, party=parties[0], begins="2023", ends="2024-12-31")
    TermFactory(process=process, party=parties[1], begins="2025-01-01")
    for party in parties[:3]:
        SeatFactory(body=body, party=party, begins="2020")
    return parties


def places(response):
    return {seat.party_name: str(place) for seat, place in response.context["seats"]}


def public(client, process, day):
    response = client.get(reverse("pages:process", args=[process.slug]), {"on": day})
    [body] = [each for each in response.context["page"].offices.bodies if each.seats]
    return {seat.name: seat.note for seat in body.seats}


def test_seats_say_who_is_of_the_troika(editor, page, body, chairs):
    assert places(editor.get(page("body", body.pk))) == {
        "Caldora": "presided before",
        "Dorvane": "presides",
        "Estrelle": "presides next",
    }


def test_body_in_which_one_of_the_troika_sits_says_nothing_of_it(editor, page, body, chairs):
    Seat.objects.exclude(party=chairs[1]).delete()

    assert places(editor.get(page("body", body.pk))) == {"Dorvane": ""}


def test_public_page_follows_the_day_and_keeps_the_order_to_itself(client, process, chairs):
    TermFactory(process=process, party=chairs[3], begins="2027")

    found = [public(client, process, day) for day in ("2024-06-01", "2026-06-01")]

    assert found == [
        {"Caldora": "presides", "Dorvane": "presides next", "Estrelle": ""},
        {"Caldora": "presided before", "Dorvane": "presides", "Estrelle": ""},
    ]


def test_preview_of_a_hand_over_says_what_becomes_of_the_troika(editor, page, process, chairs):
    present = process.terms.get(party=chairs[1])
    typed = {"held": f"{present.pk}-1", "party": chairs[2].code, "on": "2027-01-01"}

    preview = editor.post(page("hand_over"), typed).context["preview"]

    assert [(str(place), now, then) for place, now, then in preview.chair] == [
        ("presided before", "Caldora", "Dorvane"),
        ("presides", "Dorvane", "Estrelle"),
        ("presides next", "Estrelle", "Fenmark"),
    ]
    assert preview.seats == [
        "Caldora leaves the troika; its seat in Steering group goes on until you end it.",
        "Fenmark comes into the troika and has no seat in Steering group.",
    ]
    assert process.terms.filter(party=chairs[2]).count() == 0


def test_preview_of_another_office_does_not_speak_of_the_troika(editor, page, process, arvenia):
    held = TermFactory(process=process, office=Office.COORDINATOR, begins="2020")
    typed = {"held": f"{held.pk}-1", "party": "QMA", "on": "2027-01-01"}

    preview = editor.post(page("hand_over"), typed).context["preview"]

    assert (preview.chair, preview.seats) == ([], [])
