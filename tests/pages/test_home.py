"""What the first page shows, and where its themes lead."""

import gzip

import pytest
from django.template import engines

from comity.office.models import Drawing, DrawingStatus
from comity.processes.models import Theme


def test_first_page_counts_what_the_paper_has(paper, client):
    front = client.get("/").context["front"]

    assert front.figures == [
        ("processes", 13), ("parties on record", 143), ("participations", 239), ("meetings", 45),
        ("documents", 13), ("studies", 17), ("projects", 10),
    ]  # fmt: skip
    assert [(pair.count, pair.url) for pair in front.overlaps[:1]] == [(29, "/processes/apc/")]
    assert [(note.process, len(note.statements)) for note in front.notes] == [
        ("South American Conference", 2), ("Bali Process", 2),
    ]  # fmt: skip


def test_each_theme_leads_to_its_processes_in_their_own_words(paper, client):
    front = client.get("/").context["front"]
    found = {}
    for pair in front.themes:
        page = client.get(pair.url).context["found"]
        rows = [row for region in page.regions for row in region.rows]
        found[pair.words] = len(rows)
        assert all(row.areas for row in rows)

    assert found == {pair.words: pair.count for pair in front.themes}
    assert len(found) == 8


def test_words_of_a_theme_are_those_of_the_process(paper, client):
    url = "/processes/?theme=labour-migration"
    content = client.get(url, headers={"accept-language": "fr"}).content.decode()
    area = Theme.objects.get(slug="labour-migration").areas.select_related("process").first()

    assert f'<span class="remark" lang="en">«\u00a0{area.words}\u00a0»</span>' in content
    assert "Migration de main-d’œuvre" in content
    assert client.get("/processes/?theme=none").status_code == 404


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_first_page_speaks_of_the_same_in_each_language(paper, client, language):
    front = client.get("/", headers={"accept-language": language}).context["front"]

    assert [value for _label, value in front.figures] == [13, 143, 239, 45, 13, 17, 10]
    assert len(front.ahead) == 5
    assert len(front.latest) == 8


@pytest.mark.parametrize("url", ["/", "/processes/"])
def test_table_names_a_guest_whom_the_number_leaves_out(paper, client, url):
    page = client.get(url)

    regions = page.context.get("found", page.context.get("front")).regions
    guests = {row.short_name: row.guests for region in regions for row in region.rows if row.guests}
    assert guests["MIDSA"] == "Madagascar (invited)"
    assert "14 and Madagascar (invited)</span>" in page.content.decode()


def test_key_of_a_drawing_stands_above_its_table():
    drawing = Drawing(
        key="a" * 64,
        status=DrawingStatus.READY,
        svg=gzip.compress(b"<svg></svg>"),
        table={"columns": ["Party", "Processes"], "rows": [["Peru", 2]]},
    )
    template = "{% load office %}{% legend shades as key %}{% figure drawing key=key %}"
    page = engines["django"].from_string(template).render({"drawing": drawing, "shades": ["none"]})

    assert page.index("<svg>") < page.index('class="legend"') < page.index("<details")


@pytest.mark.parametrize(
    ("language", "secretariat", "place"),
    [("en", "IOM", "Tunisia"), ("es", "OIM", "Túnez"), ("fr", "OIM", "Tunisie")],
)
def test_secretariat_and_country_are_called_as_the_reader_does(
    paper, client, language, secretariat, place
):
    front = client.get("/", headers={"accept-language": language}).context["front"]
    meeting = client.get("/meetings/m-5plus5-1/", headers={"accept-language": language})

    rows = {row.url: row for region in front.regions for row in region.rows}
    assert [words for words, _mark in rows["/processes/rcm/"].secretariat] == [secretariat]
    assert meeting.context["record"].first[1].words == place


@pytest.mark.parametrize(
    ("language", "begins"), [("en", "Presidency Conclusions ·"), ("fr", "Conclusions de la")]
)
def test_title_of_a_foreign_text_says_what_it_is(paper, client, language, begins):
    latest = client.get("/").context["front"].latest[0].url
    page = client.get(latest, headers={"accept-language": language}).content.decode()

    assert f"<title>{begins}" in page


def test_process_in_capitals_leads_to_its_page(paper, client):
    answer = client.get("/processes/BALI/")

    assert (answer.status_code, answer["Location"]) == (301, "/processes/bali/")
    assert client.get("/processes/NONE/").status_code == 404
