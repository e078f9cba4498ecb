"""The maps of the pages: asked for here, drawn in the worker."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.office.models import PUBLIC, Drawing
from comity.office.pictures import Table, WorldMap
from comity.office.services import request_drawing
from comity.pages.queries.process import ProcessPage
from comity.parties.models import Region
from comity.processes.approved import outline_map, read_map

MOST_SHADES = 5
# Where the small map of a process looks: a turn of the globe and a scale for each region.
VIEWS = {
    Region.AMERICAS: ([80, -8, 0], 115),
    Region.AFRICA: ([-18, -2, 0], 190),
    Region.ASIA_PACIFIC: ([-125, -8, 0], 135),
    Region.EUROPE: ([-25, -52, 0], 260),
    Region.GULF_MIDDLE_EAST: ([-45, -25, 0], 330),
}
SMALL_WIDTH, SMALL_HEIGHT = 330, 250


def map_of_engagement(
    parties: Iterable[Any],  # Any: named tuples
    members: Iterable[Iterable[int]],
) -> Drawing | None:
    """Return the map of how many processes each State takes part in, or none without outlines.

    ``parties`` have ``pk``, ``m49`` and ``name``, by name; ``members`` are those of each process.
    """
    counts = Counter(party for group in members for party in group)
    rows = [(each.m49, each.name, counts[each.pk]) for each in parties]
    words = {
        m49: ngettext("%(name)s: %(count)d process", "%(name)s: %(count)d processes", count)
        % {"name": name, "count": count}
        for m49, name, count in rows
        if m49 and count
    }
    try:
        return request_drawing(
            picture=WorldMap(
                values={
                    m49: min(count, MOST_SHADES) for m49, _name, count in rows if m49 and count
                },
                labels=words,
            ),
            title=_("How many processes each State takes part in"),
            table=Table([_("Party"), _("Processes")], [[name, n] for _m49, name, n in rows]),
            access=PUBLIC,
            source=_("MC/INF/266, Annex II. Boundaries: Natural Earth."),
        )
    except LookupError:  # no outlines are loaded
        return None


@dataclass(frozen=True)
class ProcessMap:
    """The small map of who takes part, and what the process wants to stand beside its maps.

    Without ``disclaimer`` the usual words stand there.
    """

    drawing: Drawing
    disclaimer: str


def map_of_process(page: ProcessPage) -> ProcessMap | None:
    """Return the small map of who takes part in a process, or none without outlines.

    It is drawn by the outlines that the process has approved for the day; else by those of the
    platform.
    """
    process = page.process
    chosen = read_map(process.pk, page.on)
    colour = f"region-{process.region}"
    if chosen and chosen.boundaries:
        names = {each.code: each.name for each in page.participants}
        picture, source = outline_map(chosen, names, colour), chosen.source
    else:
        names = {each.m49: each.name for each in page.participants if each.m49}
        picture, source = _by_world(process.region, names), _("Boundaries: Natural Earth.")
    if not names:
        return None
    try:
        drawing = request_drawing(
            picture=picture,
            title=_("Who takes part"),
            table=Table(
                [_("Party"), _("Status")],
                [[each.name, each.status] for each in page.participants],
            ),
            access=PUBLIC,
            source=" ".join([source, *words_of_footnotes(page.footnotes)]),
        )
    except LookupError:  # no outlines are loaded
        return None
    return ProcessMap(drawing, chosen.disclaimer if chosen else "")


def words_of_footnotes(footnotes: Mapping[str, str]) -> list[str]:
    """Return each footnote as it stands under a list."""
    return [f"{mark} {text}" for mark, text in footnotes.items()]


def _by_world(place: str, names: Mapping[str, str]) -> WorldMap:
    """Return the map by the outlines of the platform, turned to the region of the process."""
    turn, scale = VIEWS.get(Region(place), ([-11, 0, 0], 62))
    is_whole = place not in VIEWS
    projection = {
        "type": "equalEarth" if is_whole else "azimuthalEqualArea",
        "rotate": turn,
        "scale": scale,
        "translate": [SMALL_WIDTH / 2, SMALL_HEIGHT / 2],
        **({} if is_whole else {"clipAngle": 60}),
    }
    return WorldMap(
        values=dict.fromkeys(names, f"region-{place}"),
        labels=names,
        width=SMALL_WIDTH,
        height=SMALL_HEIGHT,
        projection=projection,
        dot=18,
        smallest=1.5,
    )
