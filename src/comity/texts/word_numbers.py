"""The numbers of a Word file: those that Word counts, and those that somebody typed."""

import re
from dataclasses import dataclass, field
from typing import Final

from comity.texts.numbers import letter, roman
from comity.texts.word_package import Element, W, WordParts

# “12.”, “12)”, “(a)”, “a)”, “IV.”, “1.2”, or a figure before a tab.
TYPED: Final = re.compile(
    r"\s*(\((?:\d{1,3}|[a-z]{1,2}|[ivx]{1,6})\)|(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,6}|[IVX]{1,6})"
    r"[.)]|\d{1,3}(?:\.\d{1,3})*(?=\t))\s+(?=\S)"
)
DEEPEST: Final = 8
MOST_STYLES: Final = 20


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered."""

    shape: str = "decimal"
    words: str = "%1."
    start: int = 1


@dataclass
class Numbering:
    """Counts the paragraphs of a file as Word does while it shows them."""

    lists: dict[str, str]
    levels: dict[tuple[str, int], Level]
    styles: dict[str, tuple[str, int]]
    starts: dict[tuple[str, int], int]
    counts: dict[str, list[int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, parts: WordParts) -> "Numbering":
        """Read how the lists of a file are numbered."""
        lists, levels, starts = {}, {}, {}
        if parts.numbering is not None:
            for abstract in parts.numbering.iter(f"{W}abstractNum"):
                key = abstract.get(f"{W}abstractNumId")
                for each in abstract.iter(f"{W}lvl"):
                    levels[key, _integer(each.get(f"{W}ilvl"))] = _level(each)
            for number in parts.numbering.iter(f"{W}num"):
                key = number.get(f"{W}numId")
                lists[key] = _value(number, "abstractNumId")
                for each in number.iter(f"{W}lvlOverride"):
                    if start := _value(each, "startOverride"):
                        starts[key, _integer(each.get(f"{W}ilvl"))] = _integer(start)
        return cls(lists, levels, _style_numbers(parts), starts)

    def count(self, paragraph: Element, style: str) -> tuple[str, int] | None:
        """Return number and level of the next paragraph; None where Word numbers it not."""
        found = _own(paragraph)
        if found is None:
            found = self.styles.get(style)
        if found is None or found[0] not in self.lists:
            return None
        key, depth = found[0], min(found[1], DEEPEST)
        abstract = self.lists[key]
        counts = self.counts.setdefault(abstract, [])
        for (of, deep), start in self.starts.items():
            if of == key and key not in self.begun and deep < len(counts):
                counts[deep] = start - 1
        self.begun.add(key)
        while len(counts) <= depth:
            start = self.levels.get((abstract, len(counts)), Level()).start
            counts.append(self.starts.get((key, len(counts)), start) - 1)
        counts[depth] += 1
        del counts[depth + 1 :]
        return self._written(abstract, counts, depth), depth

    def _written(self, abstract: str, counts: list[int], depth: int) -> str:
        """Return the number as printed, behind that of the paragraph above: “12 (a)”."""
        level = self.levels.get((abstract, depth), Level())
        if level.shape in {"bullet", "none"}:
            return ""

        def shown(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            if place >= len(counts):
                return ""
            return _figure(counts[place], self.levels.get((abstract, place), Level()).shape)

        own = tidy(re.sub(r"%([1-9])", shown, level.words))
        names_above = depth and f"%{depth}" in level.words
        if depth and not names_above:
            above = self._written(abstract, [max(each, 1) for each in counts[:depth]], depth - 1)
            return f"{above} {own}".strip()
        return own


def typed_number(words: str, last: tuple[str, int]) -> tuple[str, int, str] | None:
    """Return number, level and the rest of ``words`` that begin with a typed number.

    ``last`` are number and level of the paragraph before: “(i)” after “(h)” is a letter.
    """
    match = TYPED.match(words)
    if match is None:
        return None
    own, rest = tidy(match[1]), words[match.end() :]
    sign = own.strip("()")
    if not sign.islower() or sign.isdigit():
        return own, 0, rest
    above, depth = last
    is_roman = bool(re.fullmatch(r"[ivx]+", sign)) and depth >= 1
    before = above.rpartition(" ")[2].strip("()")
    is_ninth = depth == 1 and before == "h" and sign == "i"
    level = 2 if is_roman and not is_ninth else 1
    stem = " ".join(above.split(" ")[:level])
    inner = f"({sign})"
    return (f"{stem} {inner}" if stem else inner), level, rest


def tidy(number: str) -> str:
    """Return a number without the point or bracket at its end: “12.” is 12, “a)” is (a)."""
    number = number.strip()
    if number.endswith(")") and not number.startswith("("):
        return number[:-1] if number[:-1].isdigit() else f"({number[:-1]})"
    return number.removesuffix(".")


def _figure(count: int, shape: str) -> str:
    if shape in {"lowerLetter", "upperLetter"}:
        found = letter(max(count, 1))
    elif shape in {"lowerRoman", "upperRoman"}:
        found = roman(count)
    else:
        found = str(count)
    return found.upper() if shape.startswith("upper") else found


def _own(paragraph: Element) -> tuple[str, int] | None:
    """Return list and level that stand on the paragraph itself; list 0 takes it out of any."""
    for properties in paragraph.iterfind(f"{W}pPr/{W}numPr"):
        key = _value(properties, "numId")
        if key:
            return key, _integer(_value(properties, "ilvl"))
    return None


def _style_numbers(parts: WordParts) -> dict[str, tuple[str, int]]:
    """Return list and level that each style gives to its paragraphs."""
    if parts.styles is None:
        return {}
    styles = {each.get(f"{W}styleId"): each for each in parts.styles.iter(f"{W}style")}
    found = {}
    for key, first in styles.items():
        style = first
        for _step in range(MOST_STYLES):
            if own := _own(style):
                found[key] = own
                break
            style = styles.get(_value(style, "basedOn"))
            if style is None:
                break
    return found


def _level(each: Element) -> Level:
    return Level(
        shape=_value(each, "numFmt") or "decimal",
        words=_value(each, "lvlText"),
        start=_integer(_value(each, "start") or "1"),
    )


def _value(parent: Element, child: str) -> str:
    found = parent.find(f"{W}{child}")
    return "" if found is None else found.get(f"{W}val", "")


def _integer(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else 0
