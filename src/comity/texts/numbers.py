"""The numbers that stand before paragraphs, as texts of such meetings print them."""

from collections.abc import Iterable, Iterator

from comity.texts.models import Kind

ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def numbers_for(levels: Iterable[tuple[str, int]]) -> Iterator[str | None]:
    """Return the number of each passage, given its kind and level: “12”, “12 (a)”, “12 (a) (i)”.

    Only operative paragraphs are counted; None where a passage keeps what it has.
    """
    counts: list[int] = []
    for kind, level in levels:
        if kind != Kind.OPERATIVE:
            yield None
            continue
        depth = min(level, 2)
        counts = [*counts[: depth + 1], *([0] * (depth + 1 - len(counts)))]
        counts[depth] += 1
        written = (_written(each, place) for place, each in enumerate(counts) if each)
        yield " ".join(written)


def letter(count: int) -> str:
    """Return a, b, … z, aa, bb, as lists go on."""
    turns, rest = divmod(count - 1, 26)
    return chr(ord("a") + rest) * (turns + 1)


def roman(count: int) -> str:
    """Return the count as small Roman figures."""
    found = ""
    for value, sign in ROMAN:
        times, count = divmod(count, value)
        found += sign * times
    return found


def _written(count: int, depth: int) -> str:
    return (str(count), f"({letter(count)})", f"({roman(count)})")[depth]
