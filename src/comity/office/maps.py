"""The Vega-Lite specification of a map of the world."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from comity.office.theme import RAMP, colour_of

# Any: Vega-Lite nests objects at will
Spec = dict[str, Any]
QUIET: Final = colour_of("chart-0")
COLOUR: Final = {"type": "nominal", "scale": None}


def map_spec(asked: Mapping[str, Any], shapes: Iterable[Mapping[str, Any]]) -> Spec:
    """Return what draws ``asked``, the stored form of a ``WorldMap``, from stored shapes.

    Countries without words are one silent layer; those with words are marks that say them.
    """
    silent: list[Spec] = []
    spoken: list[Spec] = []
    dots: list[Spec] = []
    for shape in shapes:
        value = asked["values"].get(shape["code"])
        label = asked["labels"].get(shape["code"], "")
        colour = _colour(value)
        if shape["area"] >= asked["dots_under"] or value:
            feature = _feature(shape, asked["smallest"], colour, label)
            (spoken if label else silent).append(feature)
        if value and shape["area"] < asked["dots_under"]:
            x, y = shape["centre"]
            dots.append({"x": x, "y": y, "colour": colour, "label": label})
    layers = [
        _countries(silent, {"aria": False}, {}),
        _countries(spoken, {}, {"description": {"field": "properties.label"}}),
    ]
    if dots:
        layers.append(_dots(dots, asked["dot"]))
    return {
        "width": asked["width"],
        "height": asked["height"],
        "projection": asked["projection"],
        "layer": layers,
        "autosize": {"type": "none"},
        "padding": 0,
    }


def _colour(value: int | str | None) -> str:
    """Return the colour of a class, from 1 on; what has none is quiet."""
    if isinstance(value, str):
        return colour_of(value)
    return RAMP[min(value, len(RAMP)) - 1] if value else QUIET


def _feature(shape: Mapping[str, Any], smallest: float, colour: str, label: str) -> Spec:
    largest, *others = shape["polygons"]
    kept = [largest, *(polygon for polygon in others if polygon[0] >= smallest)]
    return {
        "type": "Feature",
        "properties": {"colour": colour, "label": label},
        "geometry": {"type": "MultiPolygon", "coordinates": [rings for _area, rings in kept]},
    }


def _countries(features: list[Spec], mark: Spec, encoding: Spec) -> Spec:
    return {
        "data": {"values": features},
        "mark": {"type": "geoshape", "clip": True, **mark},
        "encoding": {"color": {"field": "properties.colour", **COLOUR}, **encoding},
    }


def _dots(dots: list[Spec], size: int) -> Spec:
    outline = {"stroke": colour_of("ground"), "strokeWidth": 0.75}
    return {
        "data": {"values": dots},
        "mark": {"type": "circle", "size": size, "opacity": 1, **outline},
        "encoding": {
            "longitude": {"field": "x", "type": "quantitative"},
            "latitude": {"field": "y", "type": "quantitative"},
            "color": {"field": "colour", **COLOUR},
            "description": {"field": "label"},
        },
    }
