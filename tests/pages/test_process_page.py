"""The page of a process shows the newest of much, and costs little whoever reads it."""

import pytest
from django.utils import timezone

from tests.factories.documents import DocumentFactory
from tests.factories.library import StudyFactory
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import (
    BodyFactory,
    MeetingFactory,
    ParticipationFactory,
    PartnershipFactory,
    ProcessFactory,
    StageFactory,
)
from tests.factories.projects import ProjectFactory
from tests.pages.test_costs import queries

URL = "/processes/meridian/"
MANY = 25
MOST_QUERIES = {False: 15, True: 20}


@pytest.fixture
def full(process):
    """A process with more of everything than its page shows."""
    published = {"audience": "public", "published_at": timezone.now()}
    for number in range(MANY):
        year = str(1990 + number)
        DocumentFactory(process=process, dated=year, title={"en": f"Of {year}"}, **published)
        StudyFactory(process=process, year=year, title={"en": f"Of {year}"})
        ProjectFactory(process=process, begins=year, title={"en": f"Of {year}"})
        MeetingFactory(process=process, days=year, title={"en": f"Of {year}"})
        MeetingFactory(process=process, days=str(2900 + number), title={"en": "Ahead"})
        MeetingFactory(process=process, days="", title={"en": "Undated"})
    return process


def test_sections_show_the_newest_and_lead_to_all(full, client):
    response = client.get(URL)
    page, content = response.context["page"], response.content.decode()
    newest = [f"Of {year}" for year in range(2014, 1994, -1)]

    for name in ("documents", "studies", "projects"):
        section = getattr(page, name)
        assert [line.title for line in section.lines] == newest
        assert section.total == MANY
        label = f"All {name} of the process ({MANY})"
        assert f'<a href="/{name}/?process=meridian">{label}</a>' in content
    assert [part.count for part in page.parts if part.anchor != "meetings"] == [MANY] * 3


def test_meetings_show_the_newest_past_and_the_nearest_ahead(full, client):
    response = client.get(URL)
    meetings = response.context["page"].meetings

    assert [line.title for line in meetings.past.lines] == [
        f"Of {year}" for year in range(2014, 1994, -1)
    ]
    assert [line.when for line in meetings.ahead.lines] == ["2900", "2901", "2902", "2903", "2904"]
    assert len(meetings.undated.lines) == 5
    assert meetings.total == 3 * MANY
    assert '<a href="/meetings/?process=meridian">' in response.content.decode()


@pytest.mark.parametrize("name", ["documents", "studies", "projects", "meetings"])
def test_list_that_the_page_leads_to_has_all(full, client, name):
    page = client.get(URL).context["page"]
    listing = client.get(getattr(page, name).all_url).context["listing"]

    assert listing.page.paginator.count == getattr(page, name).total


LISTS = ("documents", "studies", "projects", "meetings")


def test_few_things_lead_to_no_list(process, client):
    StudyFactory(process=process)
    MeetingFactory(process=process)

    page = client.get(URL).content.decode()
    assert [each for each in LISTS if f"/{each}/?process=" in page] == []


def test_count_is_of_what_the_reader_may_read(full, client, people):
    DocumentFactory(process=full, dated="2020", audience="secretariat", published_at=timezone.now())

    counts = {}
    for reader in ("visitor", "outsider", "secretariat"):
        if reader != "visitor":
            client.force_login(people[reader])
        counts[reader] = client.get(URL).context["page"].documents.total

    assert counts == {"visitor": MANY, "outsider": MANY, "secretariat": MANY + 1}


@pytest.mark.parametrize("reader", ["visitor", "outsider", "secretariat", "administrator"])
def test_page_costs_a_reader_twenty_queries_at_most(full, client, people, reader):
    if reader != "visitor":
        client.force_login(people[reader])

    assert queries(client, URL) <= MOST_QUERIES[reader != "visitor"]


@pytest.mark.parametrize(("on", "expected"), [("", ["Draft"]), ("2003-03-01", [])])
def test_draft_that_is_dated_ahead_is_shown_today(process, client, people, on, expected):
    DocumentFactory(process=process, title={"en": "Draft"}, dated="2090")
    client.force_login(people["secretariat"])

    page = client.get(URL, {"on": on}).context["page"]

    assert [line.title for line in page.documents.lines] == expected


def test_partners_lead_to_their_pages(process, client):
    for order, partner in enumerate(
        (
            {"party": PartyNameFactory(name="League", party__code="le", party__kind="ngo").party},
            {"party": PartyFactory(code="QMA", kind="state")},
            {"partner_process": ProcessFactory(slug="harbour")},
            {"party": None},
        )
    ):
        PartnershipFactory(
            process=process, name_in_source="those", role="help", order=order, **partner
        )

    found = [(line.title, line.url) for line in client.get(URL).context["page"].partners]

    assert found == [
        ("Those", "/organisations/le/"),
        ("Those", "/parties/QMA/"),
        ("those", "/processes/harbour/"),
        ("Those", ""),
    ]


def test_office_that_its_source_names_without_a_holder_is_said(client, process):
    BodyFactory(process=process, kind="secretariat", name={"en": "Office of the Talks"})
    BodyFactory(process=process, kind="presidency", name={"en": "Chair of the Talks"})
    process.terms.all().delete()

    page = client.get(URL).context["page"]
    table = client.get("/processes/").content.decode()

    assert page.offices.secretariat_body.name == "Office of the Talks"
    assert page.offices.chair_body.name == "Chair of the Talks"
    assert "Who serves as secretariat" not in page.open_points
    assert "Office of the Talks" in table


def test_roles_and_few_guests_are_named(client, process):
    party = PartyFactory(region="americas")
    PartyNameFactory(party=party, name="Arvenia")
    process.participations.exclude(status="member").delete()
    ParticipationFactory(
        process=process, party=party, status="invited", begins="2020", is_origin=True
    )

    page = client.get(URL).context["page"]

    arvenia = next(each for each in page.participants if each.name == "Arvenia")
    assert "country of origin" in arvenia.remarks
    assert page.guests == "Arvenia (invited)"


def test_stage_is_seen_from_its_day(client, process):
    StageFactory(process=process, kind="ongoing", begins="2001", ends="2005")

    then = client.get(f"{URL}?on=2003-01-01").context["page"].stages
    now = client.get(URL).context["page"].stages

    assert "since 2001" in [each.when for each in then]
    assert "2001–2005" in [each.when for each in now]


def test_what_two_processes_share_is_counted_as_in_the_overlaps(db, client):
    one, other = ProcessFactory(slug="one"), ProcessFactory(slug="other")
    statuses = {
        "both": ("participant", "member"),
        "guest there": ("participant", "invited"),
        "guest here": ("observer", "participant"),
    }
    for name, (here, there) in statuses.items():
        party = PartyNameFactory(name=name).party
        ParticipationFactory(process=one, party=party, status=here)
        ParticipationFactory(process=other, party=party, status=there)
    territory = PartyFactory(kind="territory")
    speaker = PartyNameFactory(name="speaker").party
    for behalf in (None, territory):
        ParticipationFactory(process=one, party=speaker, for_territory=behalf)
    ParticipationFactory(process=other, party=speaker)

    pages = [client.get(f"/processes/{slug}/").context["page"] for slug in ("one", "other")]
    (pair,) = client.get("/overlaps/").context["overlaps"].pairs

    shared = [[(each.count, each.names) for each in page.shared] for page in pages]
    assert shared == [[(2, "both, speaker")], [(2, "both, speaker")]]
    assert pair.count == 2
