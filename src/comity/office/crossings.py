"""Whether a line crosses itself, found by sweeping over it from west to east."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

Point = tuple[float, float]
Segment = tuple[Point, Point]

# So many pairs are compared at most: an honest coast needs far fewer, and no file can ask for more.
MOST_COMPARED: Final = 1_500_000
HALF_ROUND: Final = 180


def crosses_itself(ring: Sequence[Point]) -> Point | None:
    """Return a point near which the closed line ``ring`` crosses itself, or none.

    A line that only touches itself is fine: many good files have such. One that goes over the
    edge of the map, where 180 meets -180, is not looked at.
    """
    if any(abs(a[0] - b[0]) > HALF_ROUND for a, b in pairwise(ring)):
        return None
    segments = sorted((min(pair), max(pair)) for pair in pairwise(ring))
    active: list[Segment] = []
    compared = 0
    for segment in segments:
        start = segment[0][0]
        active = [other for other in active if other[1][0] >= start]
        compared += len(active)
        if compared > MOST_COMPARED:
            return None
        for other in active:
            if _cross(segment, other):
                return segment[0]
        active.append(segment)
    return None


def _cross(one: Segment, other: Segment) -> bool:
    return _apart(*one, *other) and _apart(*other, *one)


def _apart(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether ``c`` and ``d`` lie strictly on the two sides of the line through ``a``, ``b``."""
    return _side(a, b, c) * _side(a, b, d) < 0


def _side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
