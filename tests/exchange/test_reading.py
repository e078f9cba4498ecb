"""A side whose answers are whole and in time, but say what cannot be."""

import json

import pytest

from comity.exchange.fetching import Conversation
from comity.exchange.reading import read_all
from comity.exchange.troubles import TroubleError
from tests.exchange.conftest import a_meeting, a_process
from tests.exchange.tricks import sending


def read(other, reach, wanted=(), tags=None):
    """Return what one reading finds, or the code and place of its trouble."""
    try:
        return read_all(Conversation(other.address, reach), list(wanted), tags or {})
    except TroubleError as error:
        return error.code, *error.details.values()


def found_in(reading):
    return {
        each.process.slug: [meeting.slug for meeting in each.meetings] for each in reading.found
    }


def test_all_processes_are_read_with_all_their_meetings(other, at_home):
    other.has("northern", meetings=250)
    other.has("quiet", meetings=0)

    reading = read(other, at_home)

    assert found_in(reading) == {
        "southern": ["southern-0", "southern-1"],
        "northern": [f"northern-{number}" for number in range(250)],
        "quiet": [],
    }
    assert len(other.asked) == 1 + 3 + 5


def test_only_the_processes_named_are_asked_for(other, at_home):
    other.has("northern")

    reading = read(other, at_home, ["northern"])

    assert found_in(reading) == {"northern": ["northern-0", "northern-1"]}
    assert other.asked == [
        "/api/v1/processes/northern",
        "/api/v1/meetings?process=northern&limit=100&offset=0",
    ]


def test_second_reading_asks_only_whether_there_is_news(other, at_home):
    first = read(other, at_home)
    other.asked.clear()

    assert read(other, at_home, tags=first.tags) is None
    assert len(other.asked) == 3


def test_news_anywhere_has_all_read_anew(other, at_home):
    first = read(other, at_home)
    other.has(meetings=3)

    again = read(other, at_home, tags=first.tags)

    assert found_in(again) == {"southern": ["southern-0", "southern-1", "southern-2"]}


def test_side_without_tags_is_read_whole_each_time(other, at_home):
    def untagged(handler):
        reply = handler.reply
        handler.reply = lambda content, status=200: reply(content, status, ETag="")
        handler.usual()
        return True

    other.trick = untagged

    assert read(other, at_home).tags == {}


def test_what_a_later_version_adds_is_passed_over(other, at_home):
    other.has(colour="blue")
    other.processes["southern"]["name"]["tlh"] = "Hol"

    process = read(other, at_home).found[0].process

    assert process.name == {
        "en": "Southern Dialogue on Migration",
        "es": "Diálogo del Sur",
    }
    assert not hasattr(process, "colour")


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"", "–"),
        (b"not json", "–"),
        (b"\xff\xfe{}", "–"),
        (b"[]", "–"),
        (b"null", "–"),
        (b"[" * 100_000, "–"),
        (b'{"count": 1, "items": ' + b"[" * 5_000 + b"]" * 5_000 + b"}", "–"),
        (b'{"items": []}', "count"),
        (b'{"count": "2", "items": []}', "count"),
        (b'{"count": -1, "items": []}', "count"),
        (b'{"count": 1e999, "items": []}', "count"),
        (b'{"count": NaN, "items": []}', "count"),
        (b'{"count": ' + b"9" * 5_000 + b', "items": []}', "–"),
        (b'{"count": 1, "items": {}}', "items"),
        (b'{"count": 1, "items": [7]}', "items.0"),
        (b'{"count": 1, "items": [{"slug": "../admin"}]}', "items.0.slug"),
        (b'{"count": 1, "items": [{"slug": "a\\r\\nHost: b"}]}', "items.0.slug"),
        (json.dumps({"count": 101, "items": [{"slug": "a"}] * 101}).encode(), "items"),
    ],
)
def test_list_of_another_shape_is_a_trouble(other, at_home, content, place):
    other.trick = sending(content)

    assert read(other, at_home) == ("shape", place)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"slug": 7}, "slug"),
        ({"slug": "northern"}, "slug"),
        ({"name": "Southern"}, "name"),
        ({"name": {}}, "name"),
        ({"name": {"tlh": "Hol"}}, "name"),
        ({"name": {"en": "  "}}, "name"),
        ({"name": {"en": 7}}, "name.en"),
        ({"name": {"en": "a" * 301}}, "name.en"),
        ({"name": {"en": "two\nlines"}}, "name.en"),
        ({"name": {"en": "turned \u202e around"}}, "name.en"),
        ({"name": {"en": "nul \x00"}}, "name.en"),
        ({"name": {"<script>alert(1)</script>": "x"}}, "name"),
        ({"name": {str(n): "x" for n in range(41)}}, "name"),
        ({"region": None}, "region"),
        ({"begins": "2001"}, "begins"),
        ({"begins": {"text": "long ago"}}, "begins.text"),
        ({"begins": {"text": "2001-13"}}, "begins.text"),
        ({"participants": 14.5}, "participants"),
        ({"participants": True}, "participants"),
        ({"participants": -1}, "participants"),
        ({"is_made_up": "no"}, "is_made_up"),
        ({"version": 0}, "version"),
        ({"note": {"en": "a" * 5_001}}, "note.en"),
        ({"areas": [{"words": "x"}]}, "areas.0.language"),
        ({"areas": [{"words": "x", "language": "en"}] * 201}, "areas"),
    ],
)
def test_process_of_another_shape_is_a_trouble(other, at_home, changes, place):
    other.processes["southern"] = a_process(other.address) | changes

    assert read(other, at_home, ["southern"]) == ("shape", place)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"slug": "a b"}, "items.0.slug"),
        ({"title": None}, "items.0.title"),
        ({"title": {"en": "hidden \u200b"}}, "items.0.title.en"),
        ({"process": "northern"}, "items.process"),
        ({"process": None}, "items.0.process"),
        ({"status": "PLANNED!"}, "items.0.status"),
        ({"days": {"text": "2030-02-30"}}, "items.0.days.text"),
        ({"days": {"text": "2030-05-07/2030-05-06"}}, "items.0.days.text"),
        ({"place": ["Windhoek"]}, "items.0.place"),
        ({"place": "a" * 121}, "items.0.place"),
        ({"note": "turned \u202e around"}, "items.0.note"),
        ({"url": 7}, "items.0.url"),
    ],
)
def test_meeting_of_another_shape_is_a_trouble(other, at_home, changes, place):
    other.meetings["southern"] = [a_meeting(other.address, "one") | changes]

    assert read(other, at_home, ["southern"]) == ("shape", place)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "https://evil.example/processes/southern/",
        "//evil.example/",
        "/processes/southern/",
        "",
    ],
)
def test_link_that_leads_away_is_a_trouble(other, at_home, link):
    other.processes["southern"]["url"] = link
    other.has("northern")
    other.meetings["northern"][1]["url"] = link

    assert read(other, at_home, ["southern"]) == ("link", "url")
    assert read(other, at_home, ["northern"]) == ("link", "url")


