"""A document gets a text, and a text its languages."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.services import lock_version, record_creation, save_change
from comity.documents.models import Document
from comity.texts.models import Text, Wording


@transaction.atomic
def start_text(*, document: Document, languages: Sequence[str], original: str, by: Actor) -> Text:
    """Let the words of ``document`` be kept here, in these languages.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of its process.
        ValidationError: it has a text, or a language is not known.
    """
    require(by, "texts.start", document)
    if Text.objects.filter(document=document).exists():
        raise ValidationError(_("This document has a text already."), code="equal")
    text = Text(document=document, languages=list(languages), original=original)
    text.full_clean()
    text.save()
    record_creation(text, action="text.started", by=by)
    return text


@transaction.atomic
def change_languages(
    *, text: Text, languages: Sequence[str], original: str, version: int, by: Actor
) -> Text:
    """Add or take away languages in which ``text`` is written, or let another be the original.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of its process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: words stand in a language that would go.
    """
    require(by, "texts.write", text)
    changes = {"languages": list(languages), "original": original}
    current = lock_version(text, version, yours=changes)
    gone = set(current.languages) - set(languages)
    if Wording.objects.filter(passage__revision__text=current, language__in=gone).exists():
        raise ValidationError(
            {"languages": _("The text has words in a language that you take away.")}, code="used"
        )
    save_change(current, changes, action="text.changed", by=by)
    return current
