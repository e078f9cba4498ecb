"""Papers of every audience are shown to exactly the right people, wherever papers are shown."""

import re

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from comity.accounts.authority import SYSTEM
from comity.documents.models import Document, DocumentSubject
from comity.pages.indexing import index_everything
from comity.processes.audiences import Audience
from comity.sources.services import cite
from tests.conftest import PERSONAS
from tests.factories.documents import DocumentFactory
from tests.factories.parties import AffiliationFactory
from tests.factories.processes import MeetingFactory, ParticipationFactory
from tests.factories.sources import SourceFactory

MEMBERS = {"focal_point", "other_focal_point", "body_member", "chair"}
READERS = {
    "public": set(PERSONAS),
    "participants": MEMBERS | {"observer", "partner", "secretariat"},
    "members": MEMBERS | {"secretariat"},
    "body": {"body_member", "secretariat"},
    "named-party": {"other_focal_point", "secretariat"},
    "named-process": {"outsider", "secretariat"},
    "chair": {"chair", "secretariat"},
    "secretariat": {"secretariat"},
    "draft": {"secretariat"},
}
WORDS = re.compile(r"Zebra for ([a-z-]+)")


@pytest.fixture
def meeting(process):
    return MeetingFactory(process=process)


@pytest.fixture
def source(db):
    return SourceFactory(slug="minutes")


@pytest.fixture
def papers(process, body, meeting, source, affiliations):
    """One paper for every audience, each cited, indexed, with a subject, at one meeting."""
    lagoon = affiliations["outsider"].party.terms.get().process
    ParticipationFactory(process=lagoon, party=affiliations["outsider"].party)
    more = {
        "body": {"body": body},
        "named-process": {"audience": Audience.NAMED, "named_process": lagoon},
        "named-party": {"audience": Audience.NAMED},
        "draft": {"audience": Audience.PUBLIC, "published_at": None},
    }
    found = {}
    for number, name in enumerate(READERS, start=1):
        values = {"audience": name, "published_at": timezone.now()} | more.get(name, {})
        found[name] = DocumentFactory(
            process=process,
            meeting=meeting,
            slug=name,
            dated="2020-05-04",
            title={"en": f"Zebra for {name}"},
            **values,
        )
        subject = DocumentSubject.objects.create(
            document=found[name], kind="area", order=number, words=f"quokka {name}"
        )
        for target in (subject, found[name]):
            cite(target=target, source=source, locators="Body ¶1", by=SYSTEM)
    found["named-party"].named_parties.add(affiliations["other_focal_point"].party)
    index_everything()
    return found


def allowed(persona):
    return {name for name, readers in READERS.items() if persona in readers}


@pytest.fixture(params=PERSONAS)
def persona(request, client, people, papers):
    if request.param != "visitor":
        client.force_login(people[request.param])
    return request.param


def shown(client, url):
    """Return the papers named on the page at ``url``."""
    response = client.get(url)
    assert response.status_code == 200
    return set(WORDS.findall(strip_tags(response.content.decode())))


def test_lists_and_pages_name_what_the_reader_may_read(client, persona, meeting):
    places = [
        "/",
        "/documents/",
        "/processes/meridian/",
        meeting.get_absolute_url(),
        "/sources/minutes/",
        "/search/?q=zebra",
        "/search/?q=quokka",
    ]

    found = {place: shown(client, place) for place in places}

    expected = dict.fromkeys(places, allowed(persona))
    if persona == "secretariat":  # the first page shows eight, and the draft is the last of nine
        expected["/"] = allowed(persona) - {"draft"}
    assert found == expected


def test_page_of_a_paper_opens_to_its_audience_alone(client, persona, papers):
    opened = {
        name
        for name, paper in papers.items()
        if client.get(paper.get_absolute_url()).status_code == 200
    }
    missing = {name: client.get(f"/documents/{name}/").status_code for name in papers}

    assert opened == allowed(persona)
    assert missing == {name: 200 if name in opened else 404 for name in papers}


def test_counts_count_what_the_reader_may_read(client, persona):
    expected = len(allowed(persona))
    home = client.get("/").context
    regions = client.get("/processes/").context["found"].regions
    documents = {row.url: row.documents for region in regions for row in region.rows}
    page = client.get("/processes/meridian/").context["page"]
    (listed,) = client.get("/sources/").context["listed"]

    assert dict(home["front"].figures)["documents"] == expected
    assert documents == {"/processes/meridian/": expected, "/processes/lagoon/": 0}
    assert [part.count for part in page.parts if part.anchor == "documents"] == [expected]
    assert listed.citations == 2 * expected
    assert client.get("/search/?q=quokka").context["found"].total == expected
    assert client.get("/documents/").context["listing"].page.paginator.count == expected


def test_desk_shows_the_papers_of_own_processes(client, persona):
    if persona == "visitor":
        assert client.get("/desk/").status_code == 302
        return
    elsewhere = {"outsider", "administrator"}

    assert shown(client, "/desk/") == (set() if persona in elsewhere else allowed(persona))


def test_other_day_opens_nothing_that_is_closed_today(client, papers, affiliations):
    """Who left in 2021 chooses a day of 2020, when the rights were still there."""
    left = AffiliationFactory(party=affiliations["secretariat"].party, ends="2021")
    client.force_login(left.person.user)

    assert shown(client, "/processes/meridian/?on=2020-12-31") == {"public"}
    assert shown(client, "/processes/meridian/") == {"public"}


def test_suspended_member_reads_as_the_public(client, people, papers, process, affiliations):
    row = process.participations.get(party=affiliations["focal_point"].party)
    row.status = "suspended"
    row.save()
    client.force_login(people["focal_point"])

    assert shown(client, "/processes/meridian/") == {"public"}
    assert shown(client, "/search/?q=zebra") == {"public"}


def test_all_papers_are_there_to_leak(papers):
    assert Document.objects.count() == len(READERS) == 9
