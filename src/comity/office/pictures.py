"""What can be drawn: a chart that Vega-Lite describes, or a map of the world."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

# Any: Vega-Lite nests objects at will
Spec = Mapping[str, Any]
WORLD: Final[Spec] = {
    "type": "equalEarth",
    "rotate": [-11, 0, 0],
    "scale": 172,
    "translate": [372, 227],
}


@dataclass(frozen=True)
class Table:
    """The figures of a drawing as rows, for those who do not look at pictures."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str | int | float | None]]


@dataclass(frozen=True)
class Chart:
    """A chart: its Vega-Lite specification without colours of its own.

    ``size`` is the class that the picture has in a page. Without ``marks`` it is one picture
    for a screen reader; with them each mark says its words.
    """

    vega_lite: Spec
    size: Literal["wide", "narrow"] = "wide"
    marks: bool = True

    def as_json(self) -> dict[str, object]:
        """Return what is stored, and what the hash is taken of."""
        return {
            "picture": "chart",
            "vega_lite": self.vega_lite,
            "size": self.size,
            "marks": self.marks,
        }


@dataclass(frozen=True)
class WorldMap:
    """A map: the M49 codes of its countries with a class and with words.

    ``values`` give each code a class from 1 to 5 of the ramp, or the name of a colour such as
    “region-africa”. ``labels`` are the words of the mark. What is smaller than ``dots_under``
    square degrees shows as a dot too; islands under ``smallest`` are left out.
    """

    values: Mapping[str, int | str]
    labels: Mapping[str, str]
    boundaries: str = "world"
    width: int = 820
    height: int = 408
    projection: Spec = field(default_factory=lambda: WORLD)
    dots_under: float = 1.2
    smallest: float = 0.3
    dot: int = 30

    def as_json(self) -> dict[str, object]:
        """Return what is stored, and what the hash is taken of."""
        return {
            "picture": "map",
            "values": dict(self.values),
            "labels": dict(self.labels),
            "boundaries": self.boundaries,
            "width": self.width,
            "height": self.height,
            "projection": self.projection,
            "dots_under": self.dots_under,
            "smallest": self.smallest,
            "dot": self.dot,
        }


Picture = Chart | WorldMap
