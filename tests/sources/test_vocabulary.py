import csv

import pytest
from django.conf import settings
from django.utils import translation

from comity.sources.vocabulary import KINDS, KNOWN, said

PAPER = settings.BASE_DIR / "data" / "paper"
# What a reader finds in the own language: every short word of these columns.
SHORT = [
    ("iom_roles", "role"),
    ("partners", "role_in_paper"),
    ("meeting_participants", "role"),
    ("meeting_series", "series"),
    ("meeting_series", "note"),
    ("meetings", "kind"),
    ("documents", "kind"),
    ("bodies", "kind"),
    ("studies", "coverage"),
    ("themes", "kind"),
    ("projects", "status_in_paper"),
]
# Titles rather than kinds: they stay as the paper has them.
TITLES = {"Cooperation Agreement"}


@pytest.mark.parametrize(("file", "column"), SHORT)
def test_short_words_of_the_paper_are_known(file, column):
    with (PAPER / f"{file}.csv").open(encoding="utf-8") as table:
        words = {row[column] for row in csv.DictReader(table)} - TITLES - {""}

    assert words - set(KINDS) == set()


# Words of the paper alone, which stay as it has them.
QUOTED = {'"In Rabat, the 5+5 Ministers ... approved two documents"'}


@pytest.mark.parametrize(
    ("file", "column"),
    [
        *((f"paper/{name}", "note") for name in ("documents", "groupings", "meetings")),
        *((f"paper/{name}", "note") for name in ("projects", "studies")),
        ("made-up/approved_maps", "source"),
    ],
)
def test_every_note_of_ours_has_words_in_the_language_of_the_reader(file, column):
    with (settings.BASE_DIR / "data" / f"{file}.csv").open(encoding="utf-8") as table:
        notes = {row[column] for row in csv.DictReader(table)} - QUOTED - {""}

    assert notes - set(KNOWN) == set()
    with translation.override("es"):
        assert [note for note in notes if "<span" in said(note)] == []


@pytest.mark.parametrize(
    ("language", "spelt_alike"),
    [("es", set()), ("fr", {"conclusions", "constitution", "forum", "note", "session"})],
)
def test_known_words_are_said_in_the_language(language, spelt_alike):
    with translation.override(language):
        same = {text for text, words in KINDS.items() if str(words) == text}

    assert same == spelt_alike


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("en", "host", "host"),
        ("es", "host", "anfitrión"),
        ("en", "by letter", "by letter"),
        ("es", "by <letter>", '<span lang="en">by &lt;letter&gt;</span>'),
        ("fr", "", ""),
    ],
)
def test_words_nobody_translated_are_marked_as_english(language, text, shown):
    with translation.override(language):
        assert said(text) == shown


def test_words_at_the_start_of_a_line_have_a_capital():
    with translation.override("fr"):
        assert said("host", at_start=True) == "Hôte"
        assert said("by letter", at_start=True) == '<span lang="en">By letter</span>'
