"""A draft takes what a file brings, and keeps each paragraph itself."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.audit.models import Event
from comity.audit.queries import history_of
from comity.audit.services import EditConflict
from comity.texts.models import Paragraph, Wording
from comity.texts.services import Incoming, PassageFacts, Taken, remove_passage, take_passages
from tests.factories.texts import ParagraphFactory
from tests.texts.conftest import passage_at, version_of, wording_of, words_of


def as_it_stands(revision):
    """Return what a file says that was taken out and comes back unchanged."""
    return [
        Incoming(
            facts=PassageFacts(each.kind, each.level, each.number),
            words={w.language: w.words for w in each.wordings.all()},
            paragraph=each.paragraph_id,
        )
        for each in revision.passages.order_by("order")
    ]


def take(revision, incoming, by, version=1):
    return take_passages(
        revision=revision, incoming=incoming, version=version, by=by, source="draft.docx"
    )[1]


def test_what_comes_back_unchanged_changes_nothing(draft, secretariat):
    events, before = Event.objects.count(), words_of(draft)

    taken = take(draft, as_it_stands(draft), secretariat)

    assert taken == Taken()
    assert (version_of(draft), words_of(draft), Event.objects.count()) == (1, before, events)


def test_empty_draft_takes_all(draft, secretariat):
    rows = as_it_stands(draft)
    for passage in list(draft.passages.all()):
        remove_passage(passage=passage, version=version_of(draft), by=secretariat)
    fresh = [Incoming(each.facts, each.words) for each in rows]

    taken = take(draft, fresh, secretariat, version_of(draft))

    assert taken == Taken(inserted=3)
    assert [each for _n, each in words_of(draft, "en")] == [
        "Declaration",
        "Inform without delay.",
        "Share figures. Protect them.",
    ]
    assert [w.standing for w in passage_at(draft, 1).wordings.order_by("language")] == [
        "unofficial",
        "original",
    ]
    event = history_of(draft)[0]
    assert (event.action, event.after["file"], event.after["inserted"]) == (
        "revision.imported",
        "draft.docx",
        3,
    )


def test_all_that_differs_is_taken(draft, first, secretariat):
    title, one, _two = as_it_stands(draft)
    changed = Incoming(one.facts, {"es": "Informar en 72 horas."}, one.paragraph)
    new = Incoming(PassageFacts(number="3"), {"es": "Nuevo."}, continues=one.paragraph)
    heading = Incoming(PassageFacts("heading"), {}, title.paragraph)

    taken = take(draft, [changed, new, heading], secretariat)

    assert taken == Taken(inserted=1, changed=2, removed=1, is_reordered=True)
    assert words_of(draft) == [
        ("1", "Informar en 72 horas."),
        ("3", "Nuevo."),
        ("", "Declaración"),
    ]
    assert wording_of(passage_at(draft, 0), "en").is_behind
    assert passage_at(draft, 1).paragraph.continues_id == one.paragraph
    assert passage_at(draft, 2).kind == "heading"
    assert len(words_of(first)) == 3
    assert version_of(draft) == 2


def test_both_languages_come_and_none_is_behind(draft, secretariat):
    rows = as_it_stands(draft)
    words = {"es": "Informar en 72 horas.", "en": "Inform within 72 hours."}
    rows[1] = Incoming(rows[1].facts, words, rows[1].paragraph)

    assert take(draft, rows, secretariat) == Taken(changed=1)
    assert not Wording.objects.filter(is_behind=True).exists()


def test_language_that_was_not_there_is_written(draft, secretariat):
    Wording.objects.filter(passage__revision=draft, language="en").delete()
    rows = as_it_stands(draft)
    rows[1] = Incoming(rows[1].facts, {"en": "Inform."}, rows[1].paragraph)

    assert take(draft, rows, secretariat) == Taken(changed=1)
    assert wording_of(passage_at(draft, 1), "en").standing == "unofficial"


def test_paragraph_that_was_removed_comes_back_as_itself(draft, secretariat):
    rows = as_it_stands(draft)
    remove_passage(passage=passage_at(draft, 1), version=1, by=secretariat)

    taken = take(draft, rows, secretariat, 2)

    assert taken == Taken(inserted=1)
    assert as_it_stands(draft) == rows


def test_paragraph_that_is_copied_or_of_another_text_is_new(draft, secretariat):
    foreign = ParagraphFactory()
    rows = as_it_stands(draft)
    more = [rows[1], Incoming(PassageFacts(), {"es": "Otra."}, foreign.pk)]

    taken = take(draft, [*rows, *more], secretariat)

    assert taken == Taken(inserted=2)
    assert [words for _n, words in words_of(draft)][3:] == ["Informar sin demora.", "Otra."]
    assert Paragraph.objects.get(pk=foreign.pk).text_id != draft.text_id
    assert foreign.pk not in draft.passages.values_list("paragraph", flat=True)


def test_file_is_refused_whole(draft, first, people, secretariat):
    rows, before = as_it_stands(draft), words_of(draft)
    with pytest.raises(PermissionDenied):
        take(draft, [], people["chair"])
    with pytest.raises(EditConflict):
        take(draft, [], secretariat, 2)
    with pytest.raises(ValidationError, match="words no longer change"):
        take(first, [], secretariat, 2)
    with pytest.raises(ValidationError, match="Unknown language: fr, pt"):
        take(draft, [Incoming(PassageFacts(), {"pt": "x", "fr": "y"})], secretariat)
    with pytest.raises(ValidationError):
        take(draft, [*rows, Incoming(PassageFacts(), {"es": "a\u202eb"})], secretariat)
    assert words_of(draft) == before
