"""The page of a State or an organisation: where it sits, with whom, on what, as of any day."""

import pytest

from comity.processes.models import Attendance, Office, Status
from comity.projects.models import ProjectCountry
from comity.sources.models import Citation
from tests.factories.documents import DocumentFactory
from tests.factories.library import StudyFactory
from tests.factories.parties import (
    MinistryFactory,
    PartyFactory,
    PartyNameFactory,
    PostFactory,
)
from tests.factories.processes import (
    AgreementFactory,
    AreaFactory,
    BodyFactory,
    GroupingFactory,
    MeetingFactory,
    ParticipationFactory,
    PartnershipFactory,
    ProcessFactory,
    SeatFactory,
    TermFactory,
    ThemeFactory,
)
from tests.factories.projects import ProjectFactory
from tests.factories.sources import SourceFactory

URL = "/parties/QMA/"
NAMES = {"QMA": "Arvenia", "QMB": "Belmora", "QMC": "Castaria"}


def state(code, **more):
    return PartyNameFactory(name=NAMES[code], party__code=code, **more).party


@pytest.fixture
def meridian(process):
    process.short_name, process.begins = {"en": "Meridian"}, "2016"
    process.save()
    return process


@pytest.fixture
def coast(db):
    return ProcessFactory(slug="coast", short_name={"en": "Coast"}, order=1)


@pytest.fixture
def arvenia(meridian, coast):
    """A State in two processes, with one other in both and a third in one of them."""
    arvenia, belmora, castaria = (state(code) for code in NAMES)
    ParticipationFactory(process=meridian, party=arvenia, begins="2016-03-10", is_origin=True)
    ParticipationFactory(process=coast, party=arvenia, status=Status.OBSERVER, begins="2020")
    for process in (meridian, coast):
        ParticipationFactory(process=process, party=belmora)
    ParticipationFactory(process=meridian, party=castaria, begins="2018", ends="2021-12-31")
    return arvenia


def page_of(client, url=URL, **asked):
    response = client.get(url, asked)
    assert response.status_code == 200
    return response.context["page"]


def test_seats_say_status_role_and_since(arvenia, client):
    ParticipationFactory(
        process=ProcessFactory(slug="harbour", order=2), party=arvenia, status=Status.WITHDRAWN
    )

    seats = page_of(client).seats

    assert [
        (seat.slug, seat.status, seat.role, seat.since, seat.others) for seat in seats.shown
    ] == [
        ("meridian", "member", "country of origin", "since 10 March 2016", 1),
        ("coast", "observer", "", "since 2020", 1),
        ("harbour", "withdrawn", "", "since 2020", 0),
    ]
    assert (seats.total, seats.statuses) == (2, [("member", 1), ("observer", 1)])


def test_every_role_is_said(db, client):
    party = state("QMA")
    ParticipationFactory(party=party, is_origin=True, is_transit=True, is_destination=True)

    assert page_of(client).seats.shown[0].role == "country of origin, transit, destination"


def test_seat_on_behalf_of_a_territory_began_at_a_meeting(db, client):
    meeting = MeetingFactory(slug="founding", title={"en": "Founding meeting"})
    ParticipationFactory(
        party=state("QMA"), for_territory=state("QMB", party__kind="territory"),
        since_meeting=meeting, process=meeting.process,
    )  # fmt: skip

    seat = page_of(client).seats.shown[0]

    assert (seat.behalf, seat.began_at, seat.began_at_url) == (
        "Belmora",
        "Founding meeting",
        "/meetings/founding/",
    )


@pytest.mark.parametrize(
    ("on", "companions"),
    [
        ("", [("Belmora", {"meridian", "coast"})]),
        ("2021-06-01", [("Belmora", {"meridian", "coast"}), ("Castaria", {"meridian"})]),
        ("2017-06-01", []),
    ],
)
def test_companions_stand_by_processes_in_common_on_the_day(arvenia, client, on, companions):
    seats = page_of(client, on=on).seats

    assert [(each.name, set(each.common)) for each in seats.companions] == companions
    assert (seats.met, seats.met_twice) == (len(companions), min(1, len(companions)))


