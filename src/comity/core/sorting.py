"""Keys that put names in the order in which readers of a language look for them."""

import unicodedata

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


def fold(text: str) -> str:
    """Return ``text`` in lower case and without diacritics: what search compares."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(FOLDED))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def sort_key(text: str, language: str = "en") -> str:
    """Return the key by which ``text`` stands in a list in ``language``.

    Case, diacritics and marks do not count, except where the language has a letter of its own.
    """
    letters = OWN_LETTERS.get(language, {})
    composed = unicodedata.normalize("NFC", text.casefold())
    kept = (letters.get(letter) or fold(letter) for letter in composed if letter not in PASSED_OVER)
    return "".join(kept).strip()
