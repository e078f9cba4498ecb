"""What to know before a trip: a page to print, and as a PDF; and everything as a table."""

import pytest

from comity.processes.models import Attendance, Office
from tests.factories.documents import DocumentFactory
from tests.factories.parties import PartyFactory, PartyNameFactory, PostFactory
from tests.factories.processes import (
    AreaFactory,
    MeetingFactory,
    ParticipationFactory,
    PartnershipFactory,
    ProcessFactory,
    TermFactory,
)

URL = "/parties/QMA/brief/"


@pytest.fixture
def arvenia(process):
    process.short_name = {"en": "Meridian"}
    process.save()
    party = PartyNameFactory(name="Arvenia", party__code="QMA").party
    ParticipationFactory(process=process, party=party)
    return party


def brief_of(client, **asked):
    response = client.get(URL, asked)
    assert response.status_code == 200
    return response.context["brief"]


def test_brief_says_of_each_process_where_the_state_stands(arvenia, process, client):
    AreaFactory(process=process, words="Border posts")
    TermFactory(process=process, party=PartyNameFactory(name="Belmora").party)
    TermFactory(process=process, party=arvenia, office=Office.COORDINATOR)
    for title, days, status in (
        ("First", "2018", "held"),
        ("Second", "2019-05", "held"),
        ("Third", "2020", "held"),
        ("Fourth", "2021", "held"),
        ("Off", "2022", "cancelled"),
        ("Next", "2090", "planned"),
    ):
        MeetingFactory(process=process, title={"en": title}, days=days, status=status)
    published = {"audience": "public", "published_at": "2020-01-01T00:00Z"}
    for title, adopted_by in (("Declaration", "the States"), ("Agenda", "")):
        DocumentFactory(process=process, title={"en": title}, adopted_by=adopted_by, **published)

    (found,) = brief_of(client).processes

    assert (found.seat.process.label, found.seat.status, found.seat.since) == (
        "Meridian",
        "member",
        "since 2020",
    )
    assert [each.label for each in found.held] == ["Coordinator"]
    assert [each.holder for each in found.presides] == ["Belmora"]
    assert [line.title for line in found.recent] == ["Fourth", "Third", "Second"]
    assert [line.title for line in found.ahead] == ["Next"]
    assert [line.title for line in found.texts] == ["Declaration"]
    assert found.areas == "Border posts"
    assert found.open_points == ["Who serves as secretariat"]


def test_brief_names_what_is_not_on_record(arvenia, process, client):
    arvenia.participations.update(begins="../2003-11", begins_earliest=None)

    (found,) = brief_of(client).processes

    assert found.open_points == [
        "Who presides",
        "Who serves as secretariat",
        "When it meets next",
        "Any adopted text",
        "Since when the State takes part",
    ]


def test_partners_lead_to_their_pages(arvenia, process, client):
    other = ProcessFactory(slug="harbour")
    league = PartyNameFactory(name="League", party__code="le", party__kind="ngo").party
    for order, partner in enumerate(
        ({"party": league}, {"party": None, "partner_process": other}, {"party": None})
    ):
        PartnershipFactory(
            process=process, name_in_source="Those", role="help", order=order, **partner
        )

    (found,) = brief_of(client).processes

    assert [(each.name, each.url, each.role) for each in found.partners] == [
        ("League", "/organisations/le/", "help"),
        ("Those", "/processes/harbour/", "help"),
        ("Those", "", "help"),
    ]


def test_adopted_texts_are_those_that_the_reader_may_read(arvenia, process, client, people):
    DocumentFactory(process=process, title={"en": "Draft"}, adopted_by="the States")

    visitor = brief_of(client).processes[0].texts
    client.force_login(people["secretariat"])
    secretariat = brief_of(client).processes[0].texts

    assert visitor == []
    assert [line.title for line in secretariat] == ["Draft"]


