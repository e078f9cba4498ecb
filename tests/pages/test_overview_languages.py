"""The overview tells the same in each language, each note with the places it rests on."""

import re
from datetime import date

import pytest
from django.utils.translation import gettext, override

from comity.pages.queries.overview_words import summed_up, told
from comity.processes.models import Participation
from tests.pages.test_overview import LANGUAGES, overview_in, row_of

# A paragraph, a row and the like are the same in all languages once their names are.
SAME = {
    r"Anexo|annexe": "Annex",
    r"fila|ligne": "row",
    r"\bnota\b": "note",
    r"párr\. |par\. ": "¶",
    "\u202f;": ";",
}
ISSUED_BY = "International Organization for Migration, Council, 86th session"


def places_of(note):
    """Return the places that a note names, in the words that English has for them."""
    words = note.words
    for own, english in SAME.items():
        words = re.sub(own, english, words)
    return re.findall(r"MC/INF/266[^).]*", words)


@pytest.mark.parametrize("on", [date(2003, 11, 10), date(2003, 11, 4), date(2026, 11, 23)])
def test_notes_are_the_same_in_each_language_each_with_its_source(paper, on):
    english, spanish, french = (
        [places_of(note) for note in overview_in(language, on).notes] for language in LANGUAGES
    )

    assert len(english) == 34
    assert all(english)
    assert spanish == english
    assert french == english


def test_remark_about_a_party_names_its_source(paper):
    notes = [note.words for note in overview_in("en").notes]

    assert "Joined at the sixth APC plenary. MC/INF/266, Annex II, row 6." in notes
    assert (
        "France participates for New Caledonia; counting both would give 38, the number of "
        "participating countries in Annex I, ¶14. MC/INF/266, Annex II, row 12."
    ) in notes
    assert (
        "“Since 2003, Madagascar is also invited to participate in MIDSA.” Not in the Annex II "
        "row. MC/INF/266, Annex I, note 5."
    ) in notes


@pytest.mark.parametrize("language", ["es", "fr"])
def test_remark_nobody_translated_stands_as_the_english_it_is(paper, language):
    Participation.objects.filter(party__code="MDG").update(note='Came "by letter"')

    notes = [note.words for note in overview_in(language).notes]

    with override(language):
        quoted = gettext("The source says, in English: “%(words)s”.") % {
            "words": "Came ‘by letter’"
        }
        assert told('Came "by letter"') == quoted
    assert len(notes) == 34
    assert any(note.startswith(quoted) for note in notes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_issued_the_paper_is_named_in_the_language(paper, language, client):
    client.cookies["django_language"] = language
    page = client.get("/sources/").content.decode()

    with override(language):
        words = gettext(ISSUED_BY)
    (source,) = overview_in(language).sources
    assert f". {words}. " in source
    assert words in page


def test_numbers_have_the_form_of_the_word():
    assert summed_up("1 March", 1, 1, 1) == "On 1 March: 1 process, 1 party, 1 participation."
    assert summed_up("1 March", 0, 2, 3) == "On 1 March: 0 processes, 2 parties, 3 participations."


def test_territory_of_a_party_needs_no_article_in_french(paper, client):
    client.cookies["django_language"] = "fr"
    bali = row_of(overview_in("fr"), "bali")

    assert "France (pour\u00a0: Nouvelle-Calédonie)" in "".join(
        piece.words for line in bali.participants for piece in line
    )
    for address in ("/processes/bali/", "/participation/", "/overlaps/", "/parties/FRA/brief/"):
        page = client.get(address).content.decode()
        assert "pour\u00a0: Nouvelle-Calédonie" in page
        assert "au nom de Nouvelle-Calédonie" not in page
