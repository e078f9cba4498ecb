"""Every page about something says where it stays, in which forms it can be had, and is cited."""

import re
from functools import cache
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import timezone

from comity.api.citable import NOT_CITED
from comity.exchange.models import RemoteProcess
from comity.processes.models import Meeting
from comity.ui.citing import citable
from tests.access import ACCESS
from tests.factories.documents import DocumentFactory
from tests.factories.exchange import RemoteProcessFactory
from tests.factories.library import StudyFactory
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import MeetingFactory, ProcessFactory
from tests.factories.projects import ProjectFactory
from tests.factories.sources import SourceFactory
from tests.test_access import things  # noqa: F401 -- a fixture

HOST = "http://localhost:8000"


@pytest.fixture
def pages(db):
    """Return an address for every page that can be cited."""
    process = ProcessFactory(slug="bali", name={"en": "Bali Process", "fr": "Processus de Bali"})
    party = PartyFactory(code="ALM")
    PartyNameFactory(party=party, name="Almery")
    made = {
        "pages:process": process.get_absolute_url(),
        "pages:party": party.get_absolute_url(),
        "pages:organisation": PartyFactory(kind="organisation").get_absolute_url(),
        "pages:meeting": MeetingFactory(slug="first", process=process).get_absolute_url(),
        "pages:document": DocumentFactory(
            process=process, audience="public", published_at=timezone.now()
        ).get_absolute_url(),
        "pages:study": StudyFactory().get_absolute_url(),
        "pages:project": ProjectFactory().get_absolute_url(),
        "sources:detail": SourceFactory().get_absolute_url(),
        "pages:party_brief": f"{party.get_absolute_url()}brief/",
        "processes:rotation": reverse("processes:rotation", args=["bali"]),
        "exchange:process": RemoteProcessFactory().get_absolute_url(),
        **{
            f"elements:{name}": reverse(f"elements:{name}", args=["bali"])
            for name in ("process", "thread", "principles")
        },
    }
    return {name: made.get(name) or reverse(name) for name in citable._entries}


class Links(HTMLParser):
    """Collects what the head of a page leads to."""

    def __init__(self, html):
        super().__init__()
        self.canonical, self.alternates = [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag == "link" and named.get("rel") == "canonical":
            self.canonical.append(named["href"])
        if tag == "link" and named.get("rel") == "alternate":
            self.alternates.append((named["type"], named["href"]))


def test_each_page_stays_somewhere_and_its_other_forms_are_there(pages, client):
    for name, path in pages.items():
        links = Links(client.get(path).content.decode())

        assert links.canonical == [f"{HOST}{path}"], name
        for media_type, url in links.alternates:
            assert client.get(url)["Content-Type"].split(";")[0] == media_type


def test_each_page_leads_to_how_it_is_cited(pages, client):
    for name, path in pages.items():
        html = client.get(f"{path}?on=2003-03-01").content.decode()
        [url] = re.findall(r'<a rel="nofollow" href="([^"]*)">Cite this page</a>', html)
        page = client.get(url.replace("&amp;", "&"))

        on = "?on=2003-03-01" if citable[name].is_dated else ""
        assert f'<a href="{HOST}{path}{on}">' in page.content.decode()


def public_pages(things):  # noqa: F811 -- the fixture
    """Return an address for each page that a visitor may ask for."""
    made = cache(lambda name: things[name]())  # one drawing, however many forms of it
    return {
        name: reverse(name, args=[made(each) for each in row.args])
        for name, row in ACCESS.items()
        if "visitor" in row.opened_by and row.method == "GET"
    }


def test_every_page_that_a_visitor_reads_is_cited_or_named_as_none_to_cite(things, client):  # noqa: F811 -- the fixture
    read = set()
    for name, path in public_pages(things).items():
        answer = client.get(path)
        if answer["Content-Type"].startswith("text/html") and answer.status_code == 200:
            read.add(name)
        if answer.streaming:
            b"".join(answer.streaming_content)  # read to its end, a file is closed

    own = {"pages:document"}  # those that are not public are nobody's to see
    assert {*citable._entries} - own | NOT_CITED == read
    assert not NOT_CITED & {*citable._entries}


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("parties/ALM/brief/", "Before a trip: Almery"),
        ("processes/bali/rotation/", "The chair · Bali Process"),
        ("processes/bali/thread/", "The thread · Bali Process"),
        ("overview/", "Overview of all processes"),
        ("secretariats/", "Secretariats"),
        ("exchange/", "From other installations"),
    ],
)
def test_what_is_cited_is_called_as_its_page(pages, client, path, title):
    page = client.get(f"/cite/{path}").content.decode()

    said = dict(re.findall(r'<p class="flow" lang="(..)">(.*?)\.', page))
    assert said["en"] == title


