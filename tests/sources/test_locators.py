import pytest
from django.utils.translation import override

from comity.sources.locators import (
    address_of,
    anchor_of,
    key_to_marks,
    reading_order,
    short_form,
    split_locators,
    title_of,
)

GROUPINGS = "Groupings table (after Annex II; = Annex III per body fn 4, heading missing)"


def test_split_locators_leaves_brackets_whole():
    assert split_locators(f" Body ¶2;Annex I ¶8; {GROUPINGS}; Body  ¶2;") == [
        "Body ¶2",
        "Annex I ¶8",
        GROUPINGS,
    ]


@pytest.mark.parametrize(
    ("language", "marks"),
    [
        ("en", ["“¶6”", "“Annex I, ¶5”", "“Annex II, row 4”"]),
        ("es", ["«párr. 6»", "«Anexo I, párr. 5»", "«Anexo II, fila 4»"]),
        (
            "fr",
            [
                "«\u00a0par. 6\u00a0»",
                "«\u00a0annexe I, par. 5\u00a0»",
                "«\u00a0annexe II, ligne 4\u00a0»",
            ],
        ),
    ],
)
def test_key_to_marks_shows_them_as_pages_do(language, marks):
    with override(language):
        key = key_to_marks()

    assert [mark for mark in marks if mark in key] == marks


@pytest.mark.parametrize(
    ("language", "locator", "short"),
    [
        ("en", "Annex II table row 4", "Annex II, row 4"),
        ("en", "Body ¶2", "¶2"),
        ("en", "Body fn 1", "note 1"),
        ("en", "Annex I ¶25 (1999-2000)", "Annex I, ¶25"),
        ("en", GROUPINGS, "Groupings"),
        ("en", "Annex II", "Annex II"),
        ("en", "Cover page", "Cover page"),
        ("es", "Annex I ¶5", "Anexo I, párr. 5"),
        ("fr", "Annex I fn 8", "annexe I, note 8"),
    ],
)
def test_short_form_speaks_the_readers_language(language, locator, short):
    with override(language):
        assert short_form(locator) == short


def test_anchor_is_a_word_of_the_address():
    assert anchor_of("Annex I ¶5") == "annex-i-5"
    assert address_of("paper", "Annex I ¶5") == "/sources/paper/?place=annex-i-5#annex-i-5"
    assert address_of("paper", "") == "/sources/paper/"


def test_title_begins_with_a_capital():
    with override("fr"):
        assert title_of("Annex II table row 4") == "Annexe II, ligne 4"
    assert title_of("") == ""


def test_reading_order_counts_numbers_and_puts_the_body_first():
    places = ["Annex I ¶10", "Annex I ¶2", "Annex II", "Body ¶9", ""]

    assert sorted(places, key=lambda place: reading_order(anchor_of(place))) == [
        "",
        "Body ¶9",
        "Annex I ¶2",
        "Annex I ¶10",
        "Annex II",
    ]
