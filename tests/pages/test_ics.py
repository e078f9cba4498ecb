"""The calendar file holds what has a month, and the page says what it leaves out."""

from datetime import date

import pytest
import vobject

from tests.factories.processes import MeetingFactory, ProcessFactory


@pytest.fixture
def dialogue(db):
    return ProcessFactory(slug="the-dialogue", short_name={"en": "The dialogue"})


@pytest.mark.parametrize(
    ("days", "begins", "ends"),
    [
        ("2027-06", date(2027, 6, 1), date(2027, 7, 1)),
        ("2027-06/2027-08", date(2027, 6, 1), date(2027, 9, 1)),
        ("2027-06-20/2027-07", date(2027, 6, 20), date(2027, 8, 1)),
    ],
)
def test_a_meeting_known_by_its_months_lies_on_them_tentatively(
    dialogue, client, days, begins, ends
):
    MeetingFactory(
        slug="plenary", process=dialogue, days=days, title={"en": "Plenary"}, status="confirmed"
    )

    event = vobject.readOne(client.get("/calendar.ics").content.decode()).vevent

    assert (event.dtstart.value, event.dtend.value) == (begins, ends)
    assert event.status.value == "TENTATIVE"
    assert event.summary.value == "Plenary – day not yet known"
    assert event.description.value.startswith("Only this is known of when it is:")
    assert "2027" in event.description.value


def test_a_meeting_known_by_its_year_is_left_out_and_the_page_says_how_many(dialogue, client):
    for number, days in enumerate(("2027", "2026/2027", "2027-06", "2027-06-03")):
        MeetingFactory(slug=f"m{number}", process=dialogue, days=days)

    calendar = vobject.readOne(client.get("/calendar.ics").content.decode())
    page = client.get("/calendar/")

    kept = [event.uid.value.partition("@")[0] for event in calendar.vevent_list]
    assert kept == ["meeting-m2", "meeting-m3"]
    assert page.context["month"].left_out == 2
    assert "2 more are left out, because their months are not known." in page.content.decode()


def test_one_meeting_is_handed_out_by_itself_and_its_page_leads_there(dialogue, client):
    for slug, days in (("plenary", "2027-06-03/2027-06-04"), ("vague", "2027")):
        MeetingFactory(slug=slug, process=dialogue, days=days, title={"en": "Plenary"})

    answer = client.get("/meetings/plenary.ics")
    calendar = vobject.readOne(answer.content.decode())

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="plenary.ics"'
    (event,) = calendar.vevent_list
    assert (event.uid.value.partition("@")[0], event.dtstart.value, event.dtend.value) == (
        "meeting-plenary",
        date(2027, 6, 3),
        date(2027, 6, 5),
    )
    assert [
        'href="/meetings/' + slug + '.ics"' in client.get(f"/meetings/{slug}/").content.decode()
        for slug in ("plenary", "vague")
    ] == [True, False]
    assert client.get("/meetings/vague.ics").status_code == 404
    assert client.get("/meetings/nothing.ics").status_code == 404
