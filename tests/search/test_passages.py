import pytest
from django.utils.translation import get_language

from comity.search.passages import date_words, in_every_language, passages, said_of, sentence


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2002", ["2002"]),
        ("2002-10", ["2002", "october", "octubre", "octobre", "октябрь", "outubro", "أكتوبر"]),
        ("2002-06-05", ["2002-06-05", "june", "junio", "juin", "5"]),
        ("2002-09-30/2002-10-04", ["30", "4", "september", "october"]),
        ("2001/2003", ["2001", "2002", "2003"]),
        ("2003/..", ["2003"]),
        ("../1999", ["1999"]),
        ("1900/2000", ["1900", "2000"]),
        ("", []),
    ],
)
def test_date_words_say_what_readers_write(date, words):
    assert set(words) <= set(date_words(date).lower().split())


def test_date_words_leave_out_the_years_of_a_long_time():
    assert date_words("1900/2000").split() == ["1900/2000", "1900", "2000"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("seminar", "", "Lima"), "Seminar, Lima."),
        (("Is it?",), "Is it?"),
        (("", " "), ""),
        ((), ""),
    ],
)
def test_sentence_lists_its_words(words, said):
    assert sentence(*words) == said


def test_said_of_is_empty_for_nothing():
    assert [said_of("On", ["visas", "", "asylum"]), said_of("On", [""])] == [
        "On: visas; asylum.",
        "",
    ]


def test_in_every_language_says_words_of_ours_and_leaves_others():
    assert in_every_language("Search") == "Search Buscar Rechercher"
    assert [in_every_language("qwertz"), in_every_language("")] == ["qwertz", ""]


def test_passages_speak_the_language_of_their_title():
    told = list(passages({"fr": "Titre", "ru": "Имя"}, lambda language: [language, get_language()]))

    assert told == [("fr", "Titre", "fr fr"), ("ru", "Имя", "ru en")]
