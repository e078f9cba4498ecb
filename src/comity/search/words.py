"""Words as the index knows them: folded, parted, looked up and marked in a text."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import islice

from django.utils.safestring import SafeString, mark_safe

from comity.core.sorting import FOLDING, fold
from comity.search.little import ELISION, LITTLE

# Chinese is written without spaces: each sign is a word, and neighbours a phrase.
SIGNS = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
LETTER = rf"[^\W_{SIGNS}]"
WORD = re.compile(rf"[{SIGNS}]|{LETTER}+")
IS_SIGN = re.compile(rf"[{SIGNS}]")
SPACED = re.compile(r"\S+")
ASKED = re.compile(r"[\"“”«»]([^\"“”«»]*)[\"“”«»]|([^\s\"“”«»]+)")
LONGEST_WORD = 100
MOST_PHRASES = 12
# A shorter word says too little as a beginning.
LONG_ENOUGH = 4
WORDS_BEFORE, WORDS_SHOWN = 20, 40
Places = re.Pattern[str]


@dataclass(frozen=True)
class Phrase:
    """Words that stand side by side; the last is but a beginning where ``is_prefix``.

    ``asked`` is what the reader typed, in quotes or not.
    """

    words: tuple[str, ...]
    is_prefix: bool = False
    asked: str = ""
    is_quoted: bool = False


def words_of(text: str) -> list[str]:
    """Return the folded words of ``text``."""
    return [word[:LONGEST_WORD] for word in WORD.findall(fold(text))]


def folded(text: str) -> str:
    """Return ``text`` as both databases index it: folded words, with a space between."""
    return " ".join(words_of(text))


def phrases_of(asked: str) -> list[Phrase]:
    """Return what a reader asks for: words and “phrases in quotes”; the last may go on.

    A number alone is asked for whole: 38 is not the beginning of a code. Little words (“in”,
    “de la”) are asked for in quotes alone, or where nothing else is.
    In capitals they are codes: SUR is Suriname.
    """
    telling: list[Phrase] = []
    little: list[Phrase] = []
    is_shouted = asked.isupper() and sum(word.isalpha() for word in asked.split()) > 1
    for match in ASKED.finditer(asked):
        is_quoted = match[2] is None
        typed = match[1] if is_quoted else ELISION.sub("", match[2])
        if words := tuple(words_of(typed)):
            is_last = not is_quoted and match.end() == len(asked.rstrip())
            goes_on = is_last and len(words[-1]) > 1 and not "".join(words).isdecimal()
            phrase = Phrase(words, goes_on, typed.strip(), is_quoted)
            is_code = len(typed) > 1 and typed.isupper() and not is_shouted
            is_little = not (is_quoted or is_code) and LITTLE.issuperset(words)
            (little if is_little else telling).append(phrase)
    return list(dict.fromkeys(telling or little))[:MOST_PHRASES]


def going_on(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Return ``phrases``, those outside of quotes as beginnings: “meeting” finds “meetings”."""
    return [
        phrase
        if phrase.is_quoted or len(phrase.words[-1]) < LONG_ENOUGH
        else replace(phrase, is_prefix=True)
        for phrase in phrases
    ]


def lacking(phrases: Sequence[Phrase], folded_text: str) -> list[str]:
    """Return which of ``phrases``, as they were typed, a folded text does not hold."""
    return [phrase.asked for phrase in phrases if not places_of([phrase]).search(folded_text)]


def places_of(phrases: list[Phrase]) -> Places:
    """Return what finds ``phrases`` in a folded text, the longest first."""
    longest_first = sorted(phrases, key=lambda phrase: -len(phrase.words))
    return re.compile("|".join(_pattern(phrase) for phrase in longest_first))


def marked(text: str, places: Places) -> SafeString:
    """Return the whole of ``text`` as HTML with what was asked for marked."""
    pieces = []
    at = 0
    for begins, ends in _found_in(text, places):
        pieces.append(f"{escape(text[at:begins])}<mark>{escape(text[begins:ends])}</mark>")
        at = ends
    pieces.append(escape(text[at:]))
    return mark_safe("".join(pieces))  # noqa: S308 -- every piece is escaped above


def is_marked(text: str, places: Places) -> bool:
    """Tell whether anything in ``text`` was asked for."""
    return any(True for _place in _found_in(text, places))


def snippet(text: str, places: Places) -> SafeString:
    """Return the part of ``text`` around the first word asked for, as HTML, words marked."""
    found = next((begins for begins, _ends in _found_in(text, places)), 0)
    is_within = found > 0 and not text[found - 1].isspace()
    before = text[:found].rsplit(None, WORDS_BEFORE + is_within)
    skipped = before[0] if len(before) > WORDS_BEFORE + is_within else ""
    spans = list(islice(SPACED.finditer(text, len(skipped)), WORDS_SHOWN + 1))
    if not spans:
        return SafeString()
    shown = marked(text[spans[0].start() : spans[:WORDS_SHOWN][-1].end()], places)
    more_before, more_after = "… " if skipped else "", " …" if len(spans) > WORDS_SHOWN else ""
    return mark_safe(f"{more_before}{shown}{more_after}")  # noqa: S308 -- escaped in marked


def composed(text: str) -> str:
    """Return ``text`` with letters and their accents in one, so that words are found whole."""
    return unicodedata.normalize("NFC", text)


def _found_in(text: str, places: Places) -> Iterator[tuple[int, int]]:
    """Yield where in ``text`` each phrase stands, in order and without overlap."""
    folded_text = fold(text)
    origins: Sequence[int] = range(len(text))
    if not text.isascii() and any(len(FOLDING[ord(letter)]) != 1 for letter in set(text)):
        origins = [at for at, letter in enumerate(text) for _ in FOLDING[ord(letter)]]
    past = 0
    for match in places.finditer(folded_text):
        begins, ends = origins[match.start()], origins[match.end() - 1] + 1
        if begins >= past:
            past = ends
            yield begins, ends


def _pattern(phrase: Phrase) -> str:
    """Return the phrase as a pattern of folded text: whole words, but signs stand by themselves."""
    *whole, last = phrase.words
    pattern = "" if IS_SIGN.match(phrase.words[0]) else f"(?<!{LETTER})"
    for word in whole:
        pattern += _word_pattern(word) + r"[\W_]*"
    return pattern + _word_pattern(last, is_prefix=phrase.is_prefix)


def _word_pattern(word: str, *, is_prefix: bool = False) -> str:
    if IS_SIGN.match(word):
        return word
    goes_on = is_prefix or len(word) == LONGEST_WORD
    return re.escape(word) + (f"{LETTER}*" if goes_on else f"(?!{LETTER})")
