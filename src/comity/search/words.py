"""Words as the index knows them: folded, parted, looked up and marked in a text."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from comity.core.sorting import fold

# Chinese is written without spaces: each sign is a word, and neighbours a phrase.
SIGNS = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
WORD = re.compile(rf"[{SIGNS}]|[^\W_{SIGNS}]+")
ASKED = re.compile(r"[\"“”«»]([^\"“”«»]*)[\"“”«»]|([^\s\"“”«»]+)")
LONGEST_WORD = 100
MOST_PHRASES = 12
WORDS_BEFORE, WORDS_SHOWN = 8, 36


@dataclass(frozen=True)
class Phrase:
    """Words that stand side by side; the last is but a beginning where ``is_prefix``."""

    words: tuple[str, ...]
    is_prefix: bool = False

    def begins(self, words: list[str]) -> bool:
        """Tell whether ``words`` begin with this phrase."""
        *whole, last = self.words
        if len(words) < len(self.words) or words[: len(whole)] != whole:
            return False
        found = words[len(whole)]
        return found.startswith(last) if self.is_prefix else found == last


def words_of(text: str) -> list[str]:
    """Return the folded words of ``text``."""
    return [word[:LONGEST_WORD] for word in WORD.findall(fold(text))]


def folded(text: str) -> str:
    """Return ``text`` as both databases index it: folded words, with a space between."""
    return " ".join(words_of(text))


def phrases_of(asked: str) -> list[Phrase]:
    """Return what a reader asks for: words and “phrases in quotes”; the last may go on."""
    phrases: list[Phrase] = []
    for match in ASKED.finditer(asked):
        if words := tuple(words_of(match[0])):
            open_ended = match[2] is not None and match.end() == len(asked.rstrip())
            phrases.append(Phrase(words, open_ended and len(words[-1]) > 1))
    return phrases[:MOST_PHRASES]


def marked(text: str, phrases: list[Phrase]) -> SafeString:
    """Return the whole of ``text`` as HTML with what was asked for marked."""
    return _mark(text, phrases, 0, len(text))


def snippet(text: str, phrases: list[Phrase]) -> SafeString:
    """Return the part of ``text`` around the first word asked for, as HTML, words marked."""
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    found = next((start for start, _end in _places(text, phrases)), 0)
    at = sum(end <= found for _start, end in spans)
    shown = spans[max(0, at - WORDS_BEFORE) :][:WORDS_SHOWN]
    if not shown:
        return SafeString()
    start, end = shown[0][0], shown[-1][1]
    before = "… " if start > spans[0][0] else ""
    after = " …" if end < spans[-1][1] else ""
    return format_html("{}{}{}", before, _mark(text, phrases, start, end), after)


def composed(text: str) -> str:
    """Return ``text`` with letters and their accents in one, so that words are found whole."""
    return unicodedata.normalize("NFC", text)


def _places(text: str, phrases: list[Phrase]) -> Iterator[tuple[int, int]]:
    """Yield where in ``text`` each phrase stands, in order and without overlap."""
    pieces = [(*match.span(), word) for match in WORD.finditer(text) for word in words_of(match[0])]
    past = -1
    longest = max((len(phrase.words) for phrase in phrases), default=0)
    for index, (start, _end, _word) in enumerate(pieces):
        ahead = [word for _start, _end, word in pieces[index : index + longest]]
        lengths = [len(phrase.words) for phrase in phrases if phrase.begins(ahead)]
        if lengths and start >= past:
            past = pieces[index + max(lengths) - 1][1]
            yield start, past


def _mark(text: str, phrases: list[Phrase], start: int, end: int) -> SafeString:
    pieces: list[SafeString] = []
    at = start
    for begins, ends in _places(text, phrases):
        if start <= begins and ends <= end:
            pieces.append(format_html("{}<mark>{}</mark>", text[at:begins], text[begins:ends]))
            at = ends
    pieces.append(format_html("{}", text[at:end]))
    return mark_safe("".join(pieces))  # noqa: S308 -- every piece is escaped above
