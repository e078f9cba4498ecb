"""Read outlines of countries from a file that somebody sent: GeoJSON or TopoJSON.

Everything that is wrong is said at once, outline by outline. Nothing of the file is believed:
its size, its depth, its numbers and its rings are bounded before anything is computed.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import IO, Any, Final, Never

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comity.core.texts import validate_one_line
from comity.office.boundaries import Line, Point, Shape, ring_area, thin_line
from comity.office.crossings import crosses_itself

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_POINTS: Final = 300_000
MOST_OUTLINES: Final = 1_000
MOST_PROBLEMS: Final = 50
# What map programs call the code of a country, the surest first.
CODES: Final = ("code", "iso_a3", "ISO_A3", "iso3", "m49", "M49", "iso_n3", "ISO_N3")
# Of the square degrees that a file covers: a triangle as small as this shows on no map.
LEAST_OF_EXTENT: Final = 1.4e-6
LEAST_HOLE_OF_EXTENT: Final = 5e-6
FEWEST_IN_RING: Final = 4

# Any: the formats nest lists and objects at will
Nested = Any
Extent = tuple[float, float, float, float]


class _WrongError(Exception):
    """An outline is not what it should be; the text is the sentence to show."""


@dataclass(frozen=True)
class Outline:
    """One country or territory of the file: rings of degrees, the outer one of each first.

    One without a code is land that belongs to nobody who takes part, and is drawn quietly.
    """

    number: int
    code: str
    name: str
    polygons: list[list[Line]]


@dataclass
class _Reader:
    name: str
    points: int = 0
    problems: list[str] = field(default_factory=list)

    def refuse(self, number: int, code: str, reason: str) -> None:
        self.problems.append(
            _("“%(file)s”, outline %(number)d (%(code)s): %(reason)s")
            % {
                "file": self.name,
                "number": number,
                "code": code or _("no code"),
                "reason": reason,
            }
        )

    def count(self, points: int) -> None:
        self.points += points
        if self.points > MOST_POINTS:
            raise ValidationError(
                _("“%(file)s” has more than %(most)d points. Simplify its lines.")
                % {"file": self.name, "most": MOST_POINTS},
                code="points",
            )


def read_outlines(stream: IO[bytes], name: str) -> list[Outline]:
    """Return the outlines of a GeoJSON or TopoJSON file.

    Raises ValidationError with a sentence for each outline that is wrong; ``name`` is the file's.
    """
    found = _read_json(stream, name)
    reader = _Reader(name)
    outlines: list[Outline] = []
    for number, (feature, polygons) in enumerate(_features(found, reader), start=1):
        if number > MOST_OUTLINES:
            raise ValidationError(
                _("“%(file)s” has more than %(most)d outlines.")
                % {"file": name, "most": MOST_OUTLINES},
                code="outlines",
            )
        code, called = _code_of(feature), _name_of(feature)
        try:
            _check_texts(code, called)
            rings = [_polygon(each, reader) for each in polygons()]
            _check_crossings(rings)
        except _WrongError as wrong:
            reader.refuse(number, code, str(wrong))
            continue
        outlines.append(Outline(number, code, called, rings))
    if not outlines and not reader.problems:
        reader.problems.append(_("“%(file)s” holds no outline.") % {"file": name})
    if reader.problems:
        raise ValidationError(shortened(reader.problems))
    return outlines


def shortened(problems: Sequence[str]) -> list[str]:
    """Return as many problems as one reads, and how many more there are."""
    left = len(problems) - MOST_PROBLEMS
    more = [_("And %(count)d more of the kind.") % {"count": left}] if left > 0 else []
    return [*problems[:MOST_PROBLEMS], *more]


def merged(outlines: Sequence[Outline]) -> list[Outline]:
    """Return one outline for each code: an island may stand by itself in the file."""
    found: dict[str, Outline] = {}
    for each in outlines:
        key = each.code or f"\0{each.number}"
        first = found.setdefault(key, each)
        if first is not each:
            found[key] = replace(first, polygons=[*first.polygons, *each.polygons])
    return list(found.values())


def extent_of(outlines: Sequence[Outline]) -> Extent:
    """Return west, south, east and north of ``outlines``."""
    points = [p for each in outlines for rings in each.polygons for p in rings[0]]
    return (
        min(x for x, _y in points),
        min(y for _x, y in points),
        max(x for x, _y in points),
        max(y for _x, y in points),
    )


def shapes_of(outlines: Sequence[Outline]) -> list[Shape]:
    """Return ``outlines`` thinned as a map of their extent shows them."""
    west, south, east, north = extent_of(outlines)
    covered = (east - west) * (north - south)
    decimals = 2 if covered > 100 else 4  # a hundred square degrees
    return [_shape(each, covered, decimals) for each in outlines]


def _read_json(stream: IO[bytes], name: str) -> Mapping[str, Nested]:
    content = stream.read(MOST_BYTES + 1)
    try:
        if len(content) > MOST_BYTES:
            raise _WrongError(_("it is too large"))  # noqa: TRY301 -- one way out
        found = json.loads(content, parse_constant=_refuse_number)
        if not isinstance(found, dict):
            raise _WrongError(_("it is no object"))  # noqa: TRY301 -- one way out
        _refuse_half_characters(found)
    except (ValueError, RecursionError, _WrongError) as error:
        words = _("“%(file)s” cannot be read as JSON: %(error)s.")
        told = words % {"file": name, "error": _reason(error)}
        raise ValidationError(told, code="json") from error
    return found


def _reason(error: Exception) -> str:
    """Return what is wrong with a file, in the reader's words and not in those of Python."""
    match error:
        case json.JSONDecodeError():
            words = _("something is wrong in line %(line)d, character %(column)d")
            return words % {"line": error.lineno, "column": error.colno}
        case UnicodeDecodeError():
            return _("it is not written in UTF-8")
        case RecursionError():
            return _("its lists are nested too deeply")
    return str(error)