def in_pages(first, second):
    """Return the trick of answering the first and the second page of meetings so."""

    def trick(handler):
        if "offset=0" in handler.path and "meetings" in handler.path:
            handler.reply(first)
        elif "offset=" in handler.path:
            handler.reply(second)
        else:
            return False
        return True

    return trick


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((150, range(100)), (151, range(100, 151))),
        ((150, range(100)), (150, range(99, 149))),
        ((150, range(100)), (150, ())),
        ((150, range(100)), (150, range(100, 200))),
        ((1, range(2)), (1, ())),
    ],
    ids=["counts anew", "slips by one", "runs dry", "has too many", "miscounts"],
)
def test_list_that_changes_between_its_pages_is_a_trouble(other, at_home, first, second):
    other.trick = in_pages(
        *(
            {"count": count, "items": [a_meeting(other.address, f"m-{n}") for n in numbers]}
            for count, numbers in (first, second)
        )
    )

    assert read(other, at_home, ["southern"]) == ("changed",)


def test_number_of_pages_is_bounded(other, at_home):
    other.has(meetings=1_500)
    other.has("northern", meetings=501)
    for number in range(50):
        other.has(f"process-{number}", meetings=0)

    assert read(other, at_home, ["southern", "northern"]) == ("many-meetings", 2_000)
    assert read(other, at_home) == ("many-processes", 50)
    assert read(other, at_home, [f"process-{number}" for number in range(51)]) == (
        "many-processes",
        50,
    )


def test_what_is_not_there_is_named(other, at_home):
    assert read(other, at_home, ["northern"]) == ("no-process", "northern")

    other.trick = lambda handler: handler.reply({}, status=404) or True

    assert read(other, at_home) == ("no-api",)


@pytest.mark.parametrize("days", ["9999-12-31", "0001", "0001-01-01/9998-12-31", "2030/3000"])
def test_days_that_no_meeting_has_are_no_answer(other, at_home, days):
    when = {"text": days, "earliest": None, "latest": None}
    other.meetings["southern"] = [a_meeting(other.address, "southern-0", days=when)]

    assert read(other, at_home)[:2] == ("shape", "items.0.days.text")


def test_a_meeting_of_a_year_at_most_is_an_answer(other, at_home):
    when = {"text": "2030-01-01/2031-01-01", "earliest": None, "latest": None}
    other.meetings["southern"] = [a_meeting(other.address, "southern-0", days=when)]

    assert found_in(read(other, at_home)) == {"southern": ["southern-0"]}
