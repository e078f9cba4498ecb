"""Everything dated on the page of a process follows the day; what is not dated is said to be."""

import pytest
from django.utils import timezone

from comity.processes.models import MeetingStatus, Office, StageKind
from tests.factories.documents import DocumentFactory
from tests.factories.library import StudyFactory
from tests.factories.parties import PartyNameFactory
from tests.factories.processes import (
    AgreementFactory,
    AreaFactory,
    BodyFactory,
    MeetingFactory,
    OpenSetFactory,
    ParticipationFactory,
    PartnershipFactory,
    ProcessFactory,
    SeatFactory,
    StageFactory,
    TermFactory,
)
from tests.factories.projects import ProjectFactory

URL = "/processes/meridian/"
NO_DATE = "The source gives no date for this."


@pytest.fixture
def process(db):
    """A process that began in 2000."""
    return ProcessFactory(slug="meridian", begins="2000", short_name={"en": "Meridian Dialogue"})


def page(client, on=""):
    return client.get(URL, {"on": on} if on else {}).context["page"]


def titles(lines):
    return [line.title for line in lines]


def party(name):
    return PartyNameFactory(name=name).party


def meeting(process, title, days, status=MeetingStatus.HELD):
    return MeetingFactory(process=process, title={"en": title}, days=days, status=status)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2001-12-31", []),
        ("2002-01-01", [("Board", ["Belmora"]), ("Room", [])]),
        ("2005-06-01", [("Board", ["Castaria", "Arvenia", "Belmora"]), ("Room", [])]),
        ("2011-01-01", [("Board", ["Belmora"])]),
    ],
)
def test_bodies_and_their_seats_follow_the_day(process, client, on, expected):
    board = BodyFactory(process=process, name={"en": "Board"}, begins="2002")
    BodyFactory(process=process, name={"en": "Room"}, begins="2002", ends="2010")
    arvenia, belmora, castaria = party("Arvenia"), party("Belmora"), party("Castaria")
    SeatFactory(body=board, party=belmora, begins="2002")
    SeatFactory(body=board, party=arvenia, begins="2005-06-01", ends="2010-12-31")
    SeatFactory(body=board, party=castaria, begins="2004", ends="2010")
    TermFactory(
        process=process,
        party=castaria,
        office=Office.BODY_CHAIR,
        body=board,
        begins="2005",
        ends="2010",
    )

    shown = page(client, on).offices.bodies

    assert [(body.name, [seat.name for seat in body.seats]) for body in shown] == expected


def test_seats_say_since_when_and_who_is_in_the_chair(process, client):
    board = BodyFactory(process=process, name={"en": "Board"})
    castaria = party("Castaria")
    SeatFactory(body=board, party=castaria, begins="2004")
    SeatFactory(body=board, party=party("Belmora"), begins="2002-03", note="Elected")
    TermFactory(process=process, party=castaria, office="body-chair", body=board, begins="2005")

    seats = page(client).offices.bodies[0].seats

    assert [(each.name, each.is_chair, each.since, each.note) for each in seats] == [
        ("Castaria", True, "since 2005", ""),
        ("Belmora", False, "since March 2002", "Elected"),
    ]


def test_secretariat_shows_its_note_beside_since_when(process, client):
    TermFactory(
        process=process,
        party=party("Liaison"),
        office=Office.SECRETARIAT,
        begins="2001-09",
        note="in two cities",
    )

    content = client.get(URL).content.decode()

    assert "since September 2001" in content
    assert "in two cities" in content


@pytest.mark.parametrize(
    ("on", "past", "ahead", "following"),
    [
        ("2003-01-01", [], ["Third", "Fourth", "Fifth"], "Third"),
        ("2003-05-27", [], ["Third", "Fourth", "Fifth"], "Third"),
        ("2003-05-28", ["Third"], ["Fourth", "Fifth"], "Fourth"),
        ("2003-12-30", ["Third"], ["Fourth", "Fifth"], "Fourth"),
        ("2003-12-31", ["Fourth", "Third"], ["Fifth"], "Fifth"),
        ("2005-02-02", ["Fifth", "Fourth", "Third"], [], ""),
    ],
)
def test_meetings_are_past_once_they_have_certainly_begun(
    process, client, on, past, ahead, following
):
    meeting(process, "Third", "2003-05-28/2003-05-30")
    meeting(process, "Fourth", "2003")
    meeting(process, "Fifth", "2005-02-02")
    meeting(process, "Someday", "")

    meetings = page(client, on).meetings

    assert titles(meetings.past.lines) == past
    assert titles(meetings.ahead.lines) == ahead
    assert titles(meetings.undated.lines) == ["Someday"]
    assert (meetings.next.title if meetings.next else "") == following
    assert meetings.total == 4


def test_next_meeting_is_not_one_that_was_cancelled(process, client):
    meeting(process, "Cancelled", "2090-01", MeetingStatus.CANCELLED)
    meeting(process, "Held on", "2091-01", MeetingStatus.PLANNED)

    meetings = page(client).meetings

    assert meetings.next.title == "Held on"
    assert [line.remark for line in meetings.ahead.lines] == ["cancelled", "planned"]