def test_companions_have_a_mark_under_each_process_in_common(arvenia, client):
    page = client.get(URL, {"on": "2021-06-01"}).content.decode()

    mark = '<td class="p" data-region="americas"><span class="mark">yes</span></td>'
    assert f'Belmora</a></th>{mark}{mark}<td class="number">2</td>' in page
    assert f'Castaria</a></th>{mark}<td class="p"></td><td class="number">1</td>' in page


def test_themes_are_counted_in_the_words_of_the_processes(arvenia, meridian, coast, client):
    borders, data = (ThemeFactory(slug=name, name={"en": name}) for name in ("borders", "data"))
    AreaFactory(process=meridian, words="Border posts").themes.add(borders)
    AreaFactory(process=coast, words="Puestos", language="es").themes.add(borders)
    AreaFactory(process=coast, words="Figures").themes.add(data)
    AreaFactory(words="Of another process").themes.add(data)

    page = page_of(client)

    assert [(theme.name, theme.url, theme.common, theme.words) for theme in page.seats.themes] == [
        (
            "borders",
            "/processes/?theme=borders",
            {"meridian", "coast"},
            [("Meridian", "Border posts "), ("Coast", '<bdi lang="es">Puestos</bdi> ')],
        ),
        ("data", "/processes/?theme=data", {"coast"}, [("Coast", "Figures ")]),
    ]
    assert [seat.areas for seat in page.seats.shown] == [["Border posts"], ["Puestos", "Figures"]]


def test_offices_are_those_of_the_day_and_those_of_before(arvenia, meridian, client):
    body = BodyFactory(process=meridian, name={"en": "Drafting group"})
    TermFactory(process=meridian, party=arvenia, begins="2017", ends="2018")
    TermFactory(process=meridian, party=arvenia, office=Office.CO_CHAIR, begins="2019")
    TermFactory(process=meridian, party=arvenia, office=Office.KEEPER)
    TermFactory(process=meridian, party=arvenia, begins="2095")
    SeatFactory(body=body, party=arvenia, begins="2018-05")

    page = page_of(client)
    offices = [(each.label, each.when, each.note, each.holds) for each in page.record.offices]

    assert offices == [
        ("Co-chair", "since 2019", "", True),
        ("Seat", "since May 2018", "Drafting group", True),
        ("Presidency", "2017–2018", "", False),
    ]
    assert [each.label for each in page.offices_held] == ["Co-chair", "Seat"]
    assert [each.label for each in page_of(client, on="2018-02-01").offices_held] == ["Presidency"]


@pytest.mark.parametrize(
    ("on", "past", "ahead"),
    [("", ["Past"], ["Ahead", "Named"]), ("2019-01-01", [], ["Past", "Ahead", "Named"])],
)
def test_meetings_are_past_or_ahead_as_of_the_day(arvenia, meridian, client, on, past, ahead):
    MeetingFactory(process=meridian, title={"en": "Past"}, country=arvenia, days="2020-05-04")
    MeetingFactory(process=meridian, title={"en": "Ahead"}, days="2090-05-04", status="planned")
    MeetingFactory(process=meridian, title={"en": "Off"}, days="2090-06", status="cancelled")
    MeetingFactory(title={"en": "Of others"}, days="2090-05-04")
    named = MeetingFactory(title={"en": "Named"}, days="2091")
    Attendance.objects.create(meeting=named, order=1, party=arvenia, name_in_source="Arvenia")

    record = page_of(client, on=on).record

    assert [line.title for line in record.hosted.lines] == past
    assert [line.title for line in record.ahead.lines] == ahead
    assert record.named.lines == []


