"""The calendar says what is when, and programs that are not ours read it."""

from datetime import UTC, date, datetime, timedelta

import feedparser
import pytest
import vobject
from django.utils import timezone

from comity.accounts.services import revoke_token
from comity.pages.ics import write_calendar
from comity.pages.queries.calendar import read_month, read_together
from comity.processes.calendar import Wanted, readers
from comity.processes.models import Attendance
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import (
    AreaFactory,
    MeetingFactory,
    ParticipationFactory,
    ProcessFactory,
    ThemeFactory,
)

NOW = datetime(2026, 5, 4, tzinfo=UTC)


@pytest.fixture
def dialogue(db):
    return ProcessFactory(slug="the-dialogue", short_name={"en": "The dialogue"})


def keys(response):
    return [each.entry.key for each in response.context["month"].entries]


def test_a_month_shows_each_day_of_its_meetings(dialogue, client):
    MeetingFactory(slug="long", process=dialogue, days="2003-10-30/2003-11-01")
    MeetingFactory(slug="short", process=dialogue, days="2003-10-16")
    MeetingFactory(slug="vague", process=dialogue, days="2003-10")
    MeetingFactory(slug="other", process=dialogue, days="2003-12-01")

    response = client.get("/calendar/?process=the-dialogue&month=2003-10")

    month = response.context["month"]
    days = {
        day.day.isoformat(): [each.entry.key for each in day.entries]
        for week in month.weeks
        for day in week
        if day.entries
    }
    assert days == {
        "2003-10-16": ["meeting-short"],
        "2003-10-30": ["meeting-long"],
        "2003-10-31": ["meeting-long"],
        "2003-11-01": ["meeting-long"],
    }
    assert keys(response) == ["meeting-short", "meeting-long"]
    assert [each.entry.key for each in month.vague] == ["meeting-vague"]
    assert (month.last_filled, month.next_filled) == (None, date(2003, 12, 1))


def test_the_calendar_is_narrowed_by_process_party_and_theme(dialogue, client):
    other = ProcessFactory(slug="other")
    party = PartyFactory(code="QMA")
    theme = ThemeFactory(slug="borders")
    ParticipationFactory(process=dialogue, party=party, begins="2000")
    AreaFactory(process=other).themes.add(theme)
    MeetingFactory(slug="a", process=dialogue, days="2003-10-16")
    MeetingFactory(slug="b", process=other, days="2003-10-17")

    found = {
        query: keys(client.get(f"/calendar/?month=2003-10&{query}"))
        for query in ("", "process=other", "party=QMA", "theme=borders", "party=QMA&theme=borders")
    }
    assert found == {
        "": ["meeting-a", "meeting-b"],
        "process=other": ["meeting-b"],
        "party=QMA": ["meeting-a"],
        "theme=borders": ["meeting-b"],
        "party=QMA&theme=borders": [],
    }


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("month=2003-13", "Write a month as 2003-10."),
        ("month=1066-10", "The record says nothing of that year."),
        ("process=nothing", "“nothing” is not on record."),
        ("party=XX1", "“XX1” is not on record."),
    ],
)
def test_what_is_not_on_record_is_said(db, client, query, sentence):
    response = client.get(f"/calendar/?{query}")

    assert (response.status_code, sentence in response.content.decode()) == (200, True)
    assert client.get(f"/calendar.ics?{query}").status_code == 404


def test_a_party_without_part_in_the_process_is_refused_by_both_names(dialogue, client):
    member, guest, stranger = (PartyFactory(code=code) for code in ("QMA", "QMB", "QMC"))
    for party, name in ((member, "Arvenia"), (guest, "Belloria"), (stranger, "Cordova")):
        PartyNameFactory(party=party, name=name)
    ParticipationFactory(process=dialogue, party=member, begins="2000", ends="2001")
    ParticipationFactory(process=dialogue, party=stranger, status="withdrawn")
    ParticipationFactory(process=ProcessFactory(), party=stranger)
    meeting = MeetingFactory(slug="a", process=dialogue, days="2003-10-16")
    Attendance.objects.create(meeting=meeting, order=1, party=guest, name_in_source="Belloria")

    found = {}
    for code in ("QMA", "QMB", "QMC"):
        query = f"month=2003-10&process=the-dialogue&party={code}"
        page = client.get(f"/calendar/?{query}")
        status = client.get(f"/calendar.ics?{query}").status_code
        found[code] = (page.context["form"].problems, keys(page), status)

    refused = "Cordova is not on record as taking part in The dialogue."
    assert found == {
        "QMA": ([], [], 200),
        "QMB": ([], ["meeting-a"], 200),
        "QMC": ([refused], ["meeting-a"], 404),
    }


def test_another_program_reads_the_days_the_place_and_what_was_called_off(dialogue, client):
    MeetingFactory(
        slug="held", process=dialogue, days="2003-10-16/2003-10-17", place="Port Almery; East"
    )
    MeetingFactory(slug="off", process=dialogue, days="2003-10-20", status="cancelled")
    MeetingFactory(slug="vague", process=dialogue, days="2003-10")

    response = client.get("/calendar.ics?process=the-dialogue")
    calendar = vobject.readOne(response.content.decode())

    events = {event.uid.value.partition("@")[0]: event for event in calendar.vevent_list}
    held = events["meeting-held"]
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert sorted(events) == ["meeting-held", "meeting-off", "meeting-vague"]
    assert (held.dtstart.value, held.dtend.value) == (date(2003, 10, 16), date(2003, 10, 18))
    assert (held.location.value, held.status.value) == ("Port Almery; East", "CONFIRMED")
    assert events["meeting-off"].status.value == "CANCELLED"
    again = client.get(
        "/calendar.ics?process=the-dialogue", headers={"if-none-match": response["ETag"]}
    )
    assert again.status_code == 304


