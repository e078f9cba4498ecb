"""The colours of drawings.

A specification has the fixed colours of the light theme. In a page each of them is replaced by
the token of the same role, so that a drawing follows the reader's theme; what is downloaded
keeps the fixed colours.
"""

import json
from pathlib import Path
from typing import Any, Final

# Any: Vega-Lite's own configuration
THEME: Final[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "chart-theme.json").read_text(encoding="utf-8")
)
RAMP: Final[list[str]] = THEME["range"]["ramp"]
TOKENS: Final = {
    "#24508f": "region-americas",
    "#c17f0e": "region-africa",
    "#1f9585": "region-asia-pacific",
    "#8d55cc": "region-europe",
    "#7d1a2c": "region-interregional",
    "#bcd7da": "chart-1",
    "#83b4bc": "chart-2",
    "#468e9b": "chart-3",
    "#176577": "chart-4",
    "#063a47": "chart-5",
    "#e6eae8": "chart-0",
    "#dfe4e2": "chart-grid",
    "#7d8a88": "chart-axis",
    "#435150": "ink-soft",
    "#14201f": "ink",
    "#ffffff": "ground",
    "#a9b4b1": "chart-quiet",
}
COLOURS: Final = {token: colour for colour, token in TOKENS.items()}


def colour_of(token: str) -> str:
    """Return the fixed colour of a token; raise KeyError where there is none of that name."""
    return COLOURS[token]