def test_meetings_that_name_it_say_as_what(arvenia, client):
    meeting = MeetingFactory(title={"es": "Taller"}, days="2020", place="Port Arven")
    Attendance.objects.create(
        meeting=meeting, order=1, party=arvenia, name_in_source="Arvenia", role="host"
    )

    lines = page_of(client).record.named.lines

    assert [(line.when, line.title, line.language, line.remark) for line in lines] == [
        ("2020", "Taller", "es", "Process, Port Arven, host")
    ]


def test_documents_are_those_of_its_processes_that_the_reader_may_read(
    arvenia, meridian, client, people
):
    published = {"audience": "public", "published_at": "2020-01-01T00:00Z"}
    DocumentFactory(process=meridian, title={"en": "Declaration"}, dated="2019", **published)
    DocumentFactory(process=meridian, title={"en": "Draft"})
    DocumentFactory(title={"en": "Of others"}, **published)

    visitor = page_of(client).documents
    client.force_login(people["secretariat"])
    secretariat = page_of(client).documents

    assert [line.title for line in visitor.lines] == ["Declaration"]
    assert [line.title for line in secretariat.lines] == ["Declaration", "Draft"]
    assert (visitor.total, secretariat.total) == (1, 2)


def test_documents_of_a_later_day_have_not_come_out(arvenia, meridian, client):
    DocumentFactory(
        process=meridian, dated="2019-05", audience="public", published_at="2020-01-01T00:00Z"
    )

    assert page_of(client, on="2019-04-30").documents.total == 0
    assert page_of(client, on="2019-05-01").documents.total == 1


def test_names_are_those_of_the_day_in_each_language(db, client):
    party = state("QMA", begins="2010-01-01")
    for language, name, more in (
        ("en", "Old Arvenia", {"ends": "2009-12-31"}),
        ("fr", "Arvénie", {}),
        ("en", "The Arvenia", {"kind": "in-source", "source": "A paper"}),
        ("en", "Arvenia of tomorrow", {"begins": "2095"}),
    ):
        PartyNameFactory(party=party, language=language, name=name, **more)

    today, before = page_of(client).names, page_of(client, on="2005-01-01").names

    assert today.name == "Arvenia"
    assert [(each.name, each.when) for each in today.current] == [
        ("Arvenia", "since 1 January 2010"),
        ("Arvénie", ""),
    ]
    assert [(each.name, each.when) for each in today.earlier] == [
        ("Old Arvenia", "until 31 December 2009")
    ]
    assert [each.name for each in today.written] == ["The Arvenia"]
    assert (before.name, before.earlier) == ("Old Arvenia", [])


def test_party_without_a_name_is_called_by_its_code(db, client):
    PartyFactory(code="QMA")

    page = page_of(client)

    assert (page.name, page.name_language) == ("QMA", "")


def test_what_belongs_together_is_linked(db, client):
    union = PartyFactory(code="QMA", ends="2006-06-03")
    for code, link in (("QMB", "successors"), ("QMC", "predecessors")):
        getattr(union, link).add(state(code))
    PartyNameFactory(name="Isle", party__kind="territory", party__part_of=union, party__code="QMZ")

    record = page_of(client).record
    page = client.get(URL).content.decode()
    before = client.get(URL, {"on": "2003-01-01"}).content.decode()

    assert [each.name for each in record.successors] == ["Belmora"]
    assert [each.name for each in record.predecessors] == ["Castaria"]
    assert [(each.name, each.url) for each in record.parts] == [("Isle", "/parties/QMZ/")]
    assert [each.name for each in page_of(client, "/parties/QMZ/").record.above] == ["QMA"]
    assert "This party exists no more: it ended on 3 June 2006." in page
    assert "exists no more" not in before


