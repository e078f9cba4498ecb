"""Square brackets in a text: words on which there is not yet agreement.

The brackets stand in the words themselves, as negotiators write them: ``[A] [B]`` are two
alternatives, ``[A]`` alone is A or nothing, and one may hold another. So the text says the same
on a page, in Word, on paper and when it is compared, and a bracket typed by hand counts too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

BEFORE_PUNCTUATION = re.compile(r" +(?=[,.;:!?»”)\]])")
SPACES = re.compile(r" {2,}")


@dataclass(frozen=True)
class Group:
    """Alternatives side by side, from ``start`` to ``end`` of the words."""

    start: int
    end: int
    alternatives: tuple[str, ...]


def groups_in(words: str) -> list[Group]:
    """Return the outermost brackets of ``words``; one that never ends goes to the end."""
    found: list[Group] = []
    for start, end, inner in _pairs(words):
        if found and not words[found[-1].end : start].strip():
            last = found.pop()
            found.append(Group(last.start, end, (*last.alternatives, inner)))
        else:
            found.append(Group(start, end, (inner,)))
    return found


def count_groups(words: str) -> int:
    """Return how many brackets are open in ``words``, those within others included."""
    return sum(
        1 + sum(count_groups(inner) for inner in group.alternatives) for group in groups_in(words)
    )


def is_balanced(words: str) -> bool:
    """Whether each bracket of ``words`` ends, and none ends that did not begin."""
    depth = 0
    for character in words:
        depth += (character == "[") - (character == "]")
        if depth < 0:
            return False
    return depth == 0


def choose(words: str, group: Group, chosen: str) -> str:
    """Return ``words`` with ``chosen`` in the place of ``group``; nothing leaves no gap."""
    before, after = words[: group.start], words[group.end :]
    if chosen.strip():
        return before + chosen.strip() + after
    return tidied(before + after)


@dataclass(frozen=True)
class Composition:
    """Several versions in one text, and the bracket in which they differ, if they do."""

    words: str
    group: Group | None


def compose(versions: Sequence[str]) -> Composition:
    """Return one text in which the words that differ between ``versions`` stand in brackets.

    What all begin and end with stands once, outside. A version that leaves the words out needs
    no bracket of its own: words in brackets may be dropped.
    """
    split = [version.split() for version in dict.fromkeys(versions)]
    if len(split) == 1:
        return Composition(" ".join(split[0]), None)
    before = _common(split)
    rest = [words[before:] for words in split]
    after = _common([words[::-1] for words in rest])
    start, end = split[0][:before], rest[0][len(rest[0]) - after :]
    middles = [" ".join(words[: len(words) - after]) for words in rest]
    first, last = " ".join(start), " ".join(end)
    # Through a bracket that stands there already, or beside one, nothing is cut.
    cuts = [first, last, *middles]
    if not all(is_balanced(cut) for cut in cuts) or first.endswith("]") or last.startswith("["):
        first, last, middles = "", "", [" ".join(words) for words in split]
    alternatives = tuple(middle for middle in dict.fromkeys(middles) if middle)
    bracketed = " ".join(f"[{each}]" for each in alternatives)
    begin = len(first) + 1 if first else 0
    group = Group(begin, begin + len(bracketed), alternatives)
    return Composition(" ".join(part for part in (first, bracketed, last) if part), group)


def tidied(words: str) -> str:
    """Return ``words`` without the double spaces that something taken out leaves."""
    return BEFORE_PUNCTUATION.sub("", SPACES.sub(" ", words)).strip()


def _common(lists: Sequence[Sequence[str]]) -> int:
    """Return with how many words all of ``lists`` begin."""
    together = zip(*lists, strict=False)
    return sum(1 for _same in takewhile(lambda each: len(set(each)) == 1, together))


def _pairs(words: str) -> Iterator[tuple[int, int, str]]:
    """Go through the outermost brackets: where each begins and ends, and what it holds."""
    depth, start = 0, 0
    for place, character in enumerate(words):
        if character == "[":
            start = start if depth else place
            depth += 1
        elif character == "]" and depth:
            depth -= 1
            if not depth:
                yield start, place + 1, words[start + 1 : place].strip()
    if depth:
        yield start, len(words), words[start + 1 :].strip()