def _refuse_half_characters(found: Nested) -> None:
    """Refuse half of a character, which no page and no database can hold."""
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise _WrongError(_("a text of it holds half of a character")) from error


def _refuse_number(text: str) -> Never:
    raise ValueError(_("“%(text)s” is no number") % {"text": text})


def _features(found: Mapping[str, Nested], reader: _Reader) -> Iterator[tuple[Nested, Nested]]:
    """Go through what the file draws: each feature, and a function that gives its polygons."""
    kind = found.get("type")
    if kind == "Topology":
        yield from _of_topology(found, reader)
    elif kind == "FeatureCollection" and isinstance(found.get("features"), list):
        for feature in found["features"]:
            yield feature, lambda feature=feature: _of_feature(feature)
    elif kind == "Feature":
        yield found, lambda: _of_feature(found)
    else:
        raise ValidationError(
            _("“%(file)s” is neither a GeoJSON collection of features nor TopoJSON.")
            % {"file": reader.name},
            code="format",
        )


def _of_feature(feature: Nested) -> list[Nested]:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    return _polygons_of(geometry, "coordinates")


def _polygons_of(geometry: Nested, key: str) -> list[Nested]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    kind = kind if isinstance(kind, str) else ""
    if kind not in {"Polygon", "MultiPolygon"}:
        raise _WrongError(_("It is no area but “%(kind)s”.") % {"kind": kind[:40] or _("nothing")})
    drawn = geometry.get(key)
    if not isinstance(drawn, list) or not drawn:
        raise _WrongError(_("It has no coordinates."))
    return [drawn] if kind == "Polygon" else drawn


def _of_topology(found: Mapping[str, Nested], reader: _Reader) -> Iterator[tuple[Nested, Nested]]:
    try:
        lines = _lines(found, reader)
        objects = list(found["objects"].values())
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise ValidationError(
            _("“%(file)s” is not whole TopoJSON (%(error)s).")
            % {"file": reader.name, "error": f"{type(error).__name__}: {error}"[:100]},
            code="topology",
        ) from error
    for each in objects:
        is_group = isinstance(each, dict) and each.get("type") == "GeometryCollection"
        members = each.get("geometries") if is_group else [each]
        for geometry in members if isinstance(members, list) else []:
            yield geometry, lambda geometry=geometry: _joined(geometry, lines)


def _lines(found: Mapping[str, Nested], reader: _Reader) -> list[Line]:
    """Return the lines of the file in degrees: they may be stored as steps of a grid."""
    transform = found.get("transform")
    if transform is None:
        return [[(x, y) for x, y, *_more in arc] for arc in found["arcs"]]
    scale_x, scale_y = map(_real, transform["scale"])
    left, bottom = map(_real, transform["translate"])
    lines = []
    for arc in found["arcs"]:
        x = y = 0.0
        line: Line = []
        for step_x, step_y, *_more in arc:
            x, y = x + _real(step_x), y + _real(step_y)
            line.append((x * scale_x + left, y * scale_y + bottom))
        lines.append(line)
    return lines


def _is_number(value: Nested) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _real(value: Nested) -> float:
    """Return a number as one that can be reckoned with, before anything is."""
    if not _is_number(value):
        raise TypeError(_("a step, scale or shift is no number"))
    if not math.isfinite(found := float(value)):
        raise ValueError(_("a step, scale or shift is no number"))
    return found


