"""Texts are started, revised and go out frozen; who reads which."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q

from comity.accounts.authority import SYSTEM, may
from comity.audit.queries import history_of
from comity.audit.services import EditConflict
from comity.documents.models import Document
from comity.texts.gates import draft_gates
from comity.texts.models import Passage, Revision, Text
from comity.texts.services import (
    PassageFacts,
    change_languages,
    change_passage,
    change_wording,
    circulate_revision,
    confirm_wording,
    finish_revision,
    insert_passage,
    join_passages,
    label_revision,
    move_passage,
    remove_passage,
    renumber,
    split_passage,
    start_revision,
    start_text,
)
from tests.conftest import PERSONAS
from tests.factories.documents import DocumentFactory
from tests.factories.texts import OUT, CirculatedFactory
from tests.texts.conftest import passage_at, version_of, wording_of, words_of

AUDIENCE = {"observer", "partner", "focal_point", "other_focal_point", "body_member", "chair"}


def seeing(people, row):
    found = type(row).objects
    return {n for n, who in people.items() if found.visible_to(who).filter(pk=row.pk).exists()}


def test_text_is_started_once(document, text, secretariat):
    row = Text.objects.get()
    assert (row.document, row.languages, row.original) == (document, ["es", "en"], "es")
    assert (str(row), row.in_order) == (str(document), ["es", "en"])
    assert [event.action for event in history_of(row)] == ["text.started"]
    with pytest.raises(ValidationError, match="has a text already"):
        start_text(document=document, languages=["es"], original="es", by=secretariat)


@pytest.mark.parametrize(
    ("languages", "original", "sentence"),
    [
        (["es", "xx"], "es", "Unknown language: xx"),
        (["es", "es"], "es", "each language once"),
        (["es"], "en", "one of the languages"),
    ],
)
def test_text_is_written_in_languages_that_there_are(
    document, secretariat, languages, original, sentence
):
    with pytest.raises(ValidationError, match=sentence):
        start_text(document=document, languages=languages, original=original, by=secretariat)
    assert not Text.objects.exists()


def test_languages_are_added_and_kept_while_words_stand_in_them(text, first, secretariat):
    changed = change_languages(
        text=text, languages=["es", "en", "fr"], original="es", version=1, by=secretariat
    )

    assert changed.languages == ["es", "en", "fr"]
    with pytest.raises(EditConflict):
        change_languages(text=text, languages=["es"], original="es", version=1, by=secretariat)
    with pytest.raises(ValidationError, match="that you take away"):
        change_languages(text=text, languages=["es"], original="es", version=2, by=secretariat)


@pytest.mark.parametrize("name", sorted({*PERSONAS} - {"secretariat"}))
def test_nobody_else_writes(document, text, first, draft, people, name):
    by, passage = people[name], passage_at(draft, 1)
    english, facts = wording_of(passage, "en"), PassageFacts()
    steps = [
        lambda: start_text(document=document, languages=["es"], original="es", by=by),
        lambda: change_languages(text=text, languages=["es"], original="es", version=1, by=by),
        lambda: start_revision(text=text, by=by),
        lambda: label_revision(revision=draft, label={"en": "x"}, version=1, by=by),
        lambda: circulate_revision(revision=draft, version=1, by=by),
        lambda: finish_revision(revision=draft, version=1, by=by),
        lambda: renumber(revision=draft, version=1, by=by),
        lambda: change_wording(passage=passage, language="es", words="x", version=1, by=by),
        lambda: confirm_wording(wording=english, version=1, by=by),
        lambda: insert_passage(revision=draft, after=None, facts=facts, words={}, version=1, by=by),
        lambda: change_passage(passage=passage, facts=facts, version=1, by=by),
        lambda: move_passage(passage=passage, after=None, version=1, by=by),
        lambda: remove_passage(passage=passage, version=1, by=by),
        lambda: split_passage(passage=passage, tails={}, version=1, by=by),
        lambda: join_passages(passage=passage, version=1, by=by),
    ]
    for step in steps:
        with pytest.raises(PermissionDenied):
            step()


def test_text_of_no_process_is_nobodys(people):
    document = DocumentFactory(process=None, audience="public")

    assert not may(people["secretariat"], "texts.start", document)


def test_first_revision_is_empty_and_the_next_a_copy(text, first, draft, secretariat):
    assert (first.number, first.based_on, first.made_by) == (1, None, secretariat)
    assert (draft.number, draft.based_on, draft.state) == (2, first, "draft")
    assert words_of(draft) == words_of(first)
    assert words_of(draft, "en") == words_of(first, "en")
    old, new = (
        list(each.passages.order_by("order").values_list("paragraph", "kind", "level"))
        for each in (first, draft)
    )
    assert old == new
    with pytest.raises(ValidationError, match="is being written"):
        start_revision(text=text, by=secretariat)


def test_revision_goes_back_to_an_older_one(text, first, draft, secretariat):
    change_wording(
        passage=passage_at(draft, 1), language="es", words="Otra.", version=1, by=secretariat
    )
    circulate_revision(revision=draft, version=1, by=secretariat)

    third = start_revision(text=text, based_on=first, by=SYSTEM)

    assert (third.number, third.made_by, words_of(third)) == (3, None, words_of(first))


def test_revision_is_not_based_on_another_text(text, secretariat):
    with pytest.raises(ValidationError, match="of another text"):
        start_revision(text=text, based_on=CirculatedFactory(), by=secretariat)


def test_revision_is_named(draft, first, secretariat):
    assert (str(draft), str(first)) == ("Revision 2", "First draft")

    named = label_revision(
        revision=draft, label={"en": "Draft of 3 May"}, version=1, by=secretariat
    )

    assert (str(named), named.version) == ("Draft of 3 May", 2)


def test_draft_is_the_secretariats_until_it_is_circulated(text, first, draft, people, secretariat):
    assert seeing(people, draft) == seeing(people, passage_at(draft, 1)) == {"secretariat"}
    assert seeing(people, first) == seeing(people, text) == AUDIENCE | {"secretariat"}
    assert seeing(people, passage_at(first, 1)) == AUDIENCE | {"secretariat"}
    assert may(people["chair"], "texts.read", first)
    assert not may(people["chair"], "texts.read", draft)
    assert Revision.objects.visible_to(SYSTEM).count() == 2
    assert Text.objects.visible_to(SYSTEM).count() == 1

    out = circulate_revision(revision=draft, version=1, by=secretariat, now=OUT)

    assert (out.state, out.frozen_at, out.is_frozen) == ("circulated", OUT, True)
    assert seeing(people, draft) == AUDIENCE | {"secretariat"}
    assert next(event.action for event in history_of(out)) == "revision.circulated"
    with pytest.raises(ValidationError, match="is out already"):
        circulate_revision(revision=draft, version=2, by=secretariat)


def test_text_without_what_is_out_is_the_secretariats(text, people):
    assert seeing(people, text) == {"secretariat"}


def test_gate_narrows_and_never_opens(first, draft, people):
    out = people["observer"].person.pk
    draft_gates.add("none", lambda actor, _on: ~Q() if actor.pk is None else Q())
    draft_gates.add(
        "some",
        lambda actor, _on: (
            Q(pk__in=[]) if getattr(getattr(actor, "person", None), "pk", None) == out else Q()
        ),
    )

    assert seeing(people, first) == (AUDIENCE - {"observer"}) | {"secretariat"}
    assert seeing(people, draft) == {"secretariat"}


def test_what_is_out_never_changes(first, draft, secretariat):
    passage = passage_at(first, 1)
    english, facts, version = wording_of(passage, "en"), PassageFacts(), version_of(first)
    words = words_of(first)
    steps = [
        lambda: renumber(revision=first, version=version, by=secretariat),
        lambda: change_wording(
            passage=passage, language="es", words="x", version=1, by=secretariat
        ),
        lambda: confirm_wording(wording=english, version=1, by=secretariat),
        lambda: insert_passage(
            revision=first, after=None, facts=facts, words={}, version=version, by=secretariat
        ),
        lambda: change_passage(passage=passage, facts=facts, version=1, by=secretariat),
        lambda: move_passage(passage=passage, after=None, version=version, by=secretariat),
        lambda: remove_passage(passage=passage, version=version, by=secretariat),
        lambda: split_passage(passage=passage, tails={}, version=version, by=secretariat),
        lambda: join_passages(passage=passage, version=version, by=secretariat),
    ]
    for step in steps:
        with pytest.raises(ValidationError, match="words no longer change"):
            step()
    assert words_of(first) == words


def test_revision_is_not_let_out_unready(text, document, secretariat):
    empty = start_revision(text=text, by=secretariat)
    with pytest.raises(ValidationError, match="no paragraphs yet"):
        circulate_revision(revision=empty, version=1, by=secretariat)
    insert_passage(
        revision=empty,
        after=None,
        facts=PassageFacts(number="1"),
        words={"en": "Inform."},
        version=1,
        by=secretariat,
    )
    with pytest.raises(EditConflict):
        circulate_revision(revision=empty, version=1, by=secretariat)
    with pytest.raises(ValidationError, match="“1” has no words in the original"):
        circulate_revision(revision=empty, version=2, by=secretariat)
    Document.objects.filter(pk=document.pk).update(published_at=None)
    with pytest.raises(ValidationError, match="not published"):
        finish_revision(revision=Revision.objects.get(pk=empty.pk), version=2, by=secretariat)
    assert Passage.objects.get().anchor == f"p{Passage.objects.get().paragraph_id}"


def test_revision_is_final_from_draft_or_circulated(first, draft, secretariat):
    final = finish_revision(revision=first, version=version_of(first), by=secretariat)
    other = finish_revision(revision=draft, version=1, by=secretariat)

    assert (final.state, final.frozen_at) == ("final", OUT)
    assert (other.state, other.is_frozen) == ("final", True)
    with pytest.raises(ValidationError, match="final already"):
        finish_revision(revision=other, version=2, by=secretariat)
