from datetime import UTC, date, datetime

import pytest

from comity.accounts.authority import SYSTEM
from comity.exchange.calendar import their_meetings
from comity.pages.ics import write_calendar
from comity.pages.queries.calendar import read_ahead
from comity.processes.calendar import Wanted
from tests.factories.exchange import RemoteMeetingFactory, RemoteProcessFactory
from tests.factories.processes import MeetingFactory, ProcessFactory


@pytest.fixture
def meetings(db):
    real = RemoteProcessFactory()
    made_up = RemoteProcessFactory(is_made_up=True)
    return [
        RemoteMeetingFactory(process=real, slug="may"),
        RemoteMeetingFactory(process=real, slug="june", days="2030-06"),
        RemoteMeetingFactory(process=real, slug="never", days=""),
        RemoteMeetingFactory(process=made_up, slug="invented"),
    ]


def slugs(wanted):
    return [entry.key.rpartition("-")[2] for entry in their_meetings(SYSTEM, wanted)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), {"may", "june", "never"}),
        (Wanted(made_up=True), {"invented"}),
        (Wanted(first=date(2030, 5, 7)), {"may", "june"}),
        (Wanted(first=date(2030, 5, 8)), {"june"}),
        (Wanted(last=date(2030, 5, 31)), {"may"}),
        (Wanted(process="meridian"), set()),
        (Wanted(party="QMA"), set()),
        (Wanted(theme="return"), set()),
        (Wanted(own=True), set()),
    ],
)
def test_their_meetings_stand_in_the_calendar_of_all(meetings, wanted, found):
    assert set(slugs(wanted)) == found


def test_entry_says_whose_it_is_and_leads_to_our_page(meetings):
    entry = their_meetings(SYSTEM, Wanted(last=date(2030, 5, 31)))[0]

    process = meetings[0].process
    assert (entry.whose, entry.process, entry.url, entry.version, entry.is_tentative) == (
        "Southern Secretariat",
        None,
        f"/exchange/{process.subscription.slug}/{process.slug}/#may",
        1,
        True,
    )


def test_calendar_marks_what_is_theirs_beside_our_own(db, django_assert_num_queries):
    own = ProcessFactory(is_made_up=False)
    MeetingFactory(process=own, days="2030-05-01", slug="ours")
    RemoteMeetingFactory()

    shown = read_ahead(SYSTEM, Wanted(), date(2030, 1, 1))

    assert [(each.entry.key[:6], each.process) for each in shown] == [
        ("meetin", "Process"),
        ("theirs", "Southern Secretariat"),
    ]
    written = write_calendar("All", their_meetings(SYSTEM, Wanted()), datetime.now(UTC)).decode()
    assert "SUMMARY:Their meeting (Southern Secretariat)" in written
    with django_assert_num_queries(1):
        their_meetings(SYSTEM, Wanted())
    RemoteMeetingFactory.create_batch(4)
    with django_assert_num_queries(1):
        their_meetings(SYSTEM, Wanted())


def test_a_calendar_of_ones_own_holds_and_counts_nothing_of_theirs(people, process, client):
    MeetingFactory(process=process, days="2030-05-01", slug="ours")
    theirs = RemoteProcessFactory(is_made_up=process.is_made_up)
    RemoteMeetingFactory(process=theirs)
    RemoteMeetingFactory(process=theirs, slug="never", days="")
    client.force_login(people["secretariat"])

    mine = client.get("/calendar/?month=2030-05").context
    everything = client.get("/calendar/?month=2030-05&record=on-record").context

    def seen(context):
        month = context["month"]
        ahead = {each.entry.key[:6] for each in context["ahead"]}
        return {each.entry.key[:6] for each in month.entries}, ahead, month.left_out

    assert seen(mine) == ({"meetin"}, {"meetin"}, 0)
    assert seen(everything) == ({"meetin", "theirs"}, {"meetin", "theirs"}, 1)
