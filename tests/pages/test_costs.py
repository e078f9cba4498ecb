"""Pages ask the same number of questions however long they are."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comity.parties.models import PartyName
from comity.processes.models import Participation, Partnership
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


LISTS = {
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


def test_party_page_costs_the_same_in_many_processes(db, client):
    party = PartyFactory(code="QMA")
    ParticipationFactory(party=party)
    small = queries(client, "/parties/QMA/")
    for _ in range(10):
        row = ParticipationFactory(party=party)
        ParticipationFactory(process=row.process)
    large = queries(client, "/parties/QMA/")

    assert len(client.get("/parties/QMA/").context["page"].seats) == 11
    assert large == small
