"""The pages across all processes say what the paper says, on any day."""

import csv
import io

import pytest
from openpyxl import load_workbook

from comity.processes.models import Status
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import ParticipationFactory, ProcessFactory

COUNTS = {
    "rcm": 11,
    "sacm": 12,
    "midsa": 14,
    "midwa": 13,
    "manila": 17,
    "apc": 32,
    "bali": 37,
    "budapest": 44,
    "cis": 12,
    "igc": 17,
    "soderkoping": 11,
    "cluster": 9,
    "5plus5": 10,
}


def read_csv(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_table_counts_the_participants_of_each_process_as_the_paper_does(paper, client):
    table = client.get("/participation/").context["table"]

    assert {column.slug: column.count for column in table.columns} == COUNTS
    assert (table.parties, table.beside, table.unmarked) == (141, 1, ["Serbia and Montenegro"])
    assert (len(table.columns), table.places) == (13, 239)
    assert [key.words for key in table.keys] == [
        "participant",
        "participant on behalf of New Caledonia",
        "invited",
    ]


def test_the_parties_of_the_paper_are_those_with_a_place_and_the_one_without(paper, client):
    """New Caledonia is no party more: it has a place of its own beside the one of France for it."""
    response = client.get("/participation/")
    rows = read_csv(client.get("/participation.csv"))

    table = response.context["table"]
    content = response.content.decode()
    assert table.parties + table.beside + len(table.unmarked) == len(rows) - 1 == 141 + 2 == 143
    told = "141 parties, 13 processes, 239 participations, and 1 observer, guest or partner."
    assert told in content
    assert "Named for meetings only, and without a mark: Serbia and Montenegro." in content
    named = {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows}
    assert set(named["SCG"].values()) == {"SCG", "Serbia and Montenegro", "", "0"}
    assert (named["NCL"]["APC"], named["NCL"]["Bali Process"]) == ("participant", "")
    assert named["FRA"]["Bali Process"] == "participant on behalf of New Caledonia"


def test_the_file_of_the_table_holds_what_the_page_shows(paper, client):
    rows = read_csv(client.get("/participation.csv?region=africa&order=name"))
    page = client.get("/participation/?region=africa&order=name").context["table"]

    names = [row.name for group in page.groups for row in group.rows]
    assert [row[1] for row in rows[1:]] == names
    madagascar = dict(zip(rows[0], next(row for row in rows if row[0] == "MDG"), strict=True))
    assert (madagascar["MIDSA"], madagascar["In all"]) == ("invited", "0")


def test_the_workbook_of_the_table_holds_what_the_text_holds(paper, client):
    text = read_csv(client.get("/participation.csv"))
    book = load_workbook(io.BytesIO(client.get("/participation.xlsx").content))
    sheet = book.worksheets[0]

    shown = [
        ["" if cell is None else str(cell) for cell in row]
        for row in sheet.iter_rows(values_only=True)
    ]
    assert [row[-len(text[0]) :] for row in shown[: len(text)]] == text


@pytest.mark.parametrize(
    ("query", "parties"),
    [("status=invited", 1), ("status=observer", 0), ("region=africa&status=invited", 1)],
)
def test_filters_keep_what_fits_all_of_them(paper, client, query, parties):
    response = client.get(f"/participation/?{query}")

    assert response.context["table"].parties == parties
    assert ("No party fits all of this." in response.content.decode()) is (parties == 0)


def test_the_order_by_number_begins_with_who_takes_part_in_most(paper, client):
    groups = client.get("/participation/?order=number").context["table"].groups

    numbers = [row.number for group in groups for row in group.rows]
    assert groups[0].rows[0].name == "Australia"
    assert numbers == sorted(numbers, reverse=True)


def test_a_day_is_followed_by_the_statuses_of_that_day(paper, client):
    process = ProcessFactory(is_made_up=True, short_name={"en": "The dialogue"})
    party = PartyFactory(code="QMA", region="americas", is_made_up=True)
    PartyNameFactory(party=party, name="Arvenia")
    ParticipationFactory(
        process=process, party=party, status=Status.OBSERVER, begins="2001", ends="2004"
    )
    ParticipationFactory(process=process, party=party, status=Status.MEMBER, begins="2005")

    before = client.get("/participation/?record=made-up&on=2000-06-01").context["table"]
    while_observer = client.get("/participation/?record=made-up&on=2003-03-01").context["table"]
    after = client.get("/participation/?record=made-up&on=2010-03-01").context["table"]

    assert [each.places for each in (before, while_observer, after)] == [0, 0, 1]
    assert [key.words for key in before.keys] == []
    assert [key.words for key in while_observer.keys] == ["observer"]
    assert [key.words for key in after.keys] == ["member"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("on=1850-01-01", "The record says nothing of 1850-01-01."),
        ("on=9999-12-31", "The record says nothing of 9999-12-31."),
        ("on=yesterday", "Write a day as 2003-03-01."),
        ("region=atlantis", "“atlantis” is not one of the list"),
        ("status=%00", "is not one of the list"),
    ],
)
def test_what_cannot_be_chosen_is_said_and_everything_else_shown(paper, client, query, sentence):
    response = client.get(f"/participation/?{query}")

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert response.context["table"].parties == 141
    assert client.get(f"/participation.csv?{query}").status_code == 404