def test_a_changed_meeting_keeps_its_key_and_counts_up(dialogue):
    meeting = MeetingFactory(slug="one", process=dialogue, days="2003-10-16")
    wanted = Wanted(process="the-dialogue")

    def written():
        entries = readers["meetings"](None, wanted)
        event = vobject.readOne(write_calendar("Comity", entries, NOW).decode()).vevent
        return event.uid.value, event.sequence.value, event.dtstart.value

    before = written()
    type(meeting).objects.filter(pk=meeting.pk).update(
        version=2, days="2003-10-18", days_earliest="2003-10-18", days_latest="2003-10-18"
    )
    after = written()

    assert (before[0], before[1], after[1]) == (after[0], "0", "1")
    assert (before[2], after[2]) == (date(2003, 10, 16), date(2003, 10, 18))


def test_a_secretariat_is_told_what_falls_in_the_same_week(people, process, client):
    other, far = ProcessFactory(short_name={"en": "Other"}), ProcessFactory()
    shared = process.participations.filter(status="member").first().party
    for each in (other, far):
        ParticipationFactory(process=each, party=shared, begins="2020")
    monday = timezone.localdate() + timedelta(days=60)
    monday -= timedelta(days=monday.weekday())
    MeetingFactory(slug="own", process=process, days=f"{monday}", status="confirmed")
    MeetingFactory(
        slug="same-week", process=other, days=f"{monday + timedelta(days=4)}", status="planned"
    )
    MeetingFactory(slug="later", process=far, days=f"{monday + timedelta(days=9)}")
    MeetingFactory(
        slug="off", process=far, days=f"{monday + timedelta(days=1)}", status="cancelled"
    )

    pairs = read_together(people["secretariat"], timezone.localdate())

    assert [{pair.one.entry.key, pair.other.entry.key} for pair in pairs] == [
        {"meeting-own", "meeting-same-week"}
    ]
    assert len(pairs[0].parties) == 1
    for person in ("visitor", "focal_point", "chair", "administrator"):
        assert read_together(people[person], timezone.localdate()) == []
    client.force_login(people["secretariat"])
    assert "Falling together" in client.get("/calendar/").content.decode()


def test_the_calendar_asks_the_same_number_of_questions_at_any_length(
    dialogue, client, django_assert_max_num_queries
):
    for number in range(30):
        MeetingFactory(slug=f"m{number}", process=dialogue, days=f"2003-10-{number + 1:02}")

    with django_assert_max_num_queries(12):
        client.get("/calendar/?month=2003-10")


def test_a_month_has_weeks_that_begin_on_monday(db, people):
    month = read_month(people["visitor"], Wanted(), date(2004, 2, 1), date(2004, 2, 29))

    assert [week[0].day.weekday() for week in month.weeks] == [0] * len(month.weeks)
    assert [day.day for week in month.weeks for day in week if day.is_today] == [date(2004, 2, 29)]
    assert (month.before, month.after) == (date(2004, 1, 1), date(2004, 3, 1))


def test_another_program_reads_the_news(dialogue, client):
    MeetingFactory(
        slug="tagung", process=dialogue, days="2003-10-16", title={"en": "Meeting <one> & two"}
    )
    made_up = ProcessFactory(slug="invented", is_made_up=True)
    MeetingFactory(slug="invented", process=made_up, days="2003-10-17")

    everything = feedparser.parse(client.get("/news.atom").content)
    own = feedparser.parse(client.get("/processes/invented/news.atom").content)

    assert (everything.bozo, own.bozo) == (False, False)
    assert [entry.title for entry in everything.entries] == ["Meeting <one> & two"]
    assert [entry.id for entry in own.entries] == [own.entries[0].link]
    assert own.entries[0].link.endswith("/meetings/invented/")
    assert client.get("/processes/nothing/news.atom").status_code == 404


def test_an_address_of_ones_own_holds_the_processes_one_belongs_to_until_it_is_ended(
    people, process, client
):
    MeetingFactory(slug="own", process=process, days="2003-10-16")
    MeetingFactory(slug="foreign", process=ProcessFactory(), days="2003-10-17")
    focal_point = people["focal_point"]
    client.force_login(focal_point)
    address = client.post("/calendar/address/").context["address"]
    path = "/" + address.partition("//")[2].partition("/")[2]
    client.logout()

    calendar = vobject.readOne(client.get(path).content.decode())

    assert [event.uid.value.partition("@")[0] for event in calendar.vevent_list] == ["meeting-own"]
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    bearer = {"authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/meetings", headers=bearer).status_code == 401
    revoke_token(token=focal_point.tokens.get(), by=focal_point)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Côte d’Ivoire", "Cotonou", "Ecuador", "Zimbabwe"]),
        ("fr", ["Cotonou", "Équateur", "États-Unis", "Zimbabwe"]),
    ],
)
def test_parties_and_themes_are_offered_in_the_order_of_the_language(
    dialogue, client, language, names
):
    for name in reversed(names):
        party = PartyNameFactory(language=language, name=name).party
        ParticipationFactory(process=dialogue, party=party)
        ThemeFactory(name={language: name})

    selects = client.get("/calendar/", headers={"accept-language": language}).context["selects"]

    offered = {field: [label for _value, label in options] for field, _l, _c, options in selects}
    assert (offered["party"], offered["theme"]) == (names, names)
