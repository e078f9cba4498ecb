"""The words of a proposal marked against those of the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain

from comity.consultation.brackets import groups_in

WORDS = re.compile(r"\S+\s*")


@dataclass(frozen=True)
class Piece:
    """Words of both, of the text alone (``gone``), or of the proposal alone (``new``)."""

    words: str
    mark: str = ""


def marked(standing: str, proposed: str) -> list[Piece]:
    """Return ``proposed`` in pieces, with what it takes out of ``standing``."""
    old, new = WORDS.findall(standing), WORDS.findall(proposed)
    matcher = SequenceMatcher(
        None, [each.strip() for each in old], [each.strip() for each in new], autojunk=False
    )
    return list(chain.from_iterable(_pieces(step, old, new) for step in matcher.get_opcodes()))


def _pieces(
    step: tuple[str, int, int, int, int], old: list[str], new: list[str]
) -> Iterator[Piece]:
    kind, old_begin, old_end, new_begin, new_end = step
    if kind == "equal":
        yield Piece("".join(new[new_begin:new_end]))
        return
    if old_begin < old_end:
        yield Piece("".join(old[old_begin:old_end]), "gone")
    if new_begin < new_end:
        yield Piece("".join(new[new_begin:new_end]), "new")


def with_brackets(words: str) -> list[Piece]:
    """Return ``words`` in pieces, those in brackets marked so, for a page."""
    pieces, place = [], 0
    for group in groups_in(words):
        if group.start > place:
            pieces.append(Piece(words[place : group.start]))
        pieces.append(Piece(words[group.start : group.end], "bracket"))
        place = group.end
    if place < len(words):
        pieces.append(Piece(words[place:]))
    return pieces
