"""The bodies of a process on a day with who sits in them, and the offices of that day."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.core.prepared import Rows
from comity.core.sorting import sort_key
from comity.pages.queries.lines import (
    Office,
    address_of_party,
    kept_name,
    office_line,
    period,
    since_words,
)
from comity.processes import models as tables
from comity.processes.models import PRESIDENCIES, SECRETARIATS
from comity.processes.queries import is_of_troika
from comity.processes.unheld import names_chair, names_secretariat
from comity.sources.marks import Marks
from comity.sources.vocabulary import said


@dataclass(frozen=True)
class SeatLine:
    """A party that sits in a body, whether it is in the chair, and since when."""

    name: str
    url: str
    is_chair: bool
    since: str
    note: str
    sources: SafeString


@dataclass(frozen=True)
class BodyLine:
    """A body of the process, from when until when it is dated, and its seats, chair first."""

    label: str
    name: str
    note: str
    when: str
    seats: list[SeatLine]
    sources: SafeString


class Offices:
    """Who presides, serves and sits on the day."""

    def __init__(self, bodies: Rows, terms: Rows, seats: Rows, marks: Marks) -> None:
        served = {*PRESIDENCIES, *SECRETARIATS, tables.Office.BODY_CHAIR}
        self.presidency = _lines(terms, PRESIDENCIES, marks)
        self.secretariats = _lines(terms, SECRETARIATS, marks)
        self.others = _lines(terms, set(tables.Office.values) - served, marks)
        chairs = defaultdict(list)
        for row in terms:
            if row.office == tables.Office.BODY_CHAIR:
                chairs[row.body_id].append(row)
        presiding = {row.party_id for row in terms if row.office in PRESIDENCIES}
        sitting = defaultdict(list)
        for row in seats:
            sitting[row.body_id].append(row)
        self.bodies = [
            BodyLine(
                label=said(row.two, at_start=True),
                name=kept_name(row.one),
                note=said(row.three),
                when=period(row.four, row.five),
                seats=_seats(chairs[row.pk], sitting[row.pk], presiding, marks),
                sources=marks.of(tables.Body, row.pk),
            )
            for row in bodies
        ]
        named = list(zip(self.bodies, bodies, strict=True))
        self.chair_body = _first(named, names_chair)
        self.secretariat_body = _first(named, names_secretariat)


def _first(named: list[tuple[BodyLine, Any]], is_wanted: Callable[[str], bool]) -> BodyLine | None:
    """Return the first body whose kind, in the words of the source, is wanted.

    Where the source names an office and not its holder, that is what is known.
    """
    return next((line for line, row in named if is_wanted(row.two)), None)


def _lines(terms: Rows, offices: Container[str], marks: Marks) -> list[Office]:
    return [office_line(row, marks) for row in terms if row.office in offices]


def _seats(chairs: Rows, sitting: Rows, presiding: Iterable[int], marks: Marks) -> list[SeatLine]:
    """Return who sits in a body: who chairs it first, the others by name.

    Who chairs and sits stands once, in the chair, with the beginning of that.
    """
    in_chair = {row.party_id for row in chairs}
    places = _troika(sitting, presiding)
    lines = [_seat(row, tables.Term, places, marks) for row in chairs]
    others = [
        _seat(row, tables.Seat, places, marks) for row in sitting if row.party_id not in in_chair
    ]
    return [*lines, *sorted(others, key=lambda each: sort_key(each.name))]


def _troika(sitting: Rows, presiding: Iterable[int]) -> dict[int, str]:
    """Return what each party of the troika is in it, for a body in which several of it sit.

    Who would be next by the order of rotation is not said: members alone read that.
    """
    rows = sitting[:1]
    places = {row.presides_next: _("presides next") for row in rows}
    places |= {row.presided_before: _("presided before") for row in rows}
    places |= dict.fromkeys(presiding, _("presides"))
    return places if is_of_troika((row.party_id for row in sitting), places) else {}


def _seat(row: Any, kind: type, places: dict[int, str], marks: Marks) -> SeatLine:  # noqa: ANN401 -- a named tuple
    said_of_it = [places.get(row.party_id, ""), said(row.note)]
    return SeatLine(
        name=row.name,
        url=address_of_party(row.party__code, row.party__kind),
        is_chair=kind is tables.Term,
        since=since_words(row.begins) if row.begins_earliest else "",
        note=format_html_join("; ", "{}", ((each,) for each in said_of_it if each)),
        sources=marks.of(kind, row.pk),
    )
