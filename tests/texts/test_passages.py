"""Paragraphs are inserted, moved, removed, split, joined and numbered."""

import pytest
from django.core.exceptions import ValidationError

from comity.audit.queries import history_of
from comity.audit.services import EditConflict
from comity.texts.models import Paragraph, Wording
from comity.texts.numbers import letter, numbers_for, roman
from comity.texts.services import (
    PassageFacts,
    change_passage,
    insert_passage,
    join_passages,
    move_passage,
    remove_passage,
    renumber,
    split_passage,
)
from comity.texts.services import passages as passages_module
from tests.texts.conftest import passage_at, version_of, wording_of, words_of


def orders(revision):
    return list(revision.passages.order_by("order").values_list("order", flat=True))


def test_paragraph_is_inserted_anywhere(draft, secretariat):
    words = {"es": "Nuevo.", "en": "New."}
    facts = PassageFacts(kind="preamble", level=1, number="a")

    second = insert_passage(
        revision=draft,
        after=passage_at(draft, 0),
        facts=facts,
        words=words,
        version=1,
        by=secretariat,
    )
    insert_passage(
        revision=draft,
        after=None,
        facts=PassageFacts(kind="note"),
        words={"es": "Nota."},
        version=2,
        by=secretariat,
    )

    assert words_of(draft) == [
        ("", "Nota."),
        ("", "Declaración"),
        ("a", "Nuevo."),
        ("1", "Informar sin demora."),
        ("2", "Compartir cifras. Protegerlas."),
    ]
    assert orders(draft) == [1, 2, 3, 4, 5]
    assert (second.kind, second.level, version_of(draft)) == ("preamble", 1, 3)
    assert (wording_of(second, "es").standing, wording_of(second, "en").standing) == (
        "original",
        "unofficial",
    )
    assert [event.action for event in history_of(second)] == ["passage.inserted"]


def test_paragraph_is_not_inserted_wrongly(draft, first, secretariat):
    def insert(after=None, version=1, words=None):
        insert_passage(
            revision=draft,
            after=after,
            facts=PassageFacts(),
            words=words or {},
            version=version,
            by=secretariat,
        )

    with pytest.raises(ValidationError, match="not in the revision"):
        insert(after=passage_at(first, 0))
    with pytest.raises(EditConflict):
        insert(version=2)
    with pytest.raises(ValidationError, match="Unknown language: pt"):
        insert(words={"pt": "Novo."})
    assert orders(draft) == [1, 2, 3]


def test_paragraph_is_said_to_be_something_else(draft, secretariat):
    passage = passage_at(draft, 1)

    changed = change_passage(
        passage=passage,
        facts=PassageFacts(kind="heading", number="I"),
        version=1,
        by=secretariat,
    )

    assert (changed.kind, changed.number, str(changed), changed.version) == (
        "heading",
        "I",
        "I",
        2,
    )
    with pytest.raises(EditConflict):
        change_passage(passage=passage, facts=PassageFacts(), version=1, by=secretariat)


def test_paragraph_moves(draft, secretariat):
    move_passage(passage=passage_at(draft, 2), after=None, version=1, by=secretariat)
    moved = move_passage(
        passage=passage_at(draft, 1), after=passage_at(draft, 2), version=2, by=secretariat
    )

    assert [words for _number, words in words_of(draft)] == [
        "Compartir cifras. Protegerlas.",
        "Informar sin demora.",
        "Declaración",
    ]
    event = history_of(moved)[0]
    assert (event.action, event.before, event.after) == (
        "passage.moved",
        {"order": 2},
        {"order": 3},
    )
    with pytest.raises(EditConflict):
        move_passage(passage=moved, after=None, version=2, by=secretariat)
    stays = passage_at(draft, 0)
    with pytest.raises(ValidationError, match="not in the revision"):
        move_passage(passage=stays, after=stays, version=3, by=secretariat)
    assert orders(draft) == [1, 2, 3]


def test_paragraph_is_removed_and_stays_before(draft, first, secretariat):
    gone = passage_at(draft, 1)
    remove_passage(passage=gone, version=1, by=secretariat)

    assert [words for _number, words in words_of(draft)] == [
        "Declaración",
        "Compartir cifras. Protegerlas.",
    ]
    assert len(words_of(first)) == 3
    assert orders(draft) == [1, 2]
    with pytest.raises(ValidationError, match="not in the revision"):
        remove_passage(passage=gone, version=2, by=secretariat)


