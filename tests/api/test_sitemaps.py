"""Search engines find every public page, and no other."""

import pytest
from defusedxml.ElementTree import fromstring
from django.utils import timezone

from comity.accounts.authority import SYSTEM
from comity.audit.services import record
from tests.factories.documents import DocumentFactory
from tests.factories.processes import MeetingFactory, ProcessFactory

NAMES = {"": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def found(client, path):
    """Return what a list leads to, with the day of each."""
    root = fromstring(client.get(path).content)
    return {
        each.findtext("loc", namespaces=NAMES): each.findtext("lastmod", namespaces=NAMES)
        for each in root
    }


def test_robots_are_led_to_the_list_of_lists(db, client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert lines[0] == "User-agent: *"
    assert lines[-1] == "Sitemap: http://localhost:8000/sitemap.xml"
    assert "Disallow: /desk/" in lines


def test_every_page_that_is_listed_opens(db, client):
    process = ProcessFactory(slug="real")
    MeetingFactory(slug="shown", process=process)
    lists = found(client, "/sitemap.xml")
    listed = [url for each in lists for url in found(client, each)]

    assert len(lists) == 8
    assert "http://localhost:8000/processes/real/" in listed
    assert "http://localhost:8000/meetings/shown/" in listed
    for url in listed:
        assert client.get(url).status_code == 200, url


def test_what_not_everybody_may_read_and_what_is_made_up_is_not_listed(db, client):
    process, invented = ProcessFactory(slug="real"), ProcessFactory(is_made_up=True)
    MeetingFactory(slug="invented", process=invented)
    DocumentFactory(slug="draft", process=process)
    DocumentFactory(slug="open", process=process, audience="public", published_at=timezone.now())

    assert list(found(client, "/sitemap-processes.xml")) == [
        "http://localhost:8000/processes/real/"
    ]
    assert found(client, "/sitemap-meetings.xml") == {}
    assert list(found(client, "/sitemap-documents.xml")) == [
        "http://localhost:8000/documents/open/"
    ]


def test_the_day_of_the_last_change_is_said(db, client, django_assert_num_queries):
    process = ProcessFactory(slug="changed")
    ProcessFactory(slug="loaded")
    record(SYSTEM, "process.changed", process)
    found(client, "/sitemap-processes.xml")

    with django_assert_num_queries(2):
        days = found(client, "/sitemap-processes.xml")

    assert days == {
        "http://localhost:8000/processes/changed/": timezone.now().date().isoformat(),
        "http://localhost:8000/processes/loaded/": None,
    }


@pytest.mark.parametrize("path", ["/sitemap-none.xml", "/sitemap-processes.xml?p=2"])
def test_a_list_that_is_not_there_is_not_found(db, client, path):
    assert client.get(path).status_code == 404
