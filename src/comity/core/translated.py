"""Short texts in several languages, kept in one JSON column.

For names, titles and labels. Long texts that are drafted, reviewed and published
language by language (documents, pages) have one row per language instead.
"""

from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def validate_translated(value: object) -> None:
    """Accept a non-empty mapping from known language codes to non-blank texts."""
    if not isinstance(value, Mapping) or not value:
        raise ValidationError(_("Give the text in at least one language."), code="empty")
    if unknown := set(value) - set(settings.CONTENT_LANGUAGES):
        raise ValidationError(
            _("Unknown language: %(codes)s."),
            code="language",
            params={"codes": ", ".join(sorted(unknown))},
        )
    if not all(isinstance(text, str) and text.strip() for text in value.values()):
        raise ValidationError(_("Leave out a language rather than keep it blank."), code="blank")


def text_in(value: Mapping[str, str], language: str | None = None) -> str:
    """Return the text in ``language``, else in the default language, else in any."""
    for code in (language or get_language() or "", settings.LANGUAGE_CODE):
        if code in value:
            return value[code]
    return next(iter(value.values()), "")


class TranslatedField(models.JSONField):
    """A mapping from language code to text, as in ``{"en": "Return", "es": "Retorno"}``."""

    default_validators = [validate_translated]
