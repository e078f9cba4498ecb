import gzip
import re

import pytest
from django.template import Context, Template

from tests.factories.office import DrawingFactory

WAITING = "The chart is being drawn. Its figures are in the table."
FAILED = "The chart could not be drawn. Its figures are in the table."
PICTURE = '<svg class="wide"></svg>'


def show(drawing, arguments=""):
    template = Template("{% load office %}{% figure drawing " + arguments + " %}")
    return template.render(Context({"drawing": drawing}))


def cells(html):
    return re.findall(r"<(th|td)[^>]*>(.*?)</", html)


@pytest.mark.parametrize(
    ("options", "notices", "links", "is_open"),
    [
        ({}, [WAITING], ["CSV"], True),
        ({"status": "failed"}, [FAILED], ["CSV"], True),
        ({"is_drawn": True}, [], ["CSV", "SVG", "PNG"], False),
    ],
)
def test_figure_shows_what_there_is(db, options, notices, links, is_open):
    html = show(DrawingFactory(**options))

    assert re.findall(r'<p class="notice[^>]*>(.*?)</p>', html) == notices
    assert re.findall(r'<a href="[^"]*" download>(.*?)</a>', html) == links
    assert html.count(PICTURE) == (0 if notices else 1)
    assert html.count('<details class="table-of-figure" open>') == int(is_open)
    assert cells(html) == [("th", "Year"), ("th", "Members"), ("th", "2003"), ("td", "3")]
    assert html.count("<p>IOM, 2026</p>") == 1


def test_waiting_figure_is_told_to_screen_readers(db):
    assert show(DrawingFactory()).count('role="status"') == 1


def test_figure_has_its_title_and_the_words_of_the_page(db):
    html = show(DrawingFactory(title="A & <b>"), "caption='Since 2003.'")

    assert "<figcaption><strong>A &amp; &lt;b&gt;</strong> Since 2003.</figcaption>" in html
    assert 'aria-label="Downloads: A &amp; &lt;b&gt;"' in html
    assert 'aria-label="A &amp; &lt;b&gt;, table"' in html


def test_table_of_a_drawn_figure_may_stand_open(db):
    html = show(DrawingFactory(is_drawn=True), "is_open=True")

    assert html.count('<details class="table-of-figure" open>') == 1


def test_nought_and_nothing_are_told_apart_in_the_table(db):
    rows = [["2003", 0], ["2004", None], ["<i>", "<script>"]]
    html = show(DrawingFactory(table={"columns": ["Year", "Members"], "rows": rows}))

    assert cells(html)[2:] == [
        ("th", "2003"),
        ("td", "0"),
        ("th", "2004"),
        ("td", "–"),
        ("th", "&lt;i&gt;"),
        ("td", "&lt;script&gt;"),
    ]


def test_picture_without_its_figure_is_nothing_until_it_is_drawn(db):
    template = Template("{% load office %}{% svg_for drawing %}")
    drawn = DrawingFactory(is_drawn=True, svg=gzip.compress(b"<svg>\xe2\x80\x9c</svg>"))

    assert template.render(Context({"drawing": DrawingFactory()})) == ""
    assert template.render(Context({"drawing": drawn})) == "<svg>“</svg>"