def test_paragraph_on_which_something_rests_is_not_removed(draft, secretariat, monkeypatch):
    # No app above points at passages in these tests: its own words stand for one.
    monkeypatch.setattr(passages_module, "Wording", Paragraph)

    with pytest.raises(ValidationError, match="Something rests on this"):
        remove_passage(passage=passage_at(draft, 1), version=1, by=secretariat)
    assert orders(draft) == [1, 2, 3]

    passage_at(draft, 1).wordings.all().delete()
    remove_passage(passage=passage_at(draft, 1), version=1, by=secretariat)
    assert orders(draft) == [1, 2]


def test_paragraph_is_split_where_its_words_end_so(draft, secretariat):
    whole = passage_at(draft, 2)

    second = split_passage(
        passage=whole, tails={"es": "Protegerlas."}, version=1, by=secretariat, number="3"
    )

    assert words_of(draft)[2:] == [("2", "Compartir cifras."), ("3", "Protegerlas.")]
    assert second.paragraph.continues_id == whole.paragraph_id
    assert words_of(draft, "en")[2:] == [("2", "Share figures. Protect them."), ("3", None)]
    assert wording_of(whole, "en").is_behind
    assert (second.kind, second.order, version_of(draft)) == ("operative", 4, 2)


@pytest.mark.parametrize(
    ("tails", "sentence"),
    [
        ({"es": "Otra cosa."}, "do not end so"),
        ({"es": "Compartir cifras. Protegerlas."}, "do not end so"),
        ({"es": "  "}, "do not end so"),
        ({"fr": "Les protéger."}, "do not end so"),
        ({"en": "Protect them."}, "where the original is split"),
    ],
)
def test_paragraph_is_not_split_elsewhere(draft, secretariat, tails, sentence):
    with pytest.raises(ValidationError, match=sentence):
        split_passage(passage=passage_at(draft, 2), tails=tails, version=1, by=secretariat)
    assert orders(draft) == [1, 2, 3]


def test_two_paragraphs_become_one(draft, secretariat):
    kept, gone = passage_at(draft, 1), passage_at(draft, 2)

    join_passages(passage=kept, version=1, by=secretariat)

    assert words_of(draft)[1:] == [("1", "Informar sin demora. Compartir cifras. Protegerlas.")]
    assert words_of(draft, "en")[1:] == [
        ("1", "Inform without delay. Share figures. Protect them.")
    ]
    assert Paragraph.objects.get(pk=gone.paragraph_id).joined_to_id == kept.paragraph_id
    assert not Wording.objects.filter(is_behind=True).exists()
    with pytest.raises(ValidationError, match="No paragraph follows"):
        join_passages(passage=kept, version=2, by=secretariat)


def test_joining_leaves_behind_what_lacked_a_language(draft, secretariat):
    Wording.objects.filter(passage=passage_at(draft, 1), language="en").delete()

    kept = join_passages(passage=passage_at(draft, 0), version=1, by=secretariat)

    assert [(each.language, each.is_behind) for each in kept.wordings.all()] == [
        ("en", True),
        ("es", False),
    ]


def test_joining_loses_no_words(draft, secretariat):
    Wording.objects.filter(passage=passage_at(draft, 1), language="en").delete()

    kept = join_passages(passage=passage_at(draft, 1), version=1, by=secretariat)

    english = wording_of(kept, "en")
    assert (english.words, english.is_behind) == ("Share figures. Protect them.", True)


def test_paragraphs_are_numbered_anew(draft, secretariat):
    move_passage(passage=passage_at(draft, 2), after=None, version=1, by=secretariat)

    renumber(revision=draft, version=2, by=secretariat)

    assert [number for number, _words in words_of(draft)] == ["1", "", "2"]
    assert version_of(draft) == 3
    renumber(revision=draft, version=3, by=secretariat)
    assert version_of(draft) == 3


def test_numbers_go_down_three_levels():
    levels = [0, 1, 1, 2, 2, 1, 0, 5, 0]
    kinds = [("operative", level) for level in levels]
    kinds.insert(1, ("heading", 0))

    assert list(numbers_for(kinds)) == [
        "1",
        None,
        "1 (a)",
        "1 (b)",
        "1 (b) (i)",
        "1 (b) (ii)",
        "1 (c)",
        "2",
        "2 (i)",
        "3",
    ]
    assert (letter(26), letter(27), roman(14), roman(9)) == ("z", "aa", "xiv", "ix")