def test_overlaps_count_who_takes_part_in_both(paper, client):
    overlaps = client.get("/overlaps/").context["overlaps"]

    pairs = {(pair.one.slug, pair.other.slug): pair for pair in overlaps.pairs}
    apc = pairs["apc", "bali"]
    assert (len(pairs), overlaps.possible) == (23, 78)
    assert (apc.count, apc.of_smaller) == (29, 91)
    assert [each.code for each in overlaps.members.shared(pairs["rcm", "igc"])] == ["CAN", "USA"]
    own = {row.slug: cell.count for row, cells in overlaps.rows for cell in cells if cell.is_own}
    assert own == COUNTS


def test_the_file_of_overlaps_names_who_is_shared(paper, client):
    rows = read_csv(client.get("/overlaps.csv"))

    assert len(rows) == 24
    assert rows[1][:4] == ["APC", "Bali Process", "29", "91"]
    assert ["RCM", "IGC", "2", "18", "Canada; United States of America"] in rows


def test_themes_stand_under_the_words_of_each_process(paper, client):
    convergence = client.get("/themes/").context["convergence"]

    counts = {theme.slug: len(theme.processes) for theme in convergence.themes}
    alone = {theme.slug for theme in convergence.themes if theme.is_alone}
    assert list(counts.values()) == sorted(counts.values(), reverse=True)
    assert (convergence.areas, len(counts), convergence.alone) == (98, 19, len(alone))
    first = convergence.themes[0]
    words = {column.slug: [each.text for each in said] for column, said in first.processes}
    assert len(words) == 10
    assert words["rcm"] == ["travel document security and control", "border cooperation"]


def test_the_timeline_begins_where_the_first_process_did(paper, client):
    timeline = client.get("/timeline/").context["timeline"]

    assert (timeline.first, timeline.strips[0].name, timeline.strips[0].since) == (
        1985,
        "IGC",
        "1985",
    )
    tunis = [event for event in timeline.events if event.title == "Tunis Declaration"]
    assert [(event.when, event.process, event.url) for event in tunis] == [
        ("October 2002", "5+5 Dialogue", "/documents/d-tunis/")
    ]
    assert [event.sorted_as for event in timeline.events] == sorted(
        event.sorted_as for event in timeline.events
    )


@pytest.mark.parametrize("page", ["participation", "overlaps", "themes", "timeline"])
@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_each_page_answers_on_both_records_in_each_language(paper, client, page, language):
    for query in ("", "?record=made-up"):
        response = client.get(f"/{page}/{query}", headers={"accept-language": language})
        assert (response.status_code, response.content.count(b"<h1")) == (200, 1)
    assert client.get(f"/{page}.pdf").status_code == 404
