"""One paragraph becomes two, or two become one."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.audit.services import record, save_change
from comity.texts.models import Paragraph, Passage, Standing
from comity.texts.services.passages import PassageFacts, add_passage, take_out
from comity.texts.services.steps import (
    count_up,
    lock_draft_version,
    ordered,
    place,
    spot_after,
)
from comity.texts.services.wordings import mark_behind, write_wording


@transaction.atomic
def split_passage(
    *, passage: Passage, tails: Mapping[str, str], version: int, by: Actor, number: str = ""
) -> Passage:
    """Split ``passage``: its ``tails``, by language, become a paragraph of their own.

    The new one says which it continues. A language without a tail stays whole and is behind.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: the order of the paragraphs was changed after ``version``.
        ValidationError: the revision is out, or the words do not end so.
    """
    current = lock_draft_version(passage.revision, version, by)
    text, passages = current.text, ordered(current)
    spot = spot_after(passages, passage)
    first = passages[spot - 1]
    heads = _heads(first, tails)
    if text.original not in tails:
        raise ValidationError(_("Say where the original is split."), code="original")
    paragraph = Paragraph.objects.create(text=text, continues_id=first.paragraph_id)
    facts = PassageFacts(kind=first.kind, level=first.level, number=number)  # type: ignore[arg-type]  # -- a choice is kept as its value
    ends = {language: tail.strip() for language, tail in tails.items()}
    second = add_passage(current, paragraph, facts, ends)
    for wording in first.wordings.all():
        if wording.language in heads:
            changes = {"words": heads[wording.language]}
            save_change(wording, changes, action="wording.changed", by=by)
        else:
            save_change(wording, {"is_behind": True}, action="wording.fell_behind", by=by)
    passages.insert(spot, second)
    place(current, passages)
    count_up(current)
    record(by, "passage.split", second, after={"continues": first.pk, "words": dict(tails)})
    return second


@transaction.atomic
def join_passages(*, passage: Passage, version: int, by: Actor) -> Passage:
    """Let ``passage`` take in the words of the one behind it, which goes.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: the order of the paragraphs was changed after ``version``.
        ValidationError: the revision is out, nothing follows, or something rests on what follows.
    """
    current = lock_draft_version(passage.revision, version, by)
    passages = ordered(current)
    spot = spot_after(passages, passage)
    if spot == len(passages):
        raise ValidationError(_("No paragraph follows this one."), code="last")
    kept, gone = passages[spot - 1], passages.pop(spot)
    added = {each.language: each.words for each in gone.wordings.all()}
    had = {each.language: each for each in kept.wordings.all()}
    for language, words in added.items():
        if language in had:
            changes = {"words": f"{had[language].words} {words}"}
            save_change(had[language], changes, action="wording.changed", by=by)
        else:
            write_wording(kept, language, words, Standing.UNOFFICIAL, by)
    take_out(gone, "passage.joined", by)
    Paragraph.objects.filter(pk=gone.paragraph_id).update(joined_to=kept.paragraph_id)
    place(current, passages)
    count_up(current)
    if had.keys() != added.keys():
        mark_behind(kept, current.text, by)
    return kept


def _heads(passage: Passage, tails: Mapping[str, str]) -> dict[str, str]:
    """Return what is left of each language before its tail."""
    heads = {}
    words = {each.language: each.words for each in passage.wordings.all()}
    for language, tail in tails.items():
        whole, end = words.get(language, "").rstrip(), tail.strip()
        head = whole.removesuffix(end).rstrip()
        if not end or not head or head == whole:
            raise ValidationError(
                _("The words of this paragraph do not end so, or nothing would be left of it."),
                code="tail",
            )
        heads[language] = head
    return heads
