import io
import zipfile
from datetime import date, timedelta
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone

from comity.documents import packs
from comity.documents.models import Document
from comity.documents.packs import lay_out_pack, pack_items, pack_of_desk, pack_of_meeting
from comity.documents.zips import MOST_ENTRIES, Entry, lay_out
from tests.factories.documents import DocumentFactory, version_of
from tests.factories.processes import MeetingFactory
from tests.store.samples import DOCX

ON = date(2027, 5, 3)


@pytest.fixture
def meeting(process):
    return MeetingFactory(
        process=process, slug="plenary", days="2999-05-11", title={"en": "Eleventh plenary"}
    )


def out(process, meeting, symbol, *languages, **values):
    """Return a published paper of ``meeting`` with a file in each of ``languages``."""
    values = {"published_at": timezone.now(), "title": {"en": f"On {symbol}"}} | values
    document = DocumentFactory(process=process, meeting=meeting, symbol=symbol, **values)
    for language in languages:
        version_of(document, language, status="original" if language == "fr" else "translation")
    return document


class Links(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, _tag, attrs):
        self.found += [value for name, value in attrs if name in {"href", "src"}]


def opened(content):
    """Return the pack opened, after every checksum in it was compared."""
    pack = zipfile.ZipFile(io.BytesIO(content))
    assert pack.testzip() is None
    return pack


def whole(layout):
    return b"".join(layout.read(0, layout.size))


def test_pack_leads_without_network_to_each_file_in_the_languages_asked(people, process, meeting):
    first = out(process, meeting, "MD/1", "en", "fr", "es")
    second = out(process, meeting, "МД/2 «é»", "fr", "ru")
    out(process, meeting, "MD/3")
    pack = pack_of_meeting(meeting, people["focal_point"], ["en", "es"])

    file = opened(whole(lay_out_pack(pack, ON)))

    html = file.read("index.html").decode()
    links = Links(html).found
    assert (pack.count, pack.without_file, pack.is_too_large) == (3, 1, False)
    assert sorted(map(unquote, links)) == sorted(set(file.namelist()) - {"index.html"})
    assert sorted(file.namelist()) == sorted(
        [
            "index.html",
            f"papers/MD-1-en-{first.pk}.docx",
            f"papers/MD-1-es-{first.pk}.docx",
            f"papers/МД-2 «é»-fr-{second.pk}.docx",
        ]
    )
    assert file.read(f"papers/MD-1-en-{first.pk}.docx") == DOCX
    assert "It is in none of the languages that you asked for." in html
    assert not [link for link in links if ":" in link or link.startswith("/")]


def test_pack_holds_only_what_the_reader_may_see_now(people, process, meeting):
    later = timezone.now() + timedelta(days=1)
    out(process, meeting, "members", "en")
    out(process, meeting, "draft", "en", published_at=None)
    out(process, meeting, "embargo", "en", embargo_until=later, audience="public")
    out(process, meeting, "chair", "en", audience="chair")
    out(process, meeting, "public", "en", audience="public")
    out(
        process,
        meeting,
        "withdrawn",
        "en",
        withdrawn_at=timezone.now(),
        withdrawn_because="Wrong",
        audience="public",
    )
    out(process, MeetingFactory(process=process), "elsewhere", "en", audience="public")

    found = {
        name: {paper.document.symbol for paper in pack_of_meeting(meeting, person, ["en"]).papers}
        for name, person in people.items()
    }

    html = whole(lay_out_pack(pack_of_meeting(meeting, people["chair"], ["en"]), ON)).decode(
        errors="replace"
    )
    assert html.count("Under embargo until") == 1
    assert found["visitor"] == found["observer"] == found["administrator"] == {"public"}
    assert found["focal_point"] == {"public", "members"}
    assert found["chair"] == {"public", "members", "chair", "embargo"}
    assert found["secretariat"] == {"public", "members", "chair", "embargo"}


def test_desk_takes_papers_of_meetings_ahead_in_ones_own_processes(people, process, meeting):
    out(process, meeting, "ahead", "en", audience="public")
    past = MeetingFactory(process=process, days="2020-01-01")
    out(process, past, "past", "en", audience="public")

    found = {
        name: [paper.document.symbol for paper in pack_of_desk(person, ON, ["en"]).papers]
        for name, person in people.items()
        if name != "visitor"
    }

    assert found == {
        name: [] if name in {"outsider", "administrator"} else ["ahead"] for name in found
    }


