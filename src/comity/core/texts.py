"""What a text may be made of: characters that can be seen, and in a name one line of them.

Two names that look the same must be the same, and no name may turn the words around it. So
controls, marks that change the direction of writing and characters without shape are refused.
Letters of every script are welcome, with the joiners that some of them are spelt with.
"""

import unicodedata
from collections.abc import Collection, Mapping
from typing import Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from comity.core.translated import TranslatedField

LINE_ENDS: Final = "\r\n"
IN_LINES: Final = LINE_ENDS + "\t"
JOINERS: Final = "\u200c\u200d"
# Scripts in which a joiner makes another word, by the first word of their letters' names.
JOINED: Final = frozenset(
    [
        "ARABIC",
        "BENGALI",
        "DEVANAGARI",
        "GUJARATI",
        "GURMUKHI",
        "KANNADA",
        "KHMER",
        "MALAYALAM",
        "MONGOLIAN",
        "MYANMAR",
        "NKO",
        "ORIYA",
        "SINHALA",
        "SYRIAC",
        "TAMIL",
        "TELUGU",
        "TIBETAN",
    ]
)
# Right-to-left texts of several lines need them beside numbers; alone they turn nothing around.
DIRECTION_MARKS: Final = "\u200e\u200f\u061c"
# Formats by their category, but they have a shape: signs of Arabic, Syriac and Kaithi numbers.
SHAPED: Final = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
# Letters and signs by their category, but nothing is seen of them.
SHAPELESS: Final = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


def validate_one_line(text: str) -> None:
    """Refuse a name or a title of several lines, or with a character that cannot be seen."""
    if any(end in text for end in LINE_ENDS):
        raise ValidationError(_("Write this on one line."), code="lines")
    _refuse_unseen(text, allowed="")


def validate_lines(text: str) -> None:
    """Refuse a text with a character that cannot be seen, or that turns the writing around."""
    _refuse_unseen(text, allowed=IN_LINES + DIRECTION_MARKS)


class Worded(models.Model):
    """A row whose texts are checked wherever they come from: a form, a file, the API.

    A ``CharField`` and a translated text that must be there are names: one line. All others may
    have several.
    """

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Check each field, and what its text is made of."""
        errors: dict[str, list[ValidationError]] = {}
        try:
            super().clean_fields(exclude)
        except ValidationError as error:
            error.update_error_dict(errors)
        for field in self._meta.fields:
            if field.name in {*(exclude or ()), *errors}:
                continue
            is_name = isinstance(field, models.CharField) or (
                isinstance(field, TranslatedField) and not field.blank
            )
            check = validate_one_line if is_name else validate_lines
            try:
                for text in _texts(getattr(self, field.attname)):
                    check(text)
            except ValidationError as error:
                errors[field.name] = error.error_list
        if errors:
            raise ValidationError(errors)


def _texts(value: object) -> list[str]:
    if isinstance(value, Mapping):
        return [text for text in value.values() if isinstance(text, str)]
    return [value] if isinstance(value, str) else []


def _refuse_unseen(text: str, *, allowed: str) -> None:
    for place, character in enumerate(text):
        if character in allowed or character in SHAPED:
            continue
        if character in JOINERS and place and _script(text[place - 1]) in JOINED:
            continue
        if character in SHAPELESS or unicodedata.category(character) in UNSEEN:
            raise ValidationError(
                _("This holds a character that cannot be seen: %(code)s. Type the text anew."),
                code="unseen",
                params={"code": f"U+{ord(character):04X}"},
            )


def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]