def test_posts_are_named_and_never_who_holds_them(affiliations, client, people):
    party = affiliations["chair"].party
    ministry = MinistryFactory(party=party, name={"en": "Ministry of the Interior"})
    focal = PostFactory(
        party=party, ministry=ministry, title={"en": "Focal point"}, is_focal_point=True
    )
    PostFactory(party=party, title={"en": "Kept to itself"})
    affiliations["chair"].post = focal
    affiliations["chair"].save()
    person = affiliations["chair"].person.name
    url = f"/parties/{party.code}/"

    page = page_of(client, url)
    visitor = client.get(url).content.decode()
    client.force_login(people["chair"])
    own = client.get(url).content.decode()

    assert [(each.name, each.posts) for each in page.record.departments] == [
        ("Ministry of the Interior", ["Focal point"])
    ]
    assert person not in visitor
    people_url = f"{url}people/"
    assert (people_url in visitor, people_url in own) == (False, True)


def test_organisation_shows_what_it_does_and_has(meridian, coast, client):
    league = PartyNameFactory(
        name="Harbour League", party__code="league", party__kind="organisation",
        party__acronym="HL",
    ).party  # fmt: skip
    office = PartyNameFactory(
        name="League in Arven", party__code="league-arven", party__kind="office",
        party__part_of=league, party__place="Port Arven",
    )  # fmt: skip
    for order, role in enumerate(("secretariat support", "research")):
        PartnershipFactory(process=meridian, party=league, role=role, order=order)
    PartnershipFactory(process=None, party=league, role="experts")
    TermFactory(process=meridian, party=league, office=Office.SECRETARIAT)
    AgreementFactory(process=coast, title={"en": "Memorandum"}, signed="2019").parties.add(league)
    GroupingFactory(party=league, name="League of ports")
    for implementer in ("HL", "HL with others", "Harbour League", "HLX", "With HL"):
        ProjectFactory(title={"en": implementer}, implementer=implementer)
    StudyFactory(title={"en": "Study"}, producer="Harbour League")

    page = page_of(client, "/organisations/league/")
    record = page.record

    assert [
        (each.process.label, [words for words, _sources in each.roles]) for each in record.services
    ] == [("Meridian", ["secretariat support", "research"]), ("All processes", ["experts"])]
    assert (record.served, record.roles) == (1, 3)
    assert [each.label for each in page.offices_held] == ["Secretariat"]
    assert [(each.title, each.url) for each in record.agreements.lines] == [
        ("Memorandum", "/processes/coast/")
    ]
    assert [each.title for each in record.groupings.lines] == ["League of ports"]
    assert sorted(each.title for each in record.carried.lines) == [
        "HL",
        "HL with others",
        "Harbour League",
    ]
    assert [each.title for each in record.studies.lines] == ["Study"]
    assert [(each.name, each.remark) for each in record.parts] == [(office.name, "Port Arven")]


def test_projects_are_those_that_work_there(arvenia, meridian, client):
    project = ProjectFactory(
        process=meridian, title={"en": "One counter"}, begins="2019", ends="2021", status="ongoing"
    )
    ProjectCountry.objects.create(project=project, party=arvenia, order=1, name_in_source="Arvenia")

    found = page_of(client).record.projects.lines

    assert [(each.when, each.title, each.remark) for each in found] == [
        ("2019–2021", "One counter", "Ongoing, Meridian")
    ]
    assert page_of(client, on="2018-12-31").record.projects.lines == []


def test_facts_carry_their_sources(arvenia, client):
    source = SourceFactory(slug="paper", symbol="PAPER/1")
    row = arvenia.participations.first()
    Citation.objects.create(source=source, target=row, locator="Annex II, row 5")

    seat = page_of(client).seats.shown[0]

    assert 'href="/sources/paper/' in seat.sources


def test_made_up_party_says_so(db, client):
    state("QMA", party__is_made_up=True)

    page = client.get(URL).content.decode()

    assert page.count('class="demonstration"') == 1
    assert "record=made-up" in page_of(client).calendar_url
