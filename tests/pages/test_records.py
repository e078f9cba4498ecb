"""What the pages of meetings and documents say of adoption."""

import pytest

from tests.factories.documents import DocumentFactory
from tests.factories.processes import MeetingFactory


def facts(record):
    return {fact.label: (fact.words, fact.url) for fact in record.first}


def test_what_was_adopted_in_tunis_in_2002_is_two_clicks_away(paper, client):
    url = "/meetings/m-5plus5-1/"
    assert url in client.get("/processes/5plus5/").content.decode()

    meeting = client.get(url).context["record"]
    document = client.get("/documents/d-tunis/").context["record"]

    assert (meeting.sections[0].anchor, meeting.sections[0].lines[0].url) == (
        "adopted",
        "/documents/d-tunis/",
    )
    assert facts(document)["Adopted in"] == ("Tunisia", url)
    assert facts(document)["Adopted by"][1] == url
    assert document.sections[0].heading == "The meeting that adopted it"


def test_draft_says_that_it_is_one_and_nothing_of_adoption(client, people, process):
    meeting = MeetingFactory(process=process, place="Havenor")
    DocumentFactory(slug="draft", process=process, meeting=meeting, adopted_by="the meeting")
    client.force_login(people["secretariat"])

    document = client.get("/documents/draft/").context["record"]
    meeting = client.get(meeting.get_absolute_url()).context["record"]

    assert list(facts(document)) == ["Date", "Status"]
    assert facts(document)["Status"] == ("Draft, not published", "")
    assert [section.anchor for section in meeting.sections] == ["documents"]


@pytest.mark.parametrize(("symbol", "labels"), [("", ["Date"]), ("MD/1", ["Date", "Symbol"])])
def test_text_that_nobody_adopted_has_no_empty_rows(client, people, process, symbol, labels):
    more = {"audience": "public", "published_at": "2020-01-01T00:00Z", "symbol": symbol}
    DocumentFactory(slug="note", process=process, **more)

    assert list(facts(client.get("/documents/note/").context["record"])) == labels
