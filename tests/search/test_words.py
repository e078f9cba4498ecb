import pytest

from comity.search.words import marked, phrases_of, places_of, snippet


@pytest.mark.parametrize(
    ("asked", "text", "html"),
    [
        (
            "visa",
            "Visas, VISA, “visa”",
            "<mark>Visas</mark>, <mark>VISA</mark>, “<mark>visa</mark>”",
        ),
        ('"visa"', "Visas & visa", "Visas &amp; <mark>visa</mark>"),
        ("cordoba", "De Córdoba a Córdobas", "De <mark>Córdoba</mark> a <mark>Córdobas</mark>"),
        ('"mc inf"', "MC/INF/266", "<mark>MC/INF</mark>/266"),
        ('"paper" "paper of"', "Paper of paper", "<mark>Paper of</mark> <mark>paper</mark>"),
        ('"strasse"', "Die Straße, ﬁn", "Die <mark>Straße</mark>, ﬁn"),
        ('"fin"', "Die Straße, ﬁn", "Die Straße, <mark>ﬁn</mark>"),
        ("移民", "国际移民组织", "国际<mark>移民</mark>组织"),
        ('"iom 移"', "IOM移民", "<mark>IOM移</mark>民"),
        ('"2"', "½", "<mark>½</mark>"),
        ('"1" "2"', "½ <2>", "<mark>½</mark> &lt;<mark>2</mark>&gt;"),
        ("a" * 120, "a" * 120 + "b", "<mark>" + "a" * 120 + "b</mark>"),
    ],
)
def test_marked_marks_what_was_asked_for(asked, text, html):
    assert marked(text, places_of(phrases_of(asked))) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        (" \n ", ""),
        ("  Of nothing ", "Of nothing"),
        ("1 2 3 4 5 6 7 (visa) 9", "1 2 3 4 5 6 7 (<mark>visa</mark>) 9"),
        ("0 1 2 3 4 5 6 7 8 (visa) 9", "… 1 2 3 4 5 6 7 8 (<mark>visa</mark>) 9"),
        ("0 1 2 3 4 5 6 7 8 visa 9", "… 1 2 3 4 5 6 7 8 <mark>visa</mark> 9"),
        ("visa" + " <" * 36, "<mark>visa</mark>" + " &lt;" * 35 + " …"),
        ("visa" + " <" * 35, "<mark>visa</mark>" + " &lt;" * 35),
    ],
)
def test_snippet_shows_the_words_around_the_first_found(text, html):
    assert snippet(text, places_of(phrases_of('"visa"'))) == html