def test_a_process_of_another_installation_is_cited_with_its_name(pages, client):
    row = RemoteProcess.objects.get()

    page = client.get(f"/cite{row.get_absolute_url()}").content.decode()

    assert f"{row.name['en']} · {row.subscription.name}." in page
    assert client.get("/cite/exchange/none/none/").status_code == 404


def test_today_is_named_where_the_address_names_no_day(pages, client):
    today = timezone.localdate().isoformat()

    for asked in ("", "?on=soon", "?on=2003-02-30", "?other=1"):
        page = client.get(f"/cite/processes/bali/{asked}").content.decode()
        assert f'<a href="{HOST}/processes/bali/?on={today}">' in page


def test_a_page_is_cited_in_each_language_and_form(pages, client):
    page = client.get("/cite/processes/bali/?on=2003-03-01").content.decode()
    said = dict(re.findall(r'<p class="flow" lang="(..)">(.*?)\.', page))
    files = re.findall(r'<a href="(/cite\.[^"]*)" download>', page)

    assert said == {"en": "Bali Process", "es": "Bali Process", "fr": "Processus de Bali"}
    assert [url.split("/")[1] for url in files] == ["cite.bib", "cite.ris", "cite.json"]
    for url in files:
        answer = client.get(url)
        assert "/processes/bali/?on=2003-03-01" in answer.content.decode()
        assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert client.get("/cite.doc/processes/bali/").status_code == 404


def test_the_version_is_that_of_the_row(pages, client):
    Meeting.objects.filter(slug="first").update(version=7)

    assert "  note = {Version 7}," in client.get("/cite.bib/meetings/first/").content.decode()


def test_what_one_may_not_see_is_not_cited_either(people, process, client):
    draft = DocumentFactory(process=process)

    assert client.get(f"/cite/documents/{draft.slug}/").status_code == 404
    client.force_login(people["secretariat"])
    assert client.get(f"/cite/documents/{draft.slug}/").status_code == 200


@pytest.mark.parametrize(
    "page",
    ["processes/none/", "desk/", "nowhere", "accounts/login/", "/192.0.2.1/", "processes/bali"],
)
def test_a_page_that_is_none_to_cite_is_not_cited(pages, client, page):
    assert client.get(f"/cite/{page}").status_code == 404


def test_an_error_is_nothing_to_cite(db, client):
    html = client.get("/processes/none/").content.decode()

    assert "canonical" not in html
    assert "Cite this page" not in html


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/parties/ALM/?on=garbage", ""),
        ("/parties/ALM/?on=2003-03-01", "?on=2003-03-01"),
        ("/parties/ALM/?on=1850-01-01", ""),
        ("/overview/?on=9999-12-31&language=xx&page=2", ""),
        ("/overview/?on=2003-03-01&language=fr", "?on=2003-03-01&language=fr"),
        ("/meetings/?process=bali&page=1&q=x", "?process=bali"),
        ("/participation/?region=garbage&status=nothing&record=x", ""),
        ("/participation/?region=africa&status=x", "?region=africa"),
        ("/calendar/?month=garbage", ""),
        ("/calendar/?month=2003-03", "?month=2003-03"),
    ],
)
def test_address_keeps_only_what_the_page_heeds(pages, client, path, kept):
    bare = HOST + path.partition("?")[0]

    assert Links(client.get(path).content.decode()).canonical == [bare + kept]
    cited = re.findall(rf"{HOST}[^\s<\"]+", client.get(f"/cite{path}").content.decode())
    assert [address for address in cited if address.startswith(bare)]
    assert not [address for address in cited if "garbage" in address]
