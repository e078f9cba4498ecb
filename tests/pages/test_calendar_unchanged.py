"""What the calendar is asked most often costs little: its arrows, and whether it has changed."""

from datetime import date

import pytest

from comity.pages.queries.calendar import read_month, state_of
from comity.processes.calendar import Wanted, readers
from tests.factories.exchange import RemoteMeetingFactory, RemoteProcessFactory
from tests.factories.processes import MeetingFactory, ProcessFactory

DAYS = (
    "",
    "2003",
    "2003-05",
    "2003-05-28",
    "2003/..",
    "../2003",
    "2003-05/..",
    "../2003-05",
    "2003-05-28/..",
    "../2003-05-28",
    "2003/2004",
    "2003/2004-05",
    "2003/2004-05-28",
    "2003-05/2004",
    "2003-05-28/2004",
    "2003-05/2003-08",
    "2003-05/2003-08-01",
    "2003-05-28/2003-08",
    "2003-05-28/2003-08-01",
)


@pytest.fixture
def dialogue(db):
    return ProcessFactory(slug="the-dialogue")


@pytest.mark.parametrize("days", DAYS)
def test_the_database_knows_a_day_and_a_month_as_an_entry_does(dialogue, days):
    MeetingFactory(process=dialogue, days=days)
    meetings = readers["meetings"]

    (entry,) = meetings(None, Wanted())
    before = meetings.around(None, Wanted(), date(2010, 1, 1), date(2010, 2, 1))
    after = meetings.around(None, Wanted(), date(1990, 1, 1), date(1990, 2, 1))

    day = entry.earliest if entry.is_exact else None
    left_out = int(not (entry.is_exact or entry.is_within_months))
    assert (before.last, before.next, before.left_out) == (day, None, left_out)
    assert (after.last, after.next, after.left_out) == (None, day, left_out)


def test_the_arrows_lead_to_what_is_nearest_of_all(dialogue, people):
    theirs = RemoteProcessFactory()
    for days in ("2001-03-04", "2002-05-06", "2003-10-16", "2009-01-02"):
        MeetingFactory(process=dialogue, days=days)
    for days in ("2003-09-30", "2005-06-07", "2005"):
        RemoteMeetingFactory(process=theirs, days=days)

    month = read_month(people["visitor"], Wanted(), date(2003, 10, 1), date(2003, 10, 1))

    assert (month.last_filled, month.next_filled) == (date(2003, 9, 30), date(2005, 6, 7))
    assert month.left_out == 1


def test_who_has_the_calendar_is_told_so_and_nothing_is_read_of_it(
    dialogue, client, django_assert_num_queries
):
    for number in range(5):
        MeetingFactory(process=dialogue, days=f"2003-10-1{number}")
    RemoteMeetingFactory()
    asked_by_all = len(list(readers))
    with django_assert_num_queries(1 + 2 * asked_by_all):
        first = client.get("/calendar.ics")

    with django_assert_num_queries(1 + asked_by_all):
        again = client.get("/calendar.ics", headers={"if-none-match": first["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again["ETag"] == first["ETag"]


def change_the_words(_dialogue, meeting, _theirs):
    meeting.title = {"en": "Other words"}
    meeting.save()


def change_the_place(_dialogue, meeting, _theirs):
    meeting.place = "Port Almery"
    meeting.save()


def change_the_days(_dialogue, meeting, _theirs):
    meeting.days = "2003-10-18"
    meeting.save()


def call_it_off(_dialogue, meeting, _theirs):
    meeting.status = "cancelled"
    meeting.save()


def count_it_up(_dialogue, meeting, _theirs):
    meeting.version += 1
    meeting.save()


def take_it_away(_dialogue, meeting, _theirs):
    meeting.delete()


def add_another(dialogue, _meeting, _theirs):
    MeetingFactory(process=dialogue, days="2004-01-01")


def leave_the_record(dialogue, _meeting, _theirs):
    dialogue.is_made_up = True
    dialogue.save()


def name_the_others_anew(_dialogue, _meeting, theirs):
    theirs.process.subscription.name = "Northern Secretariat"
    theirs.process.subscription.save()


def change_what_others_say(_dialogue, _meeting, theirs):
    theirs.title = {"en": "Other words"}
    theirs.save()


@pytest.mark.parametrize(
    "change",
    [
        change_the_words,
        change_the_place,
        change_the_days,
        call_it_off,
        count_it_up,
        take_it_away,
        add_another,
        leave_the_record,
        name_the_others_anew,
        change_what_others_say,
    ],
)
def test_whatever_changes_in_the_calendar_is_sent_anew(dialogue, client, change):
    meeting = MeetingFactory(process=dialogue, days="2003-10-16")
    theirs = RemoteMeetingFactory()
    first = client.get("/calendar.ics")

    change(dialogue, meeting, theirs)
    again = client.get("/calendar.ics", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again["ETag"] != first["ETag"]) == (200, True)
    assert again.content != first.content


def test_what_is_no_part_of_a_calendar_leaves_it_as_it_was(dialogue, client):
    MeetingFactory(process=dialogue, days="2003-10-16")
    first = client.get("/calendar.ics?process=the-dialogue")

    MeetingFactory(process=ProcessFactory(), days="2003-10-16")
    again = client.get(
        "/calendar.ics?process=the-dialogue", headers={"if-none-match": first["ETag"]}
    )

    assert again.status_code == 304


def test_another_language_is_another_file(dialogue, client):
    MeetingFactory(process=dialogue, days="2003-10", title={"en": "Plenary", "fr": "Plénière"})

    tags = {
        client.get("/calendar.ics", headers={"accept-language": language})["ETag"]
        for language in ("en", "es", "fr")
    }

    assert len(tags) == 3


def test_an_address_of_ones_own_is_told_too_what_has_not_changed(people, process, client):
    MeetingFactory(slug="own", process=process, days="2030-05-06")
    client.force_login(people["focal_point"])
    page = client.post("/calendar/address/")
    path = "/" + page.context["address"].partition("//")[2].partition("/")[2]
    client.logout()
    first = client.get(path)

    same = client.get(path, headers={"if-none-match": first["ETag"]})
    MeetingFactory(slug="second", process=process, days="2030-06-06")
    other = client.get(path, headers={"if-none-match": first["ETag"]})

    assert b"meeting-own" in first.content
    assert (first.status_code, same.status_code, other.status_code) == (200, 304, 200)
    assert b"meeting-second" in other.content
    assert "no-store" in same["Cache-Control"]


def test_what_one_may_not_see_says_nothing_in_the_mark(people, process):
    wanted = Wanted(own=True)
    before = state_of(people["outsider"], wanted), state_of(people["focal_point"], wanted)

    MeetingFactory(process=process, days="2030-05-06")
    after = state_of(people["outsider"], wanted), state_of(people["focal_point"], wanted)

    assert (before[0] == after[0], before[1] == after[1]) == (True, False)
