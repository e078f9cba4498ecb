"""What differs between two wordings, word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

# A word, one sign, or what stands between.
TOKEN: Final = re.compile(r"\w+|\s+|[^\w\s]")


class Mark(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    """Words that were kept, taken out or put in together."""

    mark: Mark
    words: str


def tokens(words: str) -> list[str]:
    """Return the words, signs and gaps of which ``words`` are made."""
    return TOKEN.findall(words)


def differing(old: str, new: str) -> tuple[Piece, ...]:
    """Return the pieces of ``old`` and ``new`` in the order in which one reads them.

    What is the same but for a gap between two changes is shown as changed: whoever reads wants
    to see phrases, not single signs.
    """
    if old == new:
        return (Piece(Mark.SAME, new),) if new else ()
    before, after = tokens(old), tokens(new)
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    pieces = [Piece(Mark.SAME, "".join(after[:start]))]
    gone, put = "", ""
    middle = (before[start : len(before) - end], after[start : len(after) - end])
    for name, one, two, three, four in SequenceMatcher(None, *middle, autojunk=False).get_opcodes():
        left, right = "".join(middle[0][one:two]), "".join(middle[1][three:four])
        if name == "equal" and (left.strip() or not (gone or put)):
            pieces += [Piece(Mark.GONE, gone), Piece(Mark.NEW, put), Piece(Mark.SAME, left)]
            gone, put = "", ""
        else:
            gone, put = gone + left, put + right
    pieces += [Piece(Mark.GONE, gone), Piece(Mark.NEW, put)]
    pieces.append(Piece(Mark.SAME, "".join(after[len(after) - end :])))
    return _tidy(pieces)


def cut(pieces: Sequence[Piece], length: int) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Part ``pieces`` where ``length`` signs of the new words are reached."""
    first: list[Piece] = []
    rest = list(pieces)
    while rest and length > 0:
        piece = rest.pop(0)
        if piece.mark == Mark.GONE or len(piece.words) <= length:
            first.append(piece)
            length -= 0 if piece.mark == Mark.GONE else len(piece.words)
        else:
            first.append(Piece(piece.mark, piece.words[:length]))
            rest.insert(0, Piece(piece.mark, piece.words[length:]))
            length = 0
    return tuple(first), tuple(rest)


def likeness(old: str, new: str) -> float:
    """Return which share of their different words two wordings have in common."""
    one, two = set(tokens(old)), set(tokens(new))
    return len(one & two) / max(len(one | two), 1)


def _common(before: Sequence[str], after: Sequence[str]) -> int:
    """Return how many tokens both begin with."""
    count = 0
    for one, two in zip(before, after, strict=False):
        if one != two:
            break
        count += 1
    return count


def _tidy(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Leave out empty pieces, and write neighbours of one kind as one."""
    found: list[Piece] = []
    for piece in pieces:
        if not piece.words:
            continue
        if found and found[-1].mark == piece.mark:
            found[-1] = Piece(piece.mark, found[-1].words + piece.words)
        else:
            found.append(piece)
    return tuple(found)
