"""A draft on a laptop without network comes in again without loss."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.consultation.services.draft import (
    draft_for_merging,
    passage_of,
    put_words,
    remove_passage,
)
from comity.consultation.services.pen import lay_down_pen, take_pen
from comity.consultation.services.taking_along import (
    Brought,
    bring_back,
    check_out,
    give_up_checkout,
    out_of,
    read_return,
    take_over_return,
)
from comity.texts.models import Wording
from tests.conftest import PERSONAS
from tests.factories.consultation import WORDS


@pytest.fixture
def writer(people, committee, text):
    take_pen(text=text, by=people["body_member"])
    return people["body_member"]


@pytest.fixture
def draft(revision, secretariat):
    return draft_for_merging(revision, secretariat)


@pytest.fixture
def checkout(draft, writer):
    return check_out(revision=draft, language="en", by=writer)


def drafted(draft):
    found = Wording.objects.filter(passage__revision=draft, language="en")
    return list(found.order_by("passage__order").values_list("words", flat=True))


def bring(checkout, by, *, added=(), **changed):
    """Bring the text back with ``changed`` paragraphs, by their order in words."""
    words = {int(paragraph): words for paragraph, words in checkout.base.items()}
    for paragraph, said in zip(list(words), ("first", "second", "third"), strict=True):
        if said in changed:
            words[paragraph] = changed[said]
    words = {paragraph: said for paragraph, said in words.items() if said is not None}
    return bring_back(checkout=checkout, brought=Brought(words, added), by=by)


def take_over(checkout, by, chosen=None):
    mark = read_return(checkout).mark
    return take_over_return(checkout=checkout, chosen=chosen or {}, mark=mark, by=by)


def test_unchanged_file_changes_nothing(checkout, draft, writer):
    before = drafted(draft)

    brought = bring(checkout, writer)
    assert read_return(brought).differences == []
    take_over(brought, writer)

    assert drafted(draft) == before == WORDS["en"]
    assert not out_of(draft).exists()


def test_what_one_side_changed_is_taken_over_and_what_the_other_did_stays(
    checkout, draft, writer, paragraphs
):
    put_words(passage_of(draft, paragraphs[0].pk), "en", "Changed here.", writer)
    brought = bring(
        checkout, writer, second="Changed there.", added=[(paragraphs[1].pk, "New."), (0, "Last.")]
    )

    take_over(brought, writer)

    assert drafted(draft) == ["Changed here.", "Changed there.", "New.", WORDS["en"][2], "Last."]


def test_paragraph_that_both_changed_is_shown_and_chosen(checkout, draft, writer, paragraphs):
    second = paragraphs[1].pk
    put_words(passage_of(draft, second), "en", "Changed here.", writer)
    brought = bring(checkout, writer, second="Changed there.")

    (difference,) = read_return(brought).on_both_sides
    assert (difference.base, difference.file, difference.here) == (
        WORDS["en"][1],
        "Changed there.",
        "Changed here.",
    )
    with pytest.raises(ValidationError, match="on both sides"):
        take_over(brought, writer)
    assert drafted(draft)[1] == "Changed here."

    take_over(brought, writer, {second: "Both agree."})
    assert drafted(draft)[1] == "Both agree."


def test_paragraphs_taken_out_on_a_side_are_taken_out_or_asked_for(
    checkout, draft, writer, paragraphs
):
    _first, second, third = (each.pk for each in paragraphs)
    remove_passage(passage_of(draft, second), writer)
    put_words(passage_of(draft, third), "en", "Kept.", writer)
    brought = bring(checkout, writer, first=None, second="Needed.", third=None)

    both = [each.paragraph for each in read_return(brought).on_both_sides]
    assert both == [second, third]
    take_over(brought, writer, {second: "Needed.", third: None})

    assert drafted(draft) == ["Needed."]


def test_both_sides_may_agree_that_a_paragraph_goes(checkout, draft, writer, paragraphs):
    second = paragraphs[1].pk
    remove_passage(passage_of(draft, second), writer)
    brought = bring(checkout, writer, second="Needed.")

    take_over(brought, writer, {second: None})

    assert drafted(draft) == [WORDS["en"][0], WORDS["en"][2]]


def test_choice_for_what_stands_here_changes_nothing(checkout, draft, writer, paragraphs):
    second = paragraphs[1].pk
    put_words(passage_of(draft, second), "en", "Changed here.", writer)
    brought = bring(checkout, writer, second="Changed there.")

    take_over(brought, writer, {second: "Changed here."})

    assert Wording.objects.get(passage__revision=draft, words="Changed here.").version == 2


def test_draft_that_was_changed_meanwhile_is_looked_at_again(checkout, draft, writer, paragraphs):
    brought = bring(checkout, writer, second="Changed there.")
    mark = read_return(brought).mark
    put_words(passage_of(draft, paragraphs[1].pk), "en", "Changed here.", writer)

    with pytest.raises(ValidationError, match="Look at the paragraphs again"):
        take_over_return(checkout=brought, chosen={}, mark=mark, by=writer)


def test_only_the_writer_takes_over_and_only_what_came_back(checkout, writer, people):
    with pytest.raises(ValidationError, match="Bring the file back"):
        take_over(checkout, writer)
    brought = bring(checkout, writer)
    with pytest.raises(ValidationError, match="writes until"):
        take_over(brought, people["chair"])
    lay_down_pen(text=checkout.revision.text, by=writer)
    with pytest.raises(ValidationError, match="Take the pen"):
        take_over(brought, writer)


def test_text_is_taken_along_once_in_a_language(checkout, draft, writer, revision):
    with pytest.raises(ValidationError, match="already"):
        check_out(revision=draft, language="en", by=writer)
    with pytest.raises(ValidationError, match="not written"):
        check_out(revision=draft, language="fr", by=writer)
    with pytest.raises(ValidationError, match="is out"):
        check_out(revision=revision, language="en", by=writer)

    give_up_checkout(checkout=checkout, by=writer)
    assert check_out(revision=draft, language="en", by=writer).state == "out"
    with pytest.raises(ValidationError, match="given up already"):
        bring(checkout, writer)


def test_empty_draft_takes_nothing_in(checkout, draft, writer):
    brought = bring(checkout, writer, added=[(None, "New.")])
    draft.passages.all().delete()
    chosen = {each.paragraph: None for each in read_return(brought).differences}

    with pytest.raises(ValidationError, match="no paragraphs"):
        take_over(brought, writer, chosen)


@pytest.mark.parametrize("name", sorted({*PERSONAS} - {"body_member", "chair", "secretariat"}))
def test_nobody_else_takes_it_along(checkout, draft, people, name):
    by = people[name]
    for step in (
        lambda: check_out(revision=draft, language="es", by=by),
        lambda: bring_back(checkout=checkout, brought=Brought({}), by=by),
        lambda: take_over(checkout, by),
        lambda: give_up_checkout(checkout=checkout, by=by),
    ):
        with pytest.raises(PermissionDenied):
            step()