def test_record_that_ended_says_what_it_announced_last(process, client):
    meeting(process, "Held", "2002-01", MeetingStatus.HELD)
    meeting(process, "Announced", "2003-01", MeetingStatus.PLANNED)

    response = client.get(URL)

    assert response.context["page"].meetings.next is None
    assert response.context["page"].meetings.last_announced.title == "Announced"
    assert "Announced last" in response.content.decode()
    assert "Next meeting" not in response.content.decode()


def test_meeting_announced_without_a_date_is_the_next(process, client):
    MeetingFactory(process=process, title={"en": "Planned"}, days="", status="planned")

    assert page(client, "2003-03-01").meetings.next.title == "Planned"


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2002-12-31", ["Undated"]),
        ("2003-01-01", ["Of 2003", "Undated"]),
        ("2005-05-05", ["Of a day", "Of 2003", "Undated"]),
    ],
)
def test_documents_studies_and_projects_follow_the_day(process, client, on, expected):
    for words, dated in (("Of 2003", "2003"), ("Of a day", "2005-05-05"), ("Undated", "")):
        of = {"process": process, "title": {"en": words}}
        DocumentFactory(**of, dated=dated, audience="public", published_at=timezone.now())
        StudyFactory(**of, year=dated)
        ProjectFactory(**of, begins=dated)

    shown = page(client, on)

    for section in (shown.documents, shown.studies, shown.projects):
        assert titles(section.lines) == expected
        assert section.total == len(expected)


def test_agreements_and_stages_follow_the_day(process, client):
    AgreementFactory(process=process, title={"en": "Of 2003"}, signed="2003-02")
    AgreementFactory(process=process, title={"en": "Undated"})
    StageFactory(process=process, kind=StageKind.PROPOSED, begins="2000", ends="2001")
    StageFactory(process=process, kind=StageKind.ONGOING, begins="2002")
    StageFactory(process=process, kind=StageKind.DORMANT, begins="2010")

    early, late = page(client, "2001-05-01"), page(client, "2003-03-01")

    assert titles(early.agreements) == ["Undated"]
    assert titles(late.agreements) == ["Undated", "Of 2003"]
    assert [(line.title, line.when) for line in early.stages] == [("Proposed", "2000–2001")]
    assert [(line.title, line.when) for line in late.stages] == [
        ("Ongoing", "since 2002"),
        ("Proposed", "2000–2001"),
    ]


def test_merged_process_leads_to_the_one_it_became(process, client):
    process.merged_into = ProcessFactory(slug="lagoon")
    process.save()
    StageFactory(process=process, kind=StageKind.MERGED, begins="2010")

    assert [line.url for line in page(client).stages] == ["/processes/lagoon/"]


def test_what_has_no_date_is_said_to_have_none_on_a_chosen_day(process, client):
    AreaFactory(process=process)
    PartnershipFactory(process=process)
    BodyFactory(process=process, name={"en": "Board"}, kind="group")

    today, then = client.get(URL), client.get(URL, {"on": "2003-03-01"})

    assert today.content.decode().count(NO_DATE) == 0
    assert then.content.decode().count(NO_DATE) == 3


def test_day_before_the_process_began_is_said_plainly(process, client):
    ParticipationFactory(process=process, begins="../2003")
    ParticipationFactory(process=process, party=party("Arvenia"), begins="1999")
    TermFactory(process=process, office=Office.SECRETARIAT, begins="../2003")
    BodyFactory(process=process)
    for add in (AreaFactory, OpenSetFactory, PartnershipFactory):
        add(process=process)
    meeting(process, "Ahead", "2003")
    meeting(process, "Before", "1998-02")
    meeting(process, "Someday", "")
    StudyFactory(process=process, title={"en": "Early"}, year="1998")
    StudyFactory(process=process, title={"en": "Undated"}, year="")

    response = client.get(URL, {"on": "1999-03-01"})
    shown, content = response.context["page"], response.content.decode()

    said = "On 1 March 1999 the Meridian Dialogue had not begun; its source dates it from 2000."
    assert said in content
    assert "You see the process as of" not in content
    assert [each.name for each in shown.participants] == []
    assert (shown.offices.secretariats, shown.offices.bodies) == ([], [])
    assert (shown.areas, shown.open_sets, shown.partners) == ([], [], [])
    assert (titles(shown.meetings.past.lines), shown.meetings.total) == (["Before"], 1)
    assert shown.meetings.next is None
    assert (titles(shown.studies.lines), shown.studies.total) == (["Early"], 1)
    assert shown.open_points == []


def test_files_are_of_the_day_that_the_page_shows(process, client):
    ParticipationFactory(process=process, party=party("Arvenia"), begins="2000", ends="2004")
    ParticipationFactory(process=process, party=party("Belmora"), begins="../2010")

    files = client.get(URL, {"on": "2003-03-01"}).context["participant_files"]
    response = client.get(files[0].url)
    before = client.get("/processes/meridian/participants.csv?on=1999-01-01")

    assert files[0].url == "/processes/meridian/participants.csv?on=2003-03-01"
    assert response["Content-Disposition"] == (
        'attachment; filename="meridian-participants-2003-03-01.csv"'
    )
    assert [line.split(",")[0] for line in response.getvalue().decode().splitlines()[1:]] == [
        "Arvenia",
        "Belmora",
    ]
    assert len(before.getvalue().decode().splitlines()) == 1
