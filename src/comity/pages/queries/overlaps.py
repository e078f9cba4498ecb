"""Which processes share participants, and with whom."""

from dataclasses import dataclass
from datetime import date
from itertools import combinations

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
    shared: list[Participant]

    @property
    def anchor(self) -> str:
        """The name by which the cell of the table leads to its line in the list."""
        return f"{self.one.slug}-{self.other.slug}"

    @property
    def of_smaller(self) -> int:
        """How many of a hundred participants of the smaller process they are."""
        return round(100 * len(self.shared) / min(self.one.count, self.other.count))


@dataclass(frozen=True)
class Overlaps:
    """What the page on overlaps shows."""

    columns: list[Column]
    rows: list[tuple[Column, list[HeatCell]]]
    pairs: list[SharedPair]
    possible: int

    @property
    def listed(self) -> list[SharedPair]:
        """The pairs that the page lists; its files hold all of them."""
        return self.pairs[:MOST_PAIRS]


def read_overlaps(on: date, *, made_up: bool = False) -> Overlaps:
    """Return the participants that each pair of processes shares on that day.

    Only what is counted as a participant is shared: neither guests nor observers, nor open sets.
    """
    found = read_taking_part(on, made_up=made_up)
    members = _members(found)
    pairs = {
        (one.pk, other.pk): SharedPair(
            one, other, [each for each in members[one.pk] if _counts_in(each, other)]
        )
        for one, other in combinations(found.columns, 2)
    }
    rows = [(column, _cells(column, found.columns, pairs, members)) for column in found.columns]
    shared = [pair for pair in pairs.values() if pair.shared]
    shared.sort(key=lambda pair: -len(pair.shared))
    return Overlaps(found.columns, rows, shared, len(pairs))


def _members(found: TakingPart) -> dict[int, list[Participant]]:
    return {
        column.pk: [each for each in found.participants if _counts_in(each, column)]
        for column in found.columns
    }


def _counts_in(participant: Participant, column: Column) -> bool:
    return any(place.status in COUNTED for place in participant.places.get(column.pk, ()))


def _cells(
    row: Column,
    columns: list[Column],
    pairs: dict[tuple[int, int], SharedPair],
    members: dict[int, list[Participant]],
) -> list[HeatCell]:
    cells = []
    for column in columns:
        if column.pk == row.pk:
            cells.append(HeatCell(len(members[row.pk]), 0, is_own=True, anchor=""))
            continue
        pair = pairs.get((row.pk, column.pk)) or pairs[column.pk, row.pk]
        count = len(pair.shared)
        cells.append(HeatCell(count, shade_of(count), is_own=False, anchor=pair.anchor))
    return cells


def shade_of(count: int) -> int:
    """Return the shade of a number of shared participants, 0 for none."""
    return sum(count >= least for least in SHADES)
