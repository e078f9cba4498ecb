"""Keys that put names in the order in which readers of a language look for them."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import models

# Letters that no decomposition takes apart.
FOLDED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
)
# Letters that a language keeps apart from the one they look like, each after all that begins
# with it.
LAST = "\uffff"
OWN_LETTERS = {
    "es": {"ñ": f"n{LAST}"},
    "sv": {"å": f"z{LAST}1", "ä": f"z{LAST}2", "ö": f"z{LAST}3"},
}
PASSED_OVER = {"’", "'", "‘", "“", "”", "(", ")", ",", "."}


class _Folding(dict[int, str]):
    """How each letter is folded, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code).casefold().translate(FOLDED))
        self[code] = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
        return self[code]


FOLDING = _Folding()


def fold(text: str) -> str:
    """Return ``text`` in lower case and without diacritics: what search compares.

    Each letter is folded by itself, so that a place in what comes out is a place in ``text``.
    """
    return text.lower() if text.isascii() else text.translate(FOLDING)


@lru_cache(maxsize=4096)  # the same names stand in list after list
def sort_key(text: str, language: str = "en") -> str:
    """Return the key by which ``text`` stands in a list in ``language``.

    Case, diacritics and marks do not count, except where the language has a letter of its own.
    """
    letters = OWN_LETTERS.get(language, {})
    composed = unicodedata.normalize("NFC", text.casefold())
    kept = (letters.get(letter) or fold(letter) for letter in composed if letter not in PASSED_OVER)
    return "".join(kept).strip()


class SortKeyField(models.CharField):  # type: ignore[type-arg]  # none at run time
    """The key by which the text in ``of`` stands in lists, in the language that ``language`` names.

    It is set when a row is saved. ``QuerySet.update`` passes it by: services save rows.
    """

    def __init__(self, *, of: str, language: str, max_length: int = 255) -> None:
        super().__init__(max_length=max_length, blank=True, default="", editable=False)
        self.of, self.language = of, language

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Return how migrations write the field."""
        name, path, _args, _kwargs = super().deconstruct()
        written = {"of": self.of, "language": self.language, "max_length": self.max_length}
        return name, path, [], written

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001 -- Django's
        """Return the key to store, of the text as it now stands."""
        text, language = getattr(model_instance, self.of), getattr(model_instance, self.language)
        key = sort_key(text, language)[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key
