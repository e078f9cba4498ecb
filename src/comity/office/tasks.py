"""Work on drawings that no page waits for."""

import gzip
import json

from django.utils import timezone

from comity.jobs.progress import Progress
from comity.office.maps import Spec, map_spec
from comity.office.models import Boundaries, Drawing, DrawingStatus
from comity.office.svg import download_svg, page_svg
from comity.office.theme import THEME

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
DOTS_PER_POINT = 2


def draw_drawing(*, drawing: int, progress: Progress) -> None:
    """Draw what a page has asked for.

    If it never runs, the page shows the table without the picture. Drawn twice, it is the same.
    """
    asked = Drawing.objects.get(pk=drawing)
    if not asked.is_ready:
        draw(asked)
    progress.tell(1, 1)


def draw(drawing: Drawing) -> None:
    """Draw ``drawing`` now; where that fails, keep the reason and raise it.

    The renderer takes a second and 200 MB: this runs in the worker or in a command.
    """
    try:
        svg, png = _render(drawing)
    except Exception as error:
        drawing.status, drawing.failure = DrawingStatus.FAILED, f"{type(error).__name__}: {error}"
        drawing.save(update_fields=["status", "failure"])
        raise
    drawing.status, drawing.failure = DrawingStatus.READY, ""
    drawing.svg, drawing.png = gzip.compress(svg.encode(), mtime=0), png
    drawing.made_at = timezone.now()
    drawing.save(update_fields=["status", "failure", "svg", "png", "made_at"])


def _render(drawing: Drawing) -> tuple[str, bytes]:
    import vl_convert  # noqa: PLC0415 -- 200 MB that no web process needs

    asked = drawing.spec
    spec = {"$schema": SCHEMA, **_vega_lite(asked), "config": THEME}
    # An empty list of addresses: whatever a specification says, nothing is loaded.
    drawn = vl_convert.vegalite_to_svg(json.dumps(spec), allowed_base_urls=[])
    svg = page_svg(
        drawn,
        drawing.title,
        name=f"drawing-{drawing.key[:12]}",
        size=asked.get("size", "wide"),
        marks=asked.get("marks", True),
    )
    return svg, vl_convert.svg_to_png(download_svg(svg), scale=DOTS_PER_POINT)


def _vega_lite(asked: Spec) -> Spec:
    if asked["picture"] == "map":
        return map_spec(asked, Boundaries.objects.get(name=asked["boundaries"]).shapes)
    found: Spec = asked["vega_lite"]
    _refuse_addresses(found)
    return found


def _refuse_addresses(found: object) -> None:
    """Raise ValueError where a specification would load something, be it from our own disk."""
    if isinstance(found, dict):
        if unwanted := {"url", "href"} & found.keys():
            raise ValueError(f"A drawing loads nothing: {', '.join(sorted(unwanted))}.")
        found = list(found.values())
    if isinstance(found, list):
        for part in found:
            _refuse_addresses(part)
