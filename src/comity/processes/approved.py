"""The names, the order and the map that a process has approved, as pages and files show them.

Before a process has approved any, its parties have the names of the record, stand in the order
of the alphabet, and maps carry the usual disclaimer.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.audit.models import Event, EventQuerySet
from comity.core.prepared import Prepared, Rows
from comity.core.sorting import sort_key
from comity.core.translated import text_in
from comity.office.models import Drawing
from comity.office.pictures import Table, WorldMap
from comity.office.services import request_drawing
from comity.parties.models.parties import SEATED, name_of
from comity.parties.queries import names_of_codes
from comity.processes.models import (
    TAKING_PART,
    ApprovedList,
    ApprovedMap,
    ApprovedName,
    Footnote,
    Participation,
    Process,
    approved_on,
)
from comity.sources.vocabulary import plain

MAP_WIDTH: Final = 330
MAP_HEIGHT: Final = 250
# A map wider than this many degrees of longitude is one of the world.
WIDEST: Final = 150
MARGIN: Final = 0.92
# Of all that is shown: what is smaller has a dot as well.
SMALLEST_OF_EXTENT: Final = 0.0012
PREVIEW_SCALE: Final = 2
# The access key of drawings that only the secretariat of a process sees.
OF_SECRETARIAT: Final = "process-run:"
Place = tuple[int, int, int, str]

NAMES = Prepared(
    lambda process, on: (
        ApprovedName.objects.filter(approved_on(on, "listed_in__"), listed_in__process=process)
        .order_by("pk")
        .values_list(
            "party_id",
            "name",
            "positions",
            "footnote__mark",
            "footnote__text",
        )
    )
)
MAPS = Prepared(
    lambda process, on: (
        ApprovedMap.objects.filter(approved_on(on), process=process)
        .order_by("-begins")
        .values_list("boundaries__name", "extent", "source", "disclaimer")
    )
)


@dataclass(frozen=True)
class Called:
    """What a party is called in the reader's language, with its mark, and where it stands."""

    name: str
    mark: str
    place: int | None

    @property
    def shown(self) -> str:
        """The name with its mark."""
        return f"{self.name}{self.mark}"


@dataclass(frozen=True)
class Names:
    """The names that a process has approved for a day; empty where it has approved none.

    ``footnotes`` are mark and text, of the names of the list.
    """

    called: Mapping[int, Called] = field(default_factory=dict)
    footnotes: Mapping[str, str] = field(default_factory=dict)

    def rename(self, rows: Rows) -> Rows:
        """Return ``rows``, which have ``party_id`` and ``name``, as the process calls them."""
        if not self.called:
            return rows
        return [
            row._replace(name=self.called[row.party_id].shown)
            if row.party_id in self.called
            else row
            for row in rows
        ]

    def place(self, party: int, name: str, order: int = 0) -> Place:
        """Return the key by which a party stands in lists.

        Those with a place in the order of the reader's language come first, in it. All others
        stand in the order of the list of participants where names are approved, and by name
        where none are.
        """
        language = get_language() or settings.LANGUAGE_CODE
        called = self.called.get(party)
        if called and called.place is not None:
            return 0, called.place, 0, ""
        if not self.called:
            return 1, 0, 0, sort_key(name, language)
        return 1, 0, order, sort_key(called.name if called else name, language)

    def notes_of(self, parties: Iterable[int]) -> dict[str, str]:
        """Return the footnotes that the names of ``parties`` have, by their marks."""
        marks = {self.called[party].mark for party in parties if party in self.called}
        return {mark: text for mark, text in self.footnotes.items() if mark in marks}

    def note_of(self, party: int) -> str:
        """Return the footnote of one party, or nothing."""
        called = self.called.get(party)
        return self.footnotes.get(called.mark, "") if called else ""


@dataclass(frozen=True)
class MapChoice:
    """The outlines and the disclaimer that the maps of a process use on a day.

    Without ``boundaries`` they are the outlines of the platform.
    """

    boundaries: str
    extent: list[float]
    source: str
    disclaimer: str


def read_names(process: int, on: date) -> Names:
    """Return the names that the process has approved for that day, in the reader's language."""
    return _names(NAMES(process=process, on=on))


def preview_names(
    listed: ApprovedList, language: str, today: date
) -> tuple[Names, list[ApprovedName]]:
    """Return the names of a list, approved or not, as who reads ``language`` would see them.

    The second are its rows in that order, each with its name ``on_record``.
    """
    rows: Any = list(  # Any: annotated
        listed.names.select_related("party", "footnote").annotate(on_record=name_of("party", today))
    )
    names = _names([_row_of(each) for each in rows], language)
    rows.sort(key=lambda each: _place_in_list(names.called[each.party_id], language))
    return names, rows


def _row_of(each: ApprovedName) -> "_Row":
    note = each.footnote
    mark, text = (note.mark, note.text) if note else (None, None)
    return _Row(each.party_id, each.name, each.positions, mark, text)


def read_map(process: int, on: date) -> MapChoice | None:
    """Return what the maps of the process use on that day; None for the usual."""
    row = next(iter(MAPS(process=process, on=on)), None)
    if row is None:
        return None
    return MapChoice(
        row.boundaries__name or "", row.extent or [], plain(row.source), text_in(row.disclaimer)
    )


