"""Which processes share participants, and with whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.utils.translation import gettext as _

from comity.pages.queries.taking_part import Column, Participant, TakingPart, read_taking_part
from comity.processes.models import COUNTED

# From how many shared participants on each shade of the table begins; none has no shade.
SHADES = (1, 3, 6, 12, 18)
MOST_PAIRS = 60


@dataclass(frozen=True)
class HeatCell:
    """How many participants two processes share; the diagonal counts those of one."""

    count: int
    shade: int
    is_own: bool
    anchor: str


@dataclass(frozen=True)
class SharedPair:
    """Two processes and the parties that take part in both."""

    one: Column
    other: Column
    count: int

    @property
    def anchor(self) -> str:
        """The name by which the cell of the table leads to its line in the list."""
        return f"{self.one.slug}-{self.other.slug}"

    @property
    def of_smaller(self) -> int:
        """How many of a hundred participants of the smaller process they are."""
        return round(100 * self.count / min(self.one.count, self.other.count))


Pairs = Mapping[tuple[int, int], SharedPair]


@dataclass(frozen=True)
class Overlaps:
    """What the page on overlaps shows."""

    columns: list[Column]
    rows: list[tuple[Column, list[HeatCell]]]
    pairs: list[SharedPair]
    possible: int
    behalf: list[str]
    members: "Members"

    @property
    def listed(self) -> list[tuple[SharedPair, list[Participant]]]:
        """The pairs that the page lists, with who is shared; its files hold all of them."""
        return [(pair, self.members.shared(pair)) for pair in self.pairs[:MOST_PAIRS]]


class Members:
    """Who counts as a participant of each process: a bit a party, so that pairs are cheap."""

    def __init__(self, found: TakingPart) -> None:
        self._participants = found.participants
        self._bits = {
            column.pk: sum(
                1 << number
                for number, each in enumerate(found.participants)
                if _counts_in(each, column)
            )
            for column in found.columns
        }

    def count(self, one: Column, other: Column) -> int:
        """Return how many take part in both."""
        return (self._bits[one.pk] & self._bits[other.pk]).bit_count()

    def shared(self, pair: SharedPair) -> list[Participant]:
        """Return who takes part in both, in the order of names."""
        both = self._bits[pair.one.pk] & self._bits[pair.other.pk]
        return [each for number, each in enumerate(self._participants) if both >> number & 1]


def read_overlaps(on: date, *, made_up: bool = False) -> Overlaps:
    """Return the participants that each pair of processes shares on that day.

    Only what is counted as a participant is shared: neither guests nor observers, nor open sets.
    """
    found = read_taking_part(on, made_up=made_up)
    members = Members(found)
    pairs = {
        (one.pk, other.pk): SharedPair(one, other, members.count(one, other))
        for one, other in combinations(found.columns, 2)
    }
    rows = [
        (row, [_cell(row, column, pairs, members) for column in found.columns])
        for row in found.columns
    ]
    shared = [pair for pair in pairs.values() if pair.count]
    shared.sort(key=lambda pair: -pair.count)
    return Overlaps(found.columns, rows, shared, len(pairs), _on_behalf(shared, members), members)


def _on_behalf(pairs: Iterable[SharedPair], members: Members) -> list[str]:
    """Say where a shared party takes part in one of the two on behalf of a territory."""
    said = {
        _("%(process)s: %(party)s, on behalf of %(territory)s")
        % {"process": column.name, "party": each.name, "territory": place.behalf}: None
        for pair in pairs
        for each in members.shared(pair)
        for column in (pair.one, pair.other)
        for place in each.places[column.pk]
        if place.behalf and place.status in COUNTED
    }
    return list(said)


def _counts_in(participant: Participant, column: Column) -> bool:
    return any(place.status in COUNTED for place in participant.places.get(column.pk, ()))


def _cell(row: Column, column: Column, pairs: Pairs, members: Members) -> HeatCell:
    if column.pk == row.pk:
        return HeatCell(members.count(row, row), 0, is_own=True, anchor="")
    pair = pairs.get((row.pk, column.pk)) or pairs[column.pk, row.pk]
    return HeatCell(pair.count, shade_of(pair.count), is_own=False, anchor=pair.anchor)


def shade_of(count: int) -> int:
    """Return the shade of a number of shared participants, 0 for none."""
    return sum(count >= least for least in SHADES)
