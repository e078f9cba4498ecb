import pytest

from comity.search.words import going_on, lacking, marked, phrases_of, places_of, snippet


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
        ("8 " * 20 + "(visa) 9", "8 " * 20 + "(<mark>visa</mark>) 9"),
        ("0 " + "8 " * 20 + "(visa) 9", "… " + "8 " * 20 + "(<mark>visa</mark>) 9"),
        ("0 " + "8 " * 20 + "visa 9", "… " + "8 " * 20 + "<mark>visa</mark> 9"),
        ("visa" + " <" * 40, "<mark>visa</mark>" + " &lt;" * 39 + " …"),
        ("visa" + " <" * 39, "<mark>visa</mark>" + " &lt;" * 39),
    ],
)
def test_snippet_shows_the_words_around_the_first_found(text, html):
    assert snippet(text, places_of(phrases_of('"visa"'))) == html


@pytest.mark.parametrize(
    ("asked", "telling"),
    [
        ("adopted in Tunis in 2002", ["adopted", "Tunis", "2002"]),
        ("qué se adoptó en Túnez en 2002", ["adoptó", "Túnez", "2002"]),
        ("la protection de l’asile", ["protection", "asile"]),
        ("d'octobre à novembre", ["octobre", "novembre"]),
        ("встреча в Тунисе", ["встреча", "Тунисе"]),
        ("اجتماع في تونس", ["اجتماع", "تونس"]),
        ("SUR 2003", ["SUR", "2003"]),
        ("sur 2003", ["2003"]),
        ("TUNIS IN 2002", ["TUNIS", "2002"]),
        ("the", ["the"]),
        ('"the House of the State" in', ["the House of the State"]),
        ("Bali Bali", ["Bali", "Bali"]),
        ("a - 5+5", ["5+5"]),
    ],
)
def test_phrases_leave_little_words_out(asked, telling):
    assert [phrase.asked for phrase in phrases_of(asked)] == telling


def test_going_on_lets_words_go_on_but_not_quotes_and_short_words():
    phrases = going_on(phrases_of('"meeting" meeting RCM text'))

    assert [phrase.is_prefix for phrase in phrases] == [False, True, False, True]


def test_lacking_names_what_is_missing_as_it_was_typed():
    phrases = phrases_of('"Tunis 2002" Túnez Bali')

    assert lacking(phrases, "tunis declaration 2002 bali") == ["Tunis 2002", "Túnez"]
