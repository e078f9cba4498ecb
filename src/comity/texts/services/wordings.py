"""Words are changed in one language, and the others are told that they are behind."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.audit.services import EditConflict, lock_version, record_creation, save_change
from comity.texts.models import Passage, Standing, Text, Wording
from comity.texts.services.steps import lock_draft


@transaction.atomic
def change_wording(
    *,
    passage: Passage,
    language: str,
    words: str,
    version: int,
    by: Actor,
    standing: Standing = Standing.UNOFFICIAL,
) -> Wording:
    """Write the words of ``passage`` in ``language``; ``version`` is 0 where there were none.

    New words of the original mark the other languages behind. New words of another language
    are taken as made from the original as it now stands. ``standing`` is that of a
    translation; words that do not differ change nothing.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody changed these words, or the original under them, since.
        ValidationError: the revision is out, or the language is not one of the text.
    """
    revision = lock_draft(passage.revision, by)
    text = revision.text
    is_original = language == text.original
    if language not in text.languages:
        raise ValidationError(_("The text is not written in this language."), code="language")
    worth = Standing.ORIGINAL if is_original else standing
    if worth == Standing.ORIGINAL and not is_original:
        raise ValidationError(_("Only the original language is the original."), code="standing")
    current = passage.wordings.filter(language=language).first()
    if current is None or version == 0:
        if current is not None or version:
            raise EditConflict(current or passage, [])
        written = write_wording(passage, language, words, worth, by)
        if is_original:
            mark_behind(passage, text, by)
        return written
    changes = {"words": words, "standing": worth, "is_behind": False}
    current = lock_version(current, version, yours=changes)
    if (current.words, current.standing) == (words, worth):
        return current
    had = current.words
    save_change(current, changes, action="wording.changed", by=by)
    if is_original and had != words:
        mark_behind(passage, text, by)
    return current


@transaction.atomic
def confirm_wording(*, wording: Wording, version: int, by: Actor) -> Wording:
    """Say that the words of a translation still say what the original now says.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody changed them, or the original under them, since.
        ValidationError: the revision is out, or they are not behind.
    """
    lock_draft(wording.passage.revision, by)
    current = lock_version(wording, version)
    if not current.is_behind:
        raise ValidationError(_("These words are not behind."), code="state")
    save_change(current, {"is_behind": False}, action="wording.confirmed", by=by)
    return current


def mark_behind(passage: Passage, text: Text, by: Actor) -> None:
    """Mark the other languages of ``passage`` as behind its original.

    Their versions count up: who translates from the former original is told when saving.
    """
    for other in passage.wordings.exclude(language=text.original):
        save_change(other, {"is_behind": True}, action="wording.fell_behind", by=by)


def write_wording(
    passage: Passage, language: str, words: str, standing: Standing, by: Actor
) -> Wording:
    """Keep the first words of ``passage`` in ``language``."""
    wording = Wording(passage=passage, language=language, words=words, standing=standing)
    wording.full_clean()
    wording.save()
    record_creation(wording, action="wording.written", by=by)
    return wording
