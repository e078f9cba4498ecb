"""Who takes part in which process on a day: what the pages across all processes start from."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from comity.core.facts import has_begun
from comity.core.sorting import sort_key
from comity.core.translated import text_in
from comity.pages.queries.party_lists import named_parties
from comity.parties.models import Party, Region
from comity.processes.models import (
    COUNTED,
    Participation,
    Process,
    ProcessKind,
    Status,
    perhaps_held,
)

REGION_ORDER = list(Region)


@dataclass(frozen=True)
class Column:
    """A process, with the number of its participants on the day."""

    pk: int
    slug: str
    name: str
    url: str
    region: str
    count: int


@dataclass(frozen=True)
class Place:
    """How a party takes part in one process."""

    status: Status
    behalf: str
    is_vague: bool


@dataclass(frozen=True)
class Participant:
    """A party with its places, by process."""

    code: str
    name: str
    sorted_as: str
    region: str
    url: str
    places: dict[int, list[Place]]

    def all_places(self) -> Iterator[Place]:
        """Go through its places in all processes."""
        return chain.from_iterable(self.places.values())

    @property
    def number(self) -> int:
        """In how many processes it takes part, in whatever way that is counted."""
        return sum(
            any(place.status in COUNTED for place in places) for places in self.places.values()
        )


@dataclass(frozen=True)
class TakingPart:
    """All processes and all parties that take part in any of them on one day."""

    columns: list[Column]
    participants: list[Participant]


def read_taking_part(on: date, *, made_up: bool = False) -> TakingPart:
    """Return who takes part where on that day, in five queries; parties in the reader's order.

    What a source dates vaguely is shown: a place is vague where it may or may not hold. Processes
    that had not begun are left out. Parties that the record names for meetings only have no place.
    """
    rows = list(
        Participation.objects.filter(
            perhaps_held(on),
            process__kind=ProcessKind.PROCESS,
            process__is_made_up=made_up,
        )
        .order_by("pk")
        .values_list("party_id", "process_id", "status", "for_territory_id", "begins_latest")
    )
    territories = _named({row[3] for row in rows if row[3]}, on)
    places: dict[int, dict[int, list[Place]]] = defaultdict(lambda: defaultdict(list))
    counts: Counter[int] = Counter()
    # A large record has thousands of rows, and few kinds of places.
    alike: dict[tuple[str, int | None, bool], Place] = {}
    for party, process, status, territory, begun in rows:
        key = (status, territory, begun is None or begun > on)
        if key not in alike:
            behalf = territories[territory].name if territory else ""
            alike[key] = Place(Status(status), behalf, key[2])
        places[party][process].append(alike[key])
        counts[process] += status in COUNTED
    language = get_language() or "en"
    columns = columns_of(counts, made_up=made_up, on=on)
    named = (
        named_parties().filter(is_made_up=made_up, participations=None).values_list("pk", flat=True)
    )
    participants = [
        Participant(
            code=party.code,
            name=party.name,
            sorted_as=sort_key(party.name, language),
            region=party.region,
            url=party.get_absolute_url(),
            places=dict(places.get(pk, {})),
        )
        for pk, party in _named({*places, *named}, on).items()
    ]
    participants.sort(key=lambda each: each.sorted_as)
    return TakingPart(columns, participants)


def _named(keys: Iterable[int], on: date) -> dict[int, Any]:  # Any: parties with ``name``
    """Return the parties of those keys under the names of the day."""
    return Party.objects.with_name(on).in_bulk(list(keys))


def columns_of(counts: Mapping[int, int], *, made_up: bool, on: date | None = None) -> list[Column]:
    """Return the processes by region, each with its number of participants.

    Those that had certainly not begun by the day ``on`` are left out.
    """
    found = Process.objects.filter(kind=ProcessKind.PROCESS, is_made_up=made_up)
    processes: list[Any] = list(found.filter(has_begun(on)) if on else found)
    processes.sort(key=lambda each: (REGION_ORDER.index(Region(each.region)), each.order, each.pk))
    return [
        Column(
            each.pk,
            each.slug,
            text_in(each.short_name),
            reverse("pages:process", args=[each.slug]),
            each.region,
            counts.get(each.pk, 0),
        )
        for each in processes
    ]
