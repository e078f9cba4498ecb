"""Outlines of countries, read from TopoJSON and thinned so that a map is light."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

Point = tuple[float, float]
Line = list[Point]
Topology = Mapping[str, Any]  # Any: the format nests lists at will

LEAST_TRIANGLE: Final = 0.09  # square degrees at the equator
LEAST_HOLE: Final = 0.3
DECIMALS: Final = 2
ANTARCTICA: Final = "010"


@dataclass(frozen=True)
class Shape:
    """The outline of one country or territory, with its M49 code.

    ``polygons`` are the largest first, each with the square degrees it covers.
    """

    code: str
    name: str
    area: float
    centre: Point
    polygons: list[tuple[float, list[Line]]]

    def as_json(self) -> dict[str, object]:
        """Return what is stored."""
        return {
            "code": self.code,
            "name": self.name,
            "area": self.area,
            "centre": self.centre,
            "polygons": self.polygons,
        }


def thin_boundaries(topology: Topology, least: float = LEAST_TRIANGLE) -> list[Shape]:
    """Return the shapes of a TopoJSON file of countries with only the points that show.

    Lines are thinned before they are put together, so that neighbours still share them.
    Raises ValidationError where the file is no TopoJSON of countries.
    """
    try:
        arcs = [thin_line(line, least) for line in _lines(topology)]
        found = topology["objects"]["countries"]["geometries"]
        return [
            _shape(geometry, arcs)
            for geometry in found
            if geometry["type"] in {"Polygon", "MultiPolygon"} and geometry.get("id") != ANTARCTICA
        ]
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise ValidationError(
            _("The file is not TopoJSON with an object “countries” (%(error)s).")
            % {"error": f"{type(error).__name__}: {error}"},
            code="topology",
        ) from error


def thin_line(line: Sequence[Point], least: float) -> Line:
    """Return ``line`` without the points whose triangle with their neighbours is smallest.

    This is Visvalingam's method in rounds: in each, no two neighbours go together. The ends
    stay, and a ring stays a ring.
    """
    points = list(line)
    fewest = 4 if points[0] == points[-1] else 2
    while len(points) > fewest:
        kept = _round(points, least, fewest)
        if len(kept) == len(points):
            break
        points = kept
    return points


def _round(points: Line, least: float, fewest: int) -> Line:
    kept, left, dropped = [points[0]], len(points), False
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        dropped = not dropped and left > fewest and triangle(before, here, after) < least
        if dropped:
            left -= 1
        else:
            kept.append(here)
    return [*kept, points[-1]]


def triangle(a: Point, b: Point, c: Point) -> float:
    """Return the area of a triangle in square degrees, as wide as it is at its latitude."""
    doubled = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
    return abs(doubled) / 2 * math.cos(math.radians(b[1]))


def ring_area(ring: Line) -> float:
    """Return the square degrees that a closed line covers."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def _lines(topology: Topology) -> list[Line]:
    """Return the lines of the file in degrees: it stores steps of a grid."""
    (scale_x, scale_y), (left, bottom) = (topology["transform"][k] for k in ("scale", "translate"))
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line: Line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * scale_x + left, y * scale_y + bottom))
        lines.append(line)
    return lines


def _ring(indexes: Sequence[int], arcs: Sequence[Line]) -> Line:
    points: Line = []
    for index in indexes:
        part = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += part if not points else part[1:]
    return points


def _shape(geometry: Topology, arcs: Sequence[Line]) -> Shape:
    """Put one country together; a negative index of a line is the line backwards."""
    groups = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    polygons = []
    for group in groups:
        outline, *holes = [_ring(indexes, arcs) for indexes in group]
        rings = [outline, *(hole for hole in holes if ring_area(hole) >= LEAST_HOLE)]
        polygons.append((round(ring_area(outline), 4), [_rounded(ring) for ring in rings]))
    polygons.sort(key=lambda polygon: -polygon[0])
    main = polygons[0][1][0]
    centre = (sum(p[0] for p in main) / len(main), sum(p[1] for p in main) / len(main))
    return Shape(
        code=geometry.get("id", ""),
        name=geometry.get("properties", {}).get("name", ""),
        area=round(sum(area for area, _rings in polygons), 4),
        centre=(round(centre[0], DECIMALS), round(centre[1], DECIMALS)),
        polygons=polygons,
    )


def _rounded(ring: Line) -> Line:
    return [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in ring]
