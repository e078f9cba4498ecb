"""The feeds hold what RFC 4287 asks for, and report what has changed."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from lxml import etree

from comity.audit.services import record
from comity.processes.models import Meeting
from tests.factories.documents import DocumentFactory
from tests.factories.processes import MeetingFactory, ProcessFactory

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def dialogue(db):
    return ProcessFactory(slug="the-dialogue", short_name={"en": "The dialogue"})


def read(client, path="/news.atom"):
    return etree.fromstring(client.get(path).content)


def text(element, name):
    return element.findtext(f"{ATOM}{name}")


def test_a_feed_has_every_element_that_must_be_there(dialogue, client, settings):
    settings.INSTALLATION_NAME = "Secretariat of Meridian"
    MeetingFactory(slug="one", process=dialogue, days="2003-10-16")
    DocumentFactory(process=dialogue, dated="2003-10-17")

    for path in ("/news.atom", "/processes/the-dialogue/news.atom"):
        feed = read(client, path)
        # RFC 4287 §4.1.1 and §4.1.2: exactly one of each; an author of the feed speaks for all.
        for part in (feed, *feed.findall(f"{ATOM}entry")):
            counts = [len(part.findall(ATOM + name)) for name in ("id", "title", "updated")]
            assert counts == [1, 1, 1]
            assert datetime.fromisoformat(text(part, "updated")).tzinfo is not None
            assert text(part, "id").startswith("http")
        assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Secretariat of Meridian"
        for entry in feed.findall(f"{ATOM}entry"):
            assert text(entry, "published") is not None
        relations = [link.get("rel") for link in feed.findall(f"{ATOM}link")]
        assert sorted(relations) == ["alternate", "self"]


def test_a_cancelled_meeting_is_reported_as_changed_and_never_in_the_future(
    dialogue, people, client
):
    ahead = timezone.localdate() + timedelta(days=60)
    meeting = MeetingFactory(
        slug="one", process=dialogue, days=f"{ahead}", title={"en": "Plenary"}, status="confirmed"
    )
    record(people["secretariat"], "meeting.created", meeting)
    before = read(client).find(f"{ATOM}entry")
    Meeting.objects.filter(pk=meeting.pk).update(status="cancelled")
    record(people["secretariat"], "meeting.cancelled", meeting)
    after = read(client).find(f"{ATOM}entry")

    assert (text(before, "title"), text(after, "title")) == ("Plenary", "Plenary (cancelled)")
    assert f"{ahead.year}" in text(after, "summary")
    assert text(after, "summary").endswith("cancelled")
    moments = [
        datetime.fromisoformat(moment)
        for moment in (text(before, "published"), text(after, "published"))
    ]
    assert moments[0] == moments[1]
    changed = [datetime.fromisoformat(text(entry, "updated")) for entry in (before, after)]
    assert changed[0] <= changed[1] <= timezone.now()
    assert date.fromisoformat(text(after, "updated")[:10]) < ahead


def test_what_the_log_does_not_know_has_its_day_or_when_the_log_began(dialogue, people, client):
    ahead = timezone.localdate() + timedelta(days=60)
    MeetingFactory(slug="ahead", process=dialogue, days=f"{ahead}", title={"en": "Ahead"})
    MeetingFactory(slug="past", process=dialogue, days="2003-10-16", title={"en": "Past"})

    def updated():
        return {text(e, "title"): text(e, "updated") for e in read(client).findall(f"{ATOM}entry")}

    assert updated()["Past"].startswith("2003-10-16")
    assert datetime.fromisoformat(updated()["Ahead"]) <= timezone.now()


def test_a_change_of_an_old_meeting_comes_before_thirty_newer_ones(dialogue, people, client):
    old = MeetingFactory(slug="old", process=dialogue, days="1999-01-01", title={"en": "Old"})
    for number in range(1, 31):
        MeetingFactory(slug=f"m{number}", process=dialogue, days=f"2003-10-{number:02}")
    record(people["secretariat"], "meeting.changed", old)

    entries = read(client).findall(f"{ATOM}entry")

    assert (len(entries), text(entries[0], "title")) == (30, "Old")