@pytest.mark.parametrize(
    ("reader", "sees"),
    [
        ("visitor", False),
        ("outsider", False),
        ("observer", False),
        ("partner", False),
        ("other_focal_point", True),
        ("chair", True),
        ("secretariat", True),
    ],
)
def test_people_are_for_who_reads_the_directory(affiliations, people, client, reader, sees):
    held = affiliations["focal_point"]
    held.post = PostFactory(party=held.party, title={"en": "Focal point"}, is_focal_point=True)
    held.save()
    held.person.email = "person@arvenia.example"
    held.person.save()
    PostFactory(party=held.party, title={"en": "Kept to itself"})
    if reader != "visitor":
        client.force_login(people[reader])

    response = client.get(f"/parties/{held.party.code}/brief/")
    page = response.content.decode().replace("<wbr>", "")

    assert (held.person.email in page, held.person.name in page) == (sees, sees)
    posts = response.context["brief"].posts
    assert (posts and [post.title for post in posts]) == (["Focal point"] if sees else None)


def test_vacant_post_is_said(affiliations, people, client):
    party = affiliations["focal_point"].party
    PostFactory(party=party, title={"en": "Focal point"}, is_focal_point=True)
    client.force_login(people["focal_point"])

    page = client.get(f"/parties/{party.code}/brief/").content.decode()

    assert '<td>Focal point</td><td data-label="Name">vacant</td>' in page


def test_long_brief_leaves_the_rest_to_the_page(arvenia, client):
    for _ in range(13):
        ParticipationFactory(party=arvenia)

    brief = brief_of(client)

    assert (len(brief.processes), brief.more_processes) == (12, 2)
    assert "2 more processes on its page" in client.get(URL).content.decode()


def test_brief_follows_the_day(arvenia, process, client):
    assert brief_of(client, on="2019-12-31").processes == []
    assert "As of 31 December 2019." in client.get(URL, {"on": "2019-12-31"}).content.decode()


@pytest.mark.parametrize("kind", ["organisation", "office"])
def test_organisation_has_no_brief(db, client, kind):
    PartyFactory(code="league", kind=kind)

    assert client.get("/parties/league/brief/").status_code == 404


def test_brief_is_handed_out_as_a_pdf_with_whole_addresses(arvenia, process, client, people):
    client.force_login(people["secretariat"])

    response = client.get("/parties/QMA/brief.pdf", {"on": "2020-05-01"})

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="QMA-2020-05-01.pdf"'
    assert response.content.startswith(b"%PDF-")
    assert b"comity.invalid" not in response.content


def test_record_is_handed_out_as_a_table(arvenia, process, client):
    TermFactory(process=process, party=arvenia, begins="2021")
    meeting = MeetingFactory(process=process, title={"en": "Workshop"}, days="2020-05-04")
    Attendance.objects.create(meeting=meeting, order=1, party=arvenia, name_in_source="Arvenia")
    DocumentFactory(process=process, title={"en": "Draft"})

    response = client.get("/parties/QMA/record.csv", {"on": "2022-01-01"})

    assert response["Content-Disposition"] == 'attachment; filename="QMA-record-2022-01-01.csv"'
    assert response.getvalue().decode("utf-8-sig") == (
        "What,Name,Details,When,Source\r\n"
        "Participation,Meridian,member,since 2020,\r\n"
        'Office,"Presidency, Meridian",,since 2021,\r\n'
        "Meeting for which it is named,Workshop,Meridian,4 May 2020,\r\n"
    )


def test_record_of_an_organisation_names_its_services(process, client):
    league = PartyNameFactory(name="League", party__code="le", party__kind="ngo").party
    PartnershipFactory(process=process, party=league, role="experts")

    response = client.get("/organisations/le/record.csv", {"on": "2022-01-01"})

    assert response.getvalue().decode("utf-8-sig") == (
        "What,Name,Details,When,Source\r\nService,Process,experts,,\r\n"
    )


@pytest.mark.parametrize(
    "url", ["/parties/QMA/record.txt", "/organisations/QMA/record.csv", "/parties/le/record.csv"]
)
def test_table_that_is_none_is_not_found(arvenia, client, url):
    PartyFactory(code="le", kind="ngo")

    assert client.get(url).status_code == 404


def test_offices_of_one_organisation_are_listed(db, client):
    league = PartyNameFactory(name="League", party__code="le", party__kind="organisation").party
    PartyNameFactory(name="League in Arven", party__kind="office", party__part_of=league)
    PartyNameFactory(name="Another", party__kind="office")

    listed = client.get("/organisations/", {"part_of": "le"}).context["rows"]

    assert [row.name for row in listed] == ["League in Arven"]
    assert client.get("/organisations/", {"part_of": "nobody"}).status_code == 404
