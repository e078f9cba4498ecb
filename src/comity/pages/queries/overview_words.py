"""What the overview is made of: words with the numbers of the notes behind them."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from comity.core.punctuation import semicolon
from comity.pages.loading import DATA
from comity.sources.vocabulary import KINDS, SOURCE_LANGUAGE, reads_source

# Between things whose names may hold commas.
QUOTED: Final = re.compile(r'"([^"]*)"')


@dataclass(frozen=True)
class Piece:
    """Words, and the number of the note behind them, if any.

    ``language`` is that of the words where it is not the document's. ``follows_note`` tells a
    piece that is nothing but a note, right behind another one.
    """

    words: str
    note: int = 0
    language: str = ""
    is_strong: bool = False
    follows_note: bool = False


# A line of a cell, and all the lines of one.
Line = list[Piece]
Cell = list[Line]


@dataclass(frozen=True)
class Note:
    """A note under the table: its number, and where the fact stands or what is to be said."""

    number: int
    words: str


@dataclass
class Notes:
    """Numbers the notes in the order in which they are first referred to."""

    kept: list[Note] = field(default_factory=list)
    _of_row: dict[str, int] = field(default_factory=dict)

    def begin_row(self) -> None:
        """Number anew what an earlier row said too: a reader looks at one row at a time."""
        self._of_row.clear()

    def add(self, words: str) -> int:
        """Return the number of the note with those words; 0 for no words."""
        if not words:
            return 0
        if words not in self._of_row:
            self._of_row[words] = len(self.kept) + 1
            self.kept.append(Note(self._of_row[words], words))
        return self._of_row[words]


def with_notes(piece: Piece, numbers: Iterable[int]) -> Iterator[Piece]:
    """Go through ``piece`` and the notes behind it."""
    found = [number for number in numbers if number]
    if not found:
        yield piece
        return
    yield Piece(piece.words, next(iter(found), 0), piece.language, piece.is_strong)
    for number in found[1:]:
        yield Piece("", number, follows_note=True)


def label(words: str) -> Piece:
    """Return the words that say what follows them on their line."""
    return Piece(_("%(label)s:") % {"label": capital(words)} + " ", is_strong=True)


def listed(pieces: Iterable[list[Piece]]) -> Line:
    """Return groups of pieces as one line; names hold commas, so semicolons part them."""
    line: Line = []
    between = Piece(semicolon())
    for group in pieces:
        if line:
            line.append(between)
        line += group
    return merged(line)


def merged(line: Line) -> Line:
    """Return ``line`` with neighbours put together that no note parts."""
    found: Line = []
    for piece in line:
        last = found[-1] if found else None
        if last and not last.note and piece.words and _alike(last, piece):
            found[-1] = Piece(last.words + piece.words, piece.note, last.language, last.is_strong)
        else:
            found.append(piece)
    return found


def _alike(one: Piece, other: Piece) -> bool:
    return (one.language, one.is_strong) == (other.language, other.is_strong)


def capital(words: str) -> str:
    """Return ``words`` as the start of a line."""
    return words[:1].upper() + words[1:]


def sentence(words: str) -> str:
    """Return ``words`` as a sentence."""
    return capital(words) if words.endswith((".", "!", "?", "…")) else f"{capital(words)}."


def summed_up(day: str, processes: int, parties: int, participations: int) -> str:
    """Return how much there is on that day, each number with its own form of the word."""
    return _("On %(day)s: %(processes)s, %(parties)s, %(participations)s.") % {
        "day": day,
        "processes": ngettext("%(count)s process", "%(count)s processes", processes)
        % {"count": processes},
        "parties": ngettext("%(count)s party", "%(count)s parties", parties) % {"count": parties},
        "participations": ngettext(
            "%(count)s participation", "%(count)s participations", participations
        )
        % {"count": participations},
    }


def told(text: str) -> str:
    """Return a remark of a source in the document's language, else quoted as English."""
    if not text:
        return ""
    if text in KINDS:
        return str(KINDS[text])
    if reads_source():
        return QUOTED.sub(r"“\1”", text)
    return _("The source says, in English: “%(words)s”.") % {"words": QUOTED.sub(r"‘\1’", text)}


def area_in(words: str, language: str) -> Piece:
    """Return an area of interest in the document's language, where we have translated it."""
    chosen = get_language() or SOURCE_LANGUAGE
    if language == chosen:
        return Piece(words)
    found = _translations().get(_key(words), {}).get(chosen) if language == "en" else None
    return Piece(found) if found else Piece(words, language=language)


def is_translated(words: str, language: str) -> bool:
    """Whether the words shown for an area are our translation."""
    return language != get_language() and not area_in(words, language).language


@lru_cache(maxsize=1)
def _translations() -> dict[str, dict[str, str]]:
    with (DATA / "themes" / "areas.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["words"]: {"es": row["es"], "fr": row["fr"]} for row in rows}


def _key(words: str) -> str:
    """Return words as the table of translations has them: small at the start, but for acronyms."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
