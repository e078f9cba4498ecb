"""Two revisions beside each other: which paragraph became which, and which words changed.

First by identity, then by where a paragraph was split from or joined to, and what is left by
the words themselves.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from comity.texts.differing import Mark, Piece, cut, differing, likeness
from comity.texts.queries import PassageRow

# From this share of common words on, a paragraph is taken for one that was written anew.
ALIKE: Final = 0.5


class How(StrEnum):
    """What became of a paragraph."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"
    MOVED = "moved"
    SPLIT = "split"
    JOINED = "joined"


@dataclass(frozen=True)
class Compared:
    """A paragraph before and after; ``pieces`` are its words with what changed.

    ``other`` is the paragraph from which it was split, or which it took in.
    """

    how: How
    old: PassageRow | None
    new: PassageRow | None
    pieces: tuple[Piece, ...]
    other: PassageRow | None = None

    @property
    def before(self) -> tuple[Piece, ...]:
        """The pieces of the words as they were."""
        return tuple(piece for piece in self.pieces if piece.mark != Mark.NEW)

    @property
    def after(self) -> tuple[Piece, ...]:
        """The pieces of the words as they are."""
        return tuple(piece for piece in self.pieces if piece.mark != Mark.GONE)

    @property
    def is_changed(self) -> bool:
        """Whether words or place differ; a number that others pushed on is no change."""
        is_only_numbered = all(piece.mark == Mark.SAME for piece in self.pieces)
        return self.how != How.SAME and not (self.how == How.CHANGED and is_only_numbered)


def compare(
    old: Sequence[PassageRow],
    new: Sequence[PassageRow],
    language: str,
    *,
    moved_apart: bool = False,
) -> list[Compared]:
    """Return the paragraphs of both in the order of ``new``, what is gone where it stood.

    ``moved_apart`` shows what moved as gone at its old place and new at the other, as a word
    processor must.
    """
    before = {row.paragraph: row for row in old}
    after = {row.paragraph: row for row in new}
    pairs = {key: row for key, row in before.items() if key in after}
    moved = _moved([row.paragraph for row in old if row.paragraph in after], new)
    if moved_apart:
        pairs = {key: row for key, row in pairs.items() if key not in moved}
    else:
        pairs |= _alike(before, after, language)
    paired = {row.paragraph for row in pairs.values()}
    joined = {} if moved_apart else _joined(before, pairs, paired)
    shown = _compare_new(new, pairs, moved, joined, language)
    if not moved_apart:
        shown = _compare_split(shown, pairs, language)
    taken = {row.paragraph for row in joined.values()}
    return _with_gone(old, shown, paired, taken, language)


def _compare_new(
    new: Sequence[PassageRow],
    pairs: Mapping[int, PassageRow],
    moved: set[int],
    joined: Mapping[int, PassageRow],
    language: str,
) -> list[Compared]:
    """Compare each paragraph of ``new`` with the one that it was."""
    shown = []
    for row in new:
        was, words = pairs.get(row.paragraph), row.words(language)
        if was is None:
            shown.append(Compared(How.NEW, None, row, differing("", words)))
            continue
        if other := joined.get(row.paragraph):
            both = f"{was.words(language)} {other.words(language)}"
            shown.append(Compared(How.JOINED, was, row, differing(both, words), other))
            continue
        pieces = differing(was.words(language), words)
        is_same = was.words(language) == words and was.number == row.number
        how = How.SAME if is_same else How.CHANGED
        shown.append(Compared(How.MOVED if row.paragraph in moved else how, was, row, pieces))
    return shown


def _compare_split(
    shown: Sequence[Compared], pairs: Mapping[int, PassageRow], language: str
) -> list[Compared]:
    """Compare what was split off, right behind its paragraph, with the words it comes from."""
    found: list[Compared] = []
    for each in shown:
        head = found[-1] if found else None
        row = each.new
        if (
            row is None
            or head is None
            or head.old is None
            or head.new is None
            or each.how != How.NEW
            or row.continues not in {head.new.paragraph, head.new.continues}
            or row.continues not in pairs
        ):
            found.append(each)
            continue
        first = head.new.words(language)
        pieces = differing(head.old.words(language), f"{first} {row.words(language)}")
        one, two = cut(pieces, len(first) + 1)
        how = How.CHANGED if head.how == How.SAME else head.how
        found[-1] = replace(head, how=how, pieces=one)
        found.append(Compared(How.SPLIT, None, row, two, head.new))
    return found


def _with_gone(
    old: Sequence[PassageRow],
    shown: Sequence[Compared],
    paired: set[int],
    taken: set[int],
    language: str,
) -> list[Compared]:
    """Put what is gone behind the paragraph behind which it stood."""
    places = {each.old.paragraph: each for each in shown if each.old is not None}
    behind: dict[int | None, list[Compared]] = {}
    last: int | None = None
    for row in old:
        if row.paragraph in places:
            last = row.paragraph
        elif row.paragraph not in paired and row.paragraph not in taken:
            gone = Compared(How.GONE, row, None, differing(row.words(language), ""))
            behind.setdefault(last, []).append(gone)
    found = list(behind.get(None, ()))
    for each in shown:
        found.append(each)
        if each.old is not None:
            found += behind.get(each.old.paragraph, ())
    return found


def _moved(kept: Sequence[int], new: Sequence[PassageRow]) -> set[int]:
    """Return the paragraphs that left their order: all but the longest run that kept it."""
    place = {row.paragraph: spot for spot, row in enumerate(new)}
    ends: list[int] = []
    tails: list[int] = []
    came: dict[int, int | None] = {}
    for key in kept:
        spot = bisect_left(ends, place[key])
        came[key] = tails[spot - 1] if spot else None
        if spot == len(ends):
            ends.append(place[key])
            tails.append(key)
        else:
            ends[spot], tails[spot] = place[key], key
    stays: set[int] = set()
    step: int | None = tails[-1] if tails else None
    while step is not None:
        stays.add(step)
        step = came[step]
    return set(kept) - stays


def _alike(
    before: Mapping[int, PassageRow], after: Mapping[int, PassageRow], language: str
) -> dict[int, PassageRow]:
    """Pair what is new with what is gone where their words are much alike."""
    gone = [row for key, row in before.items() if key not in after and row.joined_to not in after]
    found = {}
    for key, row in after.items():
        if key in before or row.continues in before or not gone:
            continue
        best = max(gone, key=lambda each: likeness(each.words(language), row.words(language)))
        if likeness(best.words(language), row.words(language)) >= ALIKE:
            found[key] = best
            gone.remove(best)
    return found


def _joined(
    before: Mapping[int, PassageRow], pairs: Mapping[int, PassageRow], paired: set[int]
) -> dict[int, PassageRow]:
    """Return what each paragraph took in, of what stood before."""
    return {
        row.joined_to: row
        for key, row in before.items()
        if key not in paired and row.joined_to in pairs and row.joined_to is not None
    }
