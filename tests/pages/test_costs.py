"""Pages ask the same number of questions however long they are."""

import gzip

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comity.pages.gates import ON_THE_PAGE_OF
from comity.parties.models import PartyName
from comity.processes.models import Participation, Partnership
from comity.sources.models import Citation
from tests.factories.documents import DocumentFactory
from tests.factories.library import StudyFactory
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import (
    AreaFactory,
    GroupingFactory,
    MeetingFactory,
    ParticipationFactory,
    PartnershipFactory,
    ProcessFactory,
)
from tests.factories.projects import ProjectFactory
from tests.factories.sources import SourceFactory

MOST_QUERIES = 12
MOST_PROCESS_QUERIES = 15


def meetings(number):
    process = ProcessFactory()
    made = MeetingFactory.build_batch(number, process=process)
    MeetingFactory._meta.model.objects.bulk_create(made)


def documents(number):
    more = {"audience": "public", "published_at": timezone.now(), "dated": "2020"}
    made = DocumentFactory.build_batch(number, process=ProcessFactory(), **more)
    DocumentFactory._meta.model.objects.bulk_create(made)


def studies(number):
    made = StudyFactory.build_batch(number, process=ProcessFactory())
    StudyFactory._meta.model.objects.bulk_create(made)


def projects(number):
    made = ProjectFactory.build_batch(number, process=ProcessFactory())
    ProjectFactory._meta.model.objects.bulk_create(made)


def named(number, kind):
    parties = PartyFactory._meta.model.objects.bulk_create(
        PartyFactory.build_batch(number, kind=kind)
    )
    PartyName.objects.bulk_create(PartyNameFactory.build(party=party) for party in parties)
    return parties


def parties(number):
    process = ProcessFactory()
    Participation.objects.bulk_create(
        ParticipationFactory.build(process=process, party=party) for party in named(number, "state")
    )


participations = parties


def organisations(number):
    process = ProcessFactory()
    Partnership.objects.bulk_create(
        PartnershipFactory.build(process=process, party=party)
        for party in named(number, "organisation")
    )


def processes(number):
    made = ProcessFactory._meta.model.objects.bulk_create(ProcessFactory.build_batch(number))
    party = PartyFactory()
    Participation.objects.bulk_create(
        ParticipationFactory.build(process=process, party=party) for process in made
    )


def groupings(number):
    process = ProcessFactory()
    made = GroupingFactory.build_batch(number, process=process)
    GroupingFactory._meta.model.objects.bulk_create(made)


def sources(number):
    SourceFactory._meta.model.objects.bulk_create(SourceFactory.build_batch(number))


def citations(number):
    source, _made = SourceFactory._meta.model.objects.get_or_create(
        slug="much-cited", defaults={"title": {"en": "A paper"}}
    )
    rows = ParticipationFactory._meta.model.objects.all()
    participations(number)
    Citation.objects.bulk_create(
        Citation(source=source, locator=f"Annex I ¶{row.pk}", target=row)
        for row in rows.exclude(citations__source=source)
    )


LISTS = {
    "/sources/": sources,
    "/sources/much-cited/": citations,
    "/meetings/": meetings,
    "/documents/": documents,
    "/studies/": studies,
    "/projects/": projects,
    "/parties/": parties,
    "/organisations/": organisations,
    "/processes/": processes,
    "/groupings/": groupings,
}


def queries(client, url):
    """Return how many queries the page asks once what never changes is known."""
    ContentType.objects.clear_cache()
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


@pytest.mark.parametrize("url", LISTS)
def test_list_costs_the_same_at_any_length(db, client, url):
    LISTS[url](5)
    short = queries(client, url)
    LISTS[url](495)
    long = queries(client, url)

    assert long == short
    assert short <= MOST_QUERIES


PAPER_PAGES = ["/", *LISTS, "/parties/?q=mex", "/documents/?process=rcm"]


@pytest.mark.parametrize("url", [url for url in PAPER_PAGES if url != "/sources/much-cited/"])
def test_page_costs_no_more_with_the_paper(paper, client, url):
    assert queries(client, url) <= MOST_QUERIES


def test_page_of_the_paper_asks_once_for_each_kind_of_thing(paper, client):
    url = "/sources/mc-inf-266/"
    places = [queries(client, f"{url}?page={number}") for number in (1, 2, 5)]

    assert max(places) <= 4 + len(ON_THE_PAGE_OF)
    assert len(gzip.compress(client.get(url).content)) < 20_000


@pytest.mark.parametrize("url", LISTS)
def test_list_costs_its_reader_little_more_than_a_visitor(client, people, url):
    LISTS[url](5)
    client.force_login(people["secretariat"])

    assert queries(client, url) <= MOST_QUERIES


def fill(process, number):
    for _ in range(number):
        party = PartyNameFactory().party
        ParticipationFactory(process=process, party=party)
        ParticipationFactory(party=party)
        MeetingFactory(process=process)
        AreaFactory(process=process)


def test_process_page_costs_the_same_at_any_size(db, client):
    process = ProcessFactory(slug="meridian")
    fill(process, 1)
    small = queries(client, "/processes/meridian/")
    fill(process, 19)
    large = queries(client, "/processes/meridian/")
    page = client.get("/processes/meridian/").context["page"]

    assert (page.counted, page.meetings.total) == (20, 20)
    assert large == small
    assert small <= MOST_PROCESS_QUERIES