@dataclass(frozen=True)
class MapPreview:
    """What the map of a process would look like, and who would be missing from it.

    Only States, territories and their unions are missed. ``others`` are outlines of parties that
    do not take part; they are drawn quietly.
    """

    drawing: Drawing | None
    not_drawn: list[str]
    others: list[str]


def preview_map(prepared: ApprovedMap, today: date) -> MapPreview:
    """Return the map by outlines that may not be approved yet, for the secretariat alone."""
    process = prepared.process
    present = Participation.objects.on(today).filter(
        process=process, status__in=TAKING_PART, party__kind__in=SEATED
    )
    rows: Any = present.annotate(name=name_of("party", today))  # Any: annotated
    listed = rows.order_by("order", "pk").values_list("party_id", "party__code", "name", named=True)
    renamed = read_names(process.pk, today).rename(list(listed))
    names = {row.party__code: row.name for row in renamed}
    boundaries = prepared.boundaries
    if boundaries is None:
        return MapPreview(None, [], [])
    found = [shape["code"] for shape in boundaries.shapes if shape["code"]]
    called = names_of_codes(found)
    source = plain(prepared.source)
    choice = MapChoice(boundaries.name, prepared.extent or [], source, text_in(prepared.disclaimer))
    drawn = {code: name for code, name in names.items() if code in found}
    drawing = request_drawing(
        picture=outline_map(choice, drawn, f"region-{process.region}", scale=PREVIEW_SCALE),
        title=_("Who takes part"),
        table=Table([_("Party"), _("Code")], [[name, code] for code, name in drawn.items()]),
        access=f"{OF_SECRETARIAT}{process.slug}",
        source=source,
    )
    return MapPreview(
        drawing,
        [name for code, name in names.items() if code not in found],
        [called.get(code, code) for code in found if code not in names],
    )


def of_secretariat(actor: Actor) -> Q:
    """Return the condition on drawings that the secretariat of a process alone sees."""
    run = Process.objects.run_by(actor, timezone.localdate()).values_list("slug", flat=True)
    return Q(access__in=[f"{OF_SECRETARIAT}{slug}" for slug in run])


def approved_events(process: Process) -> EventQuerySet:
    """Return what was done to the names and maps of ``process``, latest first."""
    wanted = Q(pk__in=())
    for model, path in (
        (ApprovedList, "process"),
        (ApprovedName, "listed_in__process"),
        (Footnote, "listed_in__process"),
        (ApprovedMap, "process"),
    ):
        kind = ContentType.objects.get_for_model(model)
        rows: Any = model._default_manager.filter(**{path: process.pk})  # Any: one of four models
        wanted |= Q(content_type=kind, object_id__in=rows.values("pk"))
        if path == "process":
            gone = Event.objects.filter(content_type=kind, before__process=process.pk)
            wanted |= Q(content_type=kind, object_id__in=gone.values("object_id"))
    return Event.objects.filter(wanted).select_related("content_type")


def outline_map(
    choice: MapChoice, names: Mapping[str, str], colour: str, *, scale: float = 1
) -> WorldMap:
    """Return the map of a process by its own outlines; ``names`` are by the codes of parties.

    ``scale`` makes it larger than the small map of a page.
    """
    west, south, east, north = choice.extent
    width, height = round(MAP_WIDTH * scale), round(MAP_HEIGHT * scale)
    square = (east - west) * (north - south)
    return WorldMap(
        values=dict.fromkeys(names, colour),
        labels=dict(names),
        boundaries=choice.boundaries,
        width=width,
        height=height,
        projection=_projection(choice.extent, width, height),
        dots_under=square * SMALLEST_OF_EXTENT,
        smallest=0,
        dot=18,
    )


def _projection(extent: list[float], width: int, height: int) -> dict[str, Any]:  # Any: Vega-Lite's
    """Return a projection that turns the globe to the middle of ``extent`` and fills the frame."""
    west, south, east, north = extent
    centre = [width / 2, height / 2]
    if east - west > WIDEST:
        scale = min(width, 2 * height) / (2 * math.pi) * MARGIN
        return {"type": "equalEarth", "scale": scale, "translate": centre}
    middle = (south + north) / 2
    narrowest = min(abs(south), abs(north)) if south * north > 0 else 0
    wide = math.radians(max(east - west, 0.01)) * math.cos(math.radians(narrowest))
    high = math.radians(max(north - south, 0.01))
    return {
        "type": "azimuthalEqualArea",
        "rotate": [-(west + east) / 2, -middle, 0],
        "scale": min(width / wide, height / high) * MARGIN,
        "translate": centre,
    }


@dataclass(frozen=True)
class _Row:
    """A name as the prepared question gives it."""

    party_id: int
    name: Mapping[str, str]
    positions: Mapping[str, int]
    footnote__mark: str | None
    footnote__text: Mapping[str, str] | None


def _names(rows: Rows, language: str = "") -> Names:
    wanted = language or get_language() or settings.LANGUAGE_CODE
    called = {
        row.party_id: Called(
            text_in(row.name, wanted), row.footnote__mark or "", row.positions.get(wanted)
        )
        for row in rows
    }
    footnotes = {
        row.footnote__mark: text_in(row.footnote__text, wanted)
        for row in rows
        if row.footnote__mark
    }
    return Names(called, dict(sorted(footnotes.items())))


def _place_in_list(called: Called, language: str) -> Place:
    if called.place is not None:
        return 0, called.place, 0, ""
    return 1, 0, 0, sort_key(called.name, language)
