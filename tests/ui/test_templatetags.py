from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.utils import translation

from comity.core.dates import parse_date
from comity.ui.pieces import Crumb, Download, Label


def shown(template, /, **context):
    return engines["django"].from_string(template).render(context)


@pytest.mark.parametrize(
    ("language", "value", "places", "words"),
    [
        ("en", 1234567, 0, "1,234,567"),
        ("en", 999, 0, "999"),
        ("es", 9999, 0, "9999"),
        ("es", 10000, 0, "10\u202f000"),
        ("fr", 1234.5, 1, "1\u202f234,5"),
        ("en", -5, 0, "−5"),
        ("en", None, 0, "–"),
    ],
)
def test_number_parts_thousands_as_the_language_does(language, value, places, words):
    with translation.override(language):
        assert shown("{{ value|number:places }}", value=value, places=places) == words


@pytest.mark.parametrize("value", ["2003-05", parse_date("2003-05")])
def test_date_is_no_more_precise_than_it_is(value):
    with translation.override("es"):
        assert shown("{{ value|in_words }}", value=value) == "mayo de 2003"


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "“Peru”: 5"), ("es", "«Peru»: 5"), ("fr", "«\u00a0Peru\u00a0»\u00a0: 5")],
)
def test_quotation_marks_and_colon_are_those_of_the_language(language, words):
    with translation.override(language):
        assert shown("{{ word|quoted }}{% colon %} 5", word="Peru") == words


def test_quoted_words_are_escaped():
    assert shown("{{ word|quoted }}", word="<b>") == "“&lt;b&gt;”"


def test_day_and_moment_are_in_the_words_of_the_language():
    day, moment = date(2026, 3, 1), datetime(2026, 3, 1, 9, 5, tzinfo=UTC)

    with translation.override("fr"):
        words = shown("{{ a|in_words }} | {{ b|in_words }} | {{ b|moment }}", a=day, b=moment)

    assert words == "1er mars 2026 | 1er mars 2026 | 1er mars 2026 à 09:05"


@pytest.mark.parametrize(
    ("address", "html"),
    [
        ("a.b@c.example", "a<wbr>.b<wbr>@c<wbr>.example"),
        ("d-e@c", '<span class="unbroken">d-e</span><wbr>@c'),
        ("-" * 25 + "@c", "-" * 25 + "<wbr>@c"),
        ("<a>@c", "&lt;a&gt;<wbr>@c"),
        ("", ""),
    ],
)
def test_address_breaks_at_its_dots_and_its_at_alone(address, html):
    assert shown("{{ address|breaking }}", address=address) == html


@pytest.mark.parametrize("value", ["", None])
def test_no_date_shows_nothing(value):
    assert shown("{{ value|in_words }}{{ value|moment }}", value=value) == ""


def test_text_in_another_language_says_which():
    text = {"fr": "Réseau <A>"}

    with translation.override("fr"):
        own = shown("{{ text|with_language }}", text=text)
    with translation.override("es"):
        other = shown("{{ text|with_language }}", text=text)

    assert own == "Réseau &lt;A&gt;"
    assert other == '<bdi lang="fr">Réseau &lt;A&gt;</bdi>'
    assert shown("{{ text|with_language }}", text={}) == ""


@pytest.mark.parametrize(
    ("tag", "html"),
    [
        ('{% source "¶6" %}', '<cite class="source"><a href="#source">¶6</a></cite>'),
        ('{% source "¶6" "/s/1/" %}', '<cite class="source"><a href="/s/1/">¶6</a></cite>'),
        ('{% source "" %}', ""),
        (
            '{% region "africa" words %}',
            '<span class="region" data-region="africa">A &amp; B</span>',
        ),
        (
            '{% region "africa" "A" "/a/" %}',
            '<a class="region" data-region="africa" href="/a/">A</a>',
        ),
        (
            '{% mark "invited" "africa" %}',
            '<span class="mark invited" data-region="africa" aria-hidden="true"></span>',
        ),
        ('{% mark words="open" %}', '<span class="mark">open</span>'),
        ('{% state "late" "late" %}', '<span class="state late">late</span>'),
        ('{% notice "Soon" "due" %}', '<p class="notice due">Soon</p>'),
        (
            '{% nothing "none" %}',
            (
                '<span class="none" aria-hidden="true">–</span>'
                '<span class="visually-hidden">none</span>'
            ),
        ),
        (
            '{% trail "Processes" "/p/" %}',
            (
                '<nav class="trail" aria-label="You are here"><ol>'
                '<li><a href="/p/">Processes</a></li></ol></nav>'
            ),
        ),
        (
            "{% demonstration %}",
            (
                '<p class="demonstration"><strong>Demonstration.</strong>'
                " States, people and texts are made up.</p>"
            ),
        ),
        ('{% language_name "es" %}', "Español"),
    ],
)
def test_tag_writes(tag, html):
    assert shown(tag, words="A & B") == html


def test_trail_takes_crumbs():
    tag = "{% trail crumb %}"

    assert '<li><a href="/p/">P</a></li>' in shown(tag, crumb=Crumb("P", "/p/"))


def test_labels_keep_words_from_becoming_elements():
    labels = [Label("<b>", "/b/", "europe"), Label("Return")]

    html = shown("{% labels labels %}", labels=labels)

    assert html == (
        '<ul class="labels"><li><a data-region="europe" href="/b/">&lt;b&gt;</a></li>'
        "<li><span>Return</span></li></ul>"
    )
    assert shown("{% labels labels %}", labels=[]) == ""


def test_downloads_name_what_they_hold():
    html = shown("{% downloads 'participants' files %}", files=[Download("CSV", "/x.csv")])

    assert html == (
        '<ul class="downloads" aria-label="Downloads: participants">'
        '<li><a href="/x.csv" download>CSV</a></li></ul>'
    )


def test_bar_of_nothing_is_empty():
    assert 'x="0.0" width="0.0"' in shown("{% bar 3 0 %}")
    assert 'x="20.0" width="60.0"' in shown("{% bar 3 5 '' 1 %}")


def test_pager_keeps_the_words_of_the_search(rf):
    page = Paginator(list(range(30)), 10).page(2)
    request = rf.get("/", {"words": "a&b", "page": "2"})

    html = shown("{% pager page %}", page=page, request=request)

    assert html == (
        '<nav class="pager" aria-label="Pages of this list">'
        '<a rel="prev" href="?words=a%26b&amp;page=1">Previous</a><span>Page 2 of 3</span>'
        '<a rel="next" href="?words=a%26b&amp;page=3">Next</a></nav>'
    )


def test_pager_of_one_page_is_not_shown(rf):
    page = Paginator([1], 10).page(1)

    assert shown("{% pager page %}", page=page, request=rf.get("/")) == ""
