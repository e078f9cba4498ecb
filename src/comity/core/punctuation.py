"""Marks that are written otherwise from one language to the next: quotation marks and others."""

from typing import Final

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

NO_BREAK: Final = "\u00a0"
QUOTES: Final = {"en": ("“", "”"), "es": ("«", "»"), "fr": (f"«{NO_BREAK}", f"{NO_BREAK}»")}
COLONS: Final = {"fr": f"{NO_BREAK}:"}
SEMICOLONS: Final = {"fr": "\u202f; "}


def quoted(words: object) -> SafeString:
    """Return ``words`` between the quotation marks of the reader's language."""
    before, after = QUOTES.get(_language(), QUOTES["en"])
    return format_html("{}{}{}", before, words, after)


def colon() -> str:
    """Return the colon as the reader's language sets it after a word, on the same line."""
    return COLONS.get(_language(), ":")


def semicolon() -> str:
    """Return what parts the things of a list whose names may hold commas."""
    return SEMICOLONS.get(_language(), "; ")


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