def test_download_that_broke_off_goes_on_where_it_stopped(client, people, process, meeting):
    out(process, meeting, "MD/1", "en", "fr")
    client.force_login(people["focal_point"])
    address = reverse("documents:meeting_pack", args=["plenary"]) + "?language=en&language=fr"

    first = client.get(address)
    content = b"".join(first.streaming_content)
    etag, size = first["ETag"], len(content)
    assert (first["Content-Length"], first["Accept-Ranges"]) == (str(size), "bytes")
    assert first["Content-Disposition"] == 'attachment; filename="plenary.zip"'

    for asked, start, end in (
        ("bytes=100-", 100, size),
        ("bytes=0-9", 0, 10),
        ("bytes=60-700", 60, 701),
        ("bytes=-20", size - 20, size),
        (f"bytes=7-{size * 2}", 7, size),
    ):
        part = client.get(address, headers={"Range": asked, "If-Range": etag})
        assert part.status_code == 206
        assert b"".join(part.streaming_content) == content[start:end]
        assert part["Content-Range"] == f"bytes {start}-{end - 1}/{size}"
    beyond = client.get(address, headers={"Range": f"bytes={size}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{size}")
    for headers in ({"Range": "bytes=1-", "If-Range": '"old"'}, {"Range": "bytes=-"}, {}):
        again = client.get(address, headers=headers)
        assert (again.status_code, b"".join(again.streaming_content)) == (200, content)
    head = client.head(address)
    assert (head["Content-Length"], b"".join(head.streaming_content)) == (str(size), b"")
    opened(content)


def test_part_is_refused_to_who_may_no_more(client, people, process, meeting):
    paper = out(process, meeting, "MD/1", "en")
    client.force_login(people["focal_point"])
    address = reverse("documents:meeting_pack", args=["plenary"])
    etag = client.head(address)["ETag"]
    Document.objects.filter(pk=paper.pk).update(audience="chair")

    refused = client.get(address, headers={"Range": "bytes=10-", "If-Range": etag})

    assert refused.status_code == 422
    assert "There is no file that you may take along." in refused.content.decode()


def test_pack_that_is_too_large_is_said_before_it_is_asked_for(
    client, people, process, meeting, monkeypatch
):
    out(process, meeting, "MD/1", "en")
    out(process, meeting, "MD/2", "en")
    client.force_login(people["focal_point"])
    address = reverse("documents:meeting_papers", args=["plenary"])
    monkeypatch.setattr(packs, "MOST_PAPERS", 1)

    shown = client.get(address)

    assert (shown.status_code, shown.context["pack"].is_too_large) == (200, True)
    refused = client.get(reverse("documents:meeting_pack", args=["plenary"]))
    assert refused.status_code == 422


def test_pack_costs_the_same_at_any_length(
    client, people, process, meeting, django_assert_max_num_queries
):
    client.force_login(people["focal_point"])
    for number in range(5):
        out(process, meeting, f"MD/{number}", "en", "fr")

    with django_assert_max_num_queries(12):
        b"".join(client.get(reverse("documents:meeting_pack", args=["plenary"])).streaming_content)


def test_desk_pack_is_found_from_its_page(client, people, process, meeting):
    out(process, meeting, "MD/1", "en")
    client.force_login(people["focal_point"])

    page = client.get(reverse("documents:desk_papers"), {"language": ["fr", "xx"]})

    assert page.context["pack"].languages == ["fr"]
    content = b"".join(client.get(reverse("documents:desk_pack")).streaming_content)
    assert len(opened(content).namelist()) == 2


def test_container_bounds_its_entries():
    entry = Entry("a", 0, 0, date(1970, 1, 1), b"")

    with pytest.raises(ValueError, match="Too many"):
        lay_out([entry] * (MOST_ENTRIES + 1))
    assert opened(whole(lay_out([entry]))).infolist()[0].date_time[:3] == (1980, 1, 1)


def test_desk_leads_to_the_papers_of_the_meetings_ahead(people, process, meeting):
    out(process, meeting, "MD/1", "en")

    found = {
        name: [item.words for item in pack_items(person, ON)]
        for name, person in people.items()
        if name != "visitor"
    }

    members = {"focal_point", "other_focal_point", "body_member", "chair", "secretariat"}
    words = ["Papers of the meetings ahead"]
    assert {name for name in found if found[name] == words} == members
    assert all(not found[name] for name in found if name not in members)
