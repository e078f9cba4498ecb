"""What readers ask of the loaded paper, and what must be answered first."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.urls import reverse

from comity.search.models import SearchEntry
from comity.search.queries import find

VISITOR = AnonymousUser()

# What is asked, in which language one reads, and what stands first.
QUESTIONS = [
    ("Tunis 2002", "en", "/documents/d-tunis/"),
    ("adopted in Tunis in 2002", "en", "/documents/d-tunis/"),
    ("adopted text Tunis October 2002", "en", "/documents/d-tunis/"),
    ("texte adopté à Tunis en octobre 2002", "fr", "/documents/d-tunis/"),
    ("qué se adoptó en Túnez en 2002", "es", "/documents/d-tunis/"),
    ("réunion Tunis", "fr", "/meetings/m-5plus5-1/"),
    ("reunion tunis", "en", "/meetings/m-5plus5-1/"),
    ("meeting in Tunisia in October 2002", "en", "/meetings/m-5plus5-1/"),
    ("RCM 2001", "en", "/studies/s-rcm-2001/"),
    ("Puebla 1996", "en", "/processes/rcm/"),
    ("RCM", "en", "/processes/rcm/"),
    ("Puebla", "es", "/processes/rcm/"),
    ("Bali", "en", "/processes/bali/"),
    ("Bali 2002", "en", "/meetings/m-bali-2002/"),
    ("meeting Bali 2002", "en", "/meetings/m-bali-2002/"),
    ("2002-02-26", "en", "/meetings/m-bali-2002/"),
    ("reunión Lima 1999", "es", "/meetings/m-sacm-1999/"),
    ("reunión Lima 2003", "es", "/meetings/m-sacm-tcm-2/"),
    ("Lima 1999", "fr", "/meetings/m-sacm-1999/"),
    ("Dakar declaration", "en", "/documents/d-dakar/"),
    ("5+5", "fr", "/processes/5plus5/"),
    ("Soderkoping", "en", "/processes/soderkoping/"),
    ("cote d'ivoire", "en", "/parties/CIV/"),
    ("TUN", "en", "/parties/TUN/"),
    ("تونس", "en", "/parties/TUN/"),
    ("Тунис", "ru", "/parties/TUN/"),
    ("Mali", "fr", "/parties/MLI/"),
]


@pytest.mark.parametrize(("words", "language", "first"), QUESTIONS)
def test_questions_are_answered_first(paper, words, language, first):
    hits = find(VISITOR, words, language=language).hits

    assert [hit.url for hit in hits][:1] == [first]


def test_what_was_adopted_in_tunis_is_two_clicks_away(paper, client):
    results = client.get(reverse("search:results"), {"q": "Tunis 2002"})
    [hit] = results.context["found"].hits
    page = client.get(hit.url)

    assert (hit.title, hit.lacks) == ("<mark>Tunis</mark> Declaration", [])
    assert b"Tunis Declaration" in page.content


def test_no_passage_shows_an_identifier(paper):
    slugs = set(SearchEntry.objects.values_list("url", flat=True))
    identifiers = {url.rstrip("/").rsplit("/", 1)[1] for url in slugs if "/parties/" not in url}
    shown = {
        word.strip(".,;:()")
        for text in SearchEntry.objects.values_list("text", flat=True)
        for word in text.split()
    }

    assert {word for word in identifiers if "-" in word} & shown == set()


def test_index_everything_makes_the_same_index_anew(paper, capsys):
    kept = set(SearchEntry.objects.values_list("url", "language", "folded_title", "folded_text"))
    SearchEntry.objects.filter(kind="meeting").update(folded_title="", folded_text="")

    call_command("index_everything")

    assert capsys.readouterr().out == f"{len(kept)} passages are in the index.\n"
    assert kept == set(
        SearchEntry.objects.values_list("url", "language", "folded_title", "folded_text")
    )


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Burma", "/parties/mmr/"),
        ("Birmanie", "/parties/mmr/"),
        ("Zaire", "/parties/cod/"),
        ("Upper Volta", "/parties/bfa/"),
        ("Dahomey", "/parties/ben/"),
        ("Ceylon", "/parties/lka/"),
        ("380", "/parties/ita/"),
    ],
)
def test_state_is_found_by_the_name_it_had_and_by_its_whole_number(paper, client, words, state):
    found = client.get(reverse("search:results"), {"q": words}).context["found"]

    assert found.hits[0].url.lower() == state


def test_number_is_not_the_beginning_of_a_code(paper, client):
    found = client.get(reverse("search:results"), {"q": "38"}).context["found"]

    assert [hit.url for hit in found.hits if hit.url.startswith("/parties/")] == []
