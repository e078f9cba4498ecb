"""What a record cannot mean breaks no page and keeps nobody waiting."""

from datetime import date, timedelta

import pytest
import vobject
from django.utils import timezone

from comity.pages.queries.calendar import read_month, read_together
from comity.processes.audiences import Audience
from comity.processes.calendar import Wanted, readers
from tests.factories.documents import DocumentFactory
from tests.factories.parties import PartyFactory
from tests.factories.processes import MeetingFactory, ParticipationFactory, ProcessFactory


@pytest.fixture
def dialogue(db):
    return ProcessFactory(slug="the-dialogue")


@pytest.mark.parametrize(
    "path", ["/calendar/", "/calendar.ics", "/timeline/", "/timeline.csv", "/news.atom"]
)
@pytest.mark.parametrize("days", ["9999-12-31", "0001-01-01", "0001-01-01/9999-12-31", "9998"])
def test_a_meeting_on_record_in_any_year_breaks_no_page(dialogue, client, path, days):
    MeetingFactory(process=dialogue, days=days)

    response = client.get(path)

    assert response.status_code == 200
    assert response.getvalue()


def test_the_last_day_there_is_has_no_day_after(dialogue, client):
    MeetingFactory(process=dialogue, days="9999-12-31")

    event = vobject.readOne(client.get("/calendar.ics").content.decode()).vevent

    assert (event.dtstart.value, hasattr(event, "dtend")) == (date(9999, 12, 31), False)


def test_a_month_shows_its_own_part_of_a_meeting_without_end(dialogue, people):
    MeetingFactory(process=dialogue, days="0001-01-01/9998-12-31")

    month = read_month(people["visitor"], Wanted(), date(2004, 2, 1), date(2004, 2, 29))

    assert [len(day.entries) for week in month.weeks for day in week] == [1] * 7 * len(month.weeks)


@pytest.mark.parametrize(
    ("begins", "ends", "days", "is_found"),
    [
        ("2000", "2030-06-30", "2030-06-30", True),
        ("2000", "2030-06-30", "2030-07-01", False),
        ("2000", "2030-06-30", "2030-06-29/2030-07-02", True),
        ("2030-07-02", "", "2030-06-29/2030-07-02", True),
        ("2030-07-03", "", "2030-06-29/2030-07-02", False),
        ("../2003", "", "2030", True),
        ("2000", "2003", "2030/..", False),
        ("2000", "2030-06-30", "2030/..", True),
        ("2031", "", "2030/..", True),
    ],
)
def test_a_party_has_the_meetings_of_its_own_days(dialogue, begins, ends, days, is_found):
    party = PartyFactory(code="QMA")
    ParticipationFactory(process=dialogue, party=party, begins=begins, ends=ends)
    MeetingFactory(process=dialogue, days=days)

    found = [list(readers["meetings"](None, Wanted(party=code))) for code in ("QMA", "XXX")]

    assert [len(each) for each in found] == [int(is_found), 0]


def test_a_meeting_under_way_is_still_asked_for(dialogue):
    MeetingFactory(slug="now", process=dialogue, days="2030-05-06/2030-05-10")
    MeetingFactory(slug="over", process=dialogue, days="2030-05-06/2030-05-07")

    entries = readers["meetings"](None, Wanted(first=date(2030, 5, 8)))

    assert [each.key for each in entries] == ["meeting-now"]


def week_ahead():
    day = timezone.localdate() + timedelta(days=60)
    return day - timedelta(days=day.weekday())


def test_what_falls_together_is_asked_as_of_the_meetings(people, process):
    other = ProcessFactory()
    party = process.participations.filter(status="member").first().party
    monday = week_ahead()
    ParticipationFactory(process=other, party=party, begins=f"{monday + timedelta(days=7)}")
    for week in (0, 1):
        day = f"{monday + timedelta(days=7 * week)}"
        MeetingFactory(slug=f"own-{week}", process=process, days=day)
        MeetingFactory(slug=f"other-{week}", process=other, days=day)

    pairs = read_together(people["secretariat"], timezone.localdate())

    assert [{pair.one.entry.key, pair.other.entry.key} for pair in pairs] == [
        {"meeting-own-1", "meeting-other-1"}
    ]


def test_what_falls_together_elsewhere_is_no_matter_of_ones_own(people, process):
    party = process.participations.filter(status="member").first().party
    for _number in range(2):
        other = ProcessFactory()
        ParticipationFactory(process=other, party=party, begins="2020")
        MeetingFactory(process=other, days=f"{week_ahead()}")

    assert read_together(people["secretariat"], timezone.localdate()) == []


def test_what_falls_together_costs_the_same_at_any_number(
    people, process, django_assert_max_num_queries
):
    party = process.participations.filter(status="member").first().party
    other = ProcessFactory()
    ParticipationFactory(process=other, party=party, begins="2020")
    for number in range(20):
        day = f"{week_ahead() + timedelta(days=7 * number)}"
        MeetingFactory(process=process, days=day)
        MeetingFactory(process=other, days=day)

    with django_assert_max_num_queries(9):
        pairs = read_together(people["secretariat"], timezone.localdate())
    assert len(pairs) == 20


@pytest.mark.parametrize(("month", "is_known"), [("2100-12", True), ("2101-01", False)])
def test_the_calendar_goes_no_further_than_it_can_mean(db, client, month, is_known):
    said = (
        "The record says nothing of that year."
        in client.get(f"/calendar/?month={month}").content.decode()
    )

    assert said != is_known


def test_a_draft_is_in_no_feed(process, people, client):
    DocumentFactory(slug="draft", process=process, dated="2003-10-17")
    public = {"audience": Audience.PUBLIC, "published_at": timezone.now()}
    DocumentFactory(slug="open", process=process, dated="2003-10-17", **public)
    client.force_login(people["secretariat"])

    for path in ("/news.atom", f"/processes/{process.slug}/news.atom"):
        written = client.get(path).content.decode()
        assert ("/open/" in written, "/draft/" in written) == (True, False)


@pytest.mark.parametrize("path", ["/timeline.csv", "/timeline.xlsx", "/participation.csv"])
def test_nobody_keeps_the_file_of_somebody_signed_in(dialogue, people, client, path):
    public = client.get(path)
    client.force_login(people["focal_point"])

    own = client.get(path)

    assert (public.get("Cache-Control"), own["Cache-Control"]) == (None, "private, no-store")
