"""The timeline shows every meeting, and says what it cannot show."""

from datetime import date

from comity.pages.queries.timeline import read_timeline
from tests.factories.processes import MeetingFactory, ProcessFactory


def test_meetings_of_one_year_lie_apart(db, people):
    process = ProcessFactory(begins="2000")
    for days in ("2001", "2001", "2001", "2003-05-01"):
        MeetingFactory(process=process, days=days)

    strip = read_timeline(people["visitor"], date(2004, 1, 1)).strips[0]

    assert strip.meetings == len(set(strip.points)) == 4


def test_a_meeting_without_a_date_is_counted_as_on_all_other_pages(paper, client):
    regions = client.get("/processes/").context["found"].regions
    listed = {row.url: row.meetings for region in regions for row in region.rows}

    strips = client.get("/timeline/").context["timeline"].strips

    assert {strip.url: strip.meetings for strip in strips} == listed
    apc = next(strip for strip in strips if strip.url == "/processes/apc/")
    assert (apc.meetings, apc.points) == (1, [])


def test_a_choice_that_cannot_be_is_said(db, client):
    content = client.get("/timeline/?record=zzz").content.decode()

    assert "“zzz” is not one of the list" in content
