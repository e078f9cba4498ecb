"""The page of a party and its brief ask the same number of questions at any length."""

import pytest

from tests.factories.documents import DocumentFactory
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import (
    AreaFactory,
    MeetingFactory,
    ParticipationFactory,
    PartnershipFactory,
    TermFactory,
    ThemeFactory,
)
from tests.pages.test_costs import queries

URL = "/parties/QMA/"
MOST_QUERIES = {"visitor": 12, "secretariat": 22}
MOST_BRIEF_QUERIES = {"visitor": 17, "secretariat": 36}


@pytest.mark.parametrize("reader", ["visitor", "secretariat"])
def test_page_costs_the_same_at_any_length(process, client, people, reader):
    arvenia = PartyNameFactory(party__code="QMA").party
    ParticipationFactory(process=process, party=arvenia)
    if reader != "visitor":
        client.force_login(people[reader])
    small = queries(client, URL)
    fill(arvenia, process, 30)
    large = queries(client, URL)
    page = client.get(URL).context["page"]

    assert large == small
    assert small <= MOST_QUERIES[reader]
    assert (page.seats.total, page.record.hosted.total) == (31, 30)
    assert len(page.record.hosted.lines) == 10
    assert f'href="{URL}record.csv">All 30 as a table' in client.get(URL).content.decode()


@pytest.mark.parametrize("reader", ["visitor", "secretariat"])
def test_brief_costs_the_same_at_any_length(process, client, people, reader):
    arvenia = PartyNameFactory(party__code="QMA").party
    ParticipationFactory(process=process, party=arvenia)
    if reader != "visitor":
        client.force_login(people[reader])
    small = queries(client, f"{URL}brief/")
    fill(arvenia, process, 20)
    large = queries(client, f"{URL}brief/")

    assert large == small
    assert small <= MOST_BRIEF_QUERIES[reader]


def fill(party, process, number):
    published = {"audience": "public", "published_at": "2020-01-01T00:00Z"}
    for _ in range(number):
        row = ParticipationFactory(party=party)
        ParticipationFactory(process=row.process)
        AreaFactory(process=row.process).themes.add(ThemeFactory())
        MeetingFactory(process=process, country=party)
        DocumentFactory(process=process, **published)
        TermFactory(process=row.process, party=party)
        PartnershipFactory(process=row.process, party=party)
        PartyFactory(part_of=party, kind="territory")
