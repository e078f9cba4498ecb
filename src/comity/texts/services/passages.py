"""Paragraphs are inserted, moved, removed, and said to be of a kind."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.audit.services import lock_version, record, record_creation, save_change
from comity.texts.models import Kind, Paragraph, Passage, Revision, Standing, Wording
from comity.texts.services.steps import (
    ASIDE,
    count_up,
    lock_draft,
    lock_draft_version,
    ordered,
    place,
    spot_after,
)


@dataclass(frozen=True)
class PassageFacts:
    """What a paragraph is, besides its words."""

    kind: Kind = Kind.OPERATIVE
    level: int = 0
    number: str = ""


@transaction.atomic
def insert_passage(
    *,
    revision: Revision,
    after: Passage | None,
    facts: PassageFacts,
    words: Mapping[str, str],
    version: int,
    by: Actor,
) -> Passage:
    """Insert a new paragraph behind ``after``, or at the beginning, with its words.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: the order of the paragraphs was changed after ``version``.
        ValidationError: the revision is out, or a value is wrong.
    """
    current = lock_draft_version(revision, version, by)
    passages = ordered(current)
    spot = spot_after(passages, after)
    paragraph = Paragraph.objects.create(text=current.text)
    passage = add_passage(current, paragraph, facts, words)
    passages.insert(spot, passage)
    place(current, passages)
    count_up(current)
    record_creation(passage, action="passage.inserted", by=by)
    return passage


@transaction.atomic
def change_passage(*, passage: Passage, facts: PassageFacts, version: int, by: Actor) -> Passage:
    """Change what a paragraph is: its kind, its level, the number printed before it.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: the revision is out, or a value is wrong.
    """
    lock_draft(passage.revision, by)
    changes = vars(facts)
    current = lock_version(passage, version, yours=changes)
    save_change(current, changes, action="passage.changed", by=by)
    return current


@transaction.atomic
def move_passage(*, passage: Passage, after: Passage | None, version: int, by: Actor) -> Passage:
    """Let a paragraph stand behind ``after``, or at the beginning; ``version`` is the revision's.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: the order of the paragraphs was changed after ``version``.
        ValidationError: the revision is out, or ``after`` is not in it.
    """
    current = lock_draft_version(passage.revision, version, by)
    passages = ordered(current)
    moved = passages.pop(spot_after(passages, passage) - 1)
    was = moved.order
    passages.insert(spot_after(passages, after), moved)
    place(current, passages)
    count_up(current)
    record(by, "passage.moved", moved, before={"order": was}, after={"order": moved.order})
    return moved


@transaction.atomic
def remove_passage(*, passage: Passage, version: int, by: Actor) -> None:
    """Take a paragraph out of a draft; it stays in the revisions before. ``version`` as above.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: the order of the paragraphs was changed after ``version``.
        ValidationError: the revision is out, or something rests on the paragraph.
    """
    current = lock_draft_version(passage.revision, version, by)
    passages = ordered(current)
    gone = passages.pop(spot_after(passages, passage) - 1)
    take_out(gone, "passage.removed", by)
    place(current, passages)
    count_up(current)


def add_passage(
    revision: Revision, paragraph: Paragraph, facts: PassageFacts, words: Mapping[str, str]
) -> Passage:
    """Keep a passage aside, with its words; ``place`` gives it its place."""
    text = revision.text
    if unknown := [code for code in words if code not in text.languages]:
        raise ValidationError(
            _("Unknown language: %(codes)s.") % {"codes": ", ".join(unknown)}, code="language"
        )
    # What ``place`` takes aside stands beyond it.
    passage = Passage(revision=revision, paragraph=paragraph, order=3 * ASIDE, **vars(facts))
    passage.full_clean()
    passage.save()
    for language, said in words.items():
        standing = Standing.ORIGINAL if language == text.original else Standing.UNOFFICIAL
        wording = Wording(passage=passage, language=language, words=said, standing=standing)
        wording.full_clean()
        wording.save()
    return passage


def take_out(passage: Passage, action: str, by: Actor) -> None:
    """Remove a passage of a draft with its words; the log keeps what they were."""
    sentence = _("Something rests on this paragraph. Change its words instead.")
    refuse_used_elsewhere(passage, sentence)
    words = {each.language: each.words for each in passage.wordings.all()}
    before = {"number": passage.number, "kind": passage.kind, "words": words}
    record(by, action, passage, before=before)
    passage.delete()


def refuse_used_elsewhere(passage: Passage, sentence: str) -> None:
    """Refuse where an app above points at ``passage``; its own words do not count."""
    for relation in passage._meta.related_objects:
        if relation.related_model is Wording:
            continue
        rows = relation.related_model._base_manager
        if rows.filter(**{relation.field.name: passage.pk}).exists():
            raise ValidationError(sentence, code="used")
