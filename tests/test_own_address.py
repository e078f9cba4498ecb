"""Links that leave by mail, in files and to programs begin with the address of the operator."""

import io
import re
from pathlib import Path
from zipfile import ZipFile

import pypdf
import pytest

import comity
from comity.outbox.models import Message
from tests.factories.documents import DocumentFactory
from tests.factories.parties import PartyNameFactory
from tests.factories.processes import MeetingFactory, ParticipationFactory

OWN, OTHER = "https://comity.example", "other.example"
FROM_THE_REQUEST = re.compile(r"build_absolute_uri|get_current_site|RequestSite|HTTP_HOST")
FILES = [
    "/overview.docx",
    "/overview.pdf",
    "/parties/QMA/brief.pdf",
    "/calendar.ics",
    "/news.atom",
    "/sitemap.xml",
    "/sitemap-processes.xml",
    "/robots.txt",
    "/api/v1/processes",
]


@pytest.fixture
def asked_as_another(client, settings, process, people):
    """Be of the secretariat, and call the installation by a name that is allowed too."""
    settings.ALLOWED_HOSTS, settings.SITE_ADDRESS = [OTHER], OWN
    client.force_login(people["secretariat"])
    client.defaults["HTTP_HOST"] = OTHER
    return client


@pytest.fixture
def _record(process):
    party = PartyNameFactory(name="Arvenia", party__code="QMA").party
    ParticipationFactory(process=process, party=party)
    MeetingFactory(process=process, days="2020-05-04")
    DocumentFactory(process=process, audience="public", published_at="2020-01-01T00:00Z")


def text_of(content):
    """Return what can be read in a file: the parts of a Word file, words and links of a PDF."""
    if content.startswith(b"PK"):
        with ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(name) for name in archive.namelist() if name.endswith("xml")]
            return b"".join(parts).decode()
    if content.startswith(b"%PDF"):
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        words = "".join(page.extract_text() for page in pages)
        marks = [mark.get_object() for page in pages for mark in page.get("/Annots", [])]
        return "".join(words.split()) + str([mark.get("/A") for mark in marks])
    return content.decode()


@pytest.mark.parametrize("path", FILES)
@pytest.mark.usefixtures("_record")
def test_file_leads_to_the_installation_by_whatever_name_it_was_asked_for(asked_as_another, path):
    response = asked_as_another.get(path, follow=True)

    assert response.status_code == 200, response.redirect_chain
    text = text_of(response.getvalue())
    assert f"{OWN}/" in text
    assert OTHER not in text


def test_mail_leads_to_the_installation(asked_as_another, process, people, affiliations):
    asked_as_another.force_login(people["focal_point"])
    party = affiliations["focal_point"].party

    asked_as_another.post(
        f"/processes/{process.slug}/requests/ask/", {"party": party.code, "words": "Please."}
    )
    asked_as_another.post("/accounts/password/reset/", {"email": people["secretariat"].email})

    links = [re.findall(r"https?://[^/\s]+", each.text) for each in Message.objects.all()]
    assert links == [[OWN], [OWN]]


def test_nothing_else_asks_a_request_where_the_installation_is():
    files = sorted(Path(comity.__file__).parent.rglob("*.py"))

    found = {each.name for each in files if FROM_THE_REQUEST.search(each.read_text("utf-8"))}

    assert found == set()