def _joined(geometry: Nested, lines: Sequence[Line]) -> list[Nested]:
    """Return the rings of polygons; a negative number of a line is the line backwards."""
    polygons = []
    points = 0
    for polygon in _polygons_of(geometry, "arcs"):
        rings = []
        for indexes in polygon if isinstance(polygon, list) else [None]:
            ring: Line = []
            for index in indexes if isinstance(indexes, list) else [None]:
                if not isinstance(index, int) or index not in range(-len(lines), len(lines)):
                    shown = str(index)[:20] if _is_number(index) else "?"
                    raise _WrongError(
                        _("It names line %(index)s, which the file has not.") % {"index": shown}
                    )
                part = lines[index] if index >= 0 else lines[~index][::-1]
                points += len(part)
                if points > MOST_POINTS:  # a small file may name one long line many times
                    raise _WrongError(
                        _("It has more than %(most)d points.") % {"most": MOST_POINTS}
                    )
                ring += part[1:] if ring else part
            rings.append(ring)
        polygons.append(rings)
    return polygons


def _polygon(drawn: Nested, reader: _Reader) -> list[Line]:
    """Return the rings of one polygon, wound as a map on a globe needs them.

    Outer rings run clockwise and holes the other way, whatever the file does.
    """
    if not isinstance(drawn, list) or not drawn:
        raise _WrongError(_("A polygon has no ring."))
    rings = []
    for number, ring in enumerate(drawn):
        if not isinstance(ring, list):
            raise _WrongError(_("A ring is no list of points."))
        reader.count(len(ring))
        points = [_point(each) for each in ring]
        if len(points) < FEWEST_IN_RING or points[0] != points[-1]:
            raise _WrongError(
                _("Ring %(number)d is not closed: its last point is not its first.")
                % {"number": number + 1}
            )
        if not ring_area(points):
            raise _WrongError(_("Ring %(number)d covers nothing.") % {"number": number + 1})
        rings.append(points if _is_clockwise(points) == (number == 0) else points[::-1])
    return rings


def _point(found: Nested) -> Point:
    if not isinstance(found, list | tuple) or len(found) < 2:
        raise _WrongError(_("A point is no pair of numbers."))
    x, y = found[0], found[1]
    if not _is_number(x) or not _is_number(y):
        raise _WrongError(_("A point is no pair of numbers."))
    if not (abs(x) <= 180 and abs(y) <= 90):  # so that what is no number fails as well
        raise _WrongError(
            _("The point %(point)s lies on no map: longitude comes first, then latitude.")
            % {"point": str([x, y])[:60]}
        )
    return float(x), float(y)


def _is_clockwise(ring: Line) -> bool:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) < 0


def _check_crossings(polygons: Sequence[Sequence[Line]]) -> None:
    for rings in polygons:
        for ring in rings:
            if place := crosses_itself(ring):
                raise _WrongError(
                    _("Its line crosses itself near %(x).2f, %(y).2f.")
                    % {"x": place[0], "y": place[1]}
                )


def _code_of(feature: Nested) -> str:
    """Return the code that the file gives; one of figures is an M49 code of three."""
    if not isinstance(feature, dict):
        return ""
    properties = feature.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    given = [*(properties.get(name) for name in CODES), feature.get("id")]
    for value in given:
        text = str(value).strip()[:40] if isinstance(value, str | int) else ""
        if text:
            return text.zfill(3) if text.isascii() and text.isdecimal() else text
    return ""


def _name_of(feature: Nested) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name[:200] if isinstance(name, str) else ""


def _check_texts(*texts: str) -> None:
    try:
        for text in texts:
            validate_one_line(text)
    except ValidationError as error:
        raise _WrongError(" ".join(error.messages)) from error


def _shape(outline: Outline, covered: float, decimals: int) -> Shape:
    polygons = []
    for rings in outline.polygons:
        outer, *holes = rings
        kept = [
            outer,
            *(hole for hole in holes if ring_area(hole) > covered * LEAST_HOLE_OF_EXTENT),
        ]
        thin = [thin_line(ring, covered * LEAST_OF_EXTENT) for ring in kept]
        rounded = [[(round(x, decimals), round(y, decimals)) for x, y in ring] for ring in thin]
        polygons.append((round(ring_area(outer), 6), rounded))
    polygons.sort(key=lambda polygon: -polygon[0])
    main = polygons[0][1][0]
    return Shape(
        code=outline.code,
        name=outline.name,
        area=round(sum(area for area, _rings in polygons), 6),
        centre=(
            round(sum(x for x, _y in main) / len(main), decimals),
            round(sum(y for _x, y in main) / len(main), decimals),
        ),
        polygons=polygons,
    )
