"""Which processes share participants, and with whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, compress
from typing import Any

from django.utils.translation import gettext as _

from comity.pages.queries.taking_part import Column, Participant, TakingPart, read_taking_part
from comity.processes.models import COUNTED

# From how many shared participants on each shade of the table begins; none has no shade.
SHADES = (1, 3, 6, 12, 18)
MOST_PAIRS = 60
# So many processes a table can show that is still looked at: 3,600 cells.
MOST_COLUMNS = 60


@dataclass(frozen=True)
class HeatCell:
    """How many participants two processes share; the diagonal counts those of one.

    ``anchor`` is empty where the pair is not among those that the page lists.
    """

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


@dataclass(frozen=True)
class Overlaps:
    """What the page on overlaps shows: ``columns`` are those of the table, among ``processes``."""

    processes: int
    columns: list[Column]
    rows: list[tuple[Column, list[HeatCell]]]
    pairs: list[SharedPair]
    possible: int
    behalf: list[str]
    members: "Members"

    @property
    def is_cut(self) -> bool:
        """Whether the table shows less than all processes."""
        return len(self.columns) < self.processes

    @property
    def listed(self) -> list[tuple[SharedPair, list[Participant]]]:
        """The pairs that the page lists, with who is shared; its files hold all of them."""
        return [(pair, self.members.shared(pair)) for pair in self.pairs[:MOST_PAIRS]]


class Members:
    """Who counts as a participant of each process: a byte a party, so that pairs are cheap."""

    def __init__(self, found: TakingPart) -> None:
        self._participants = found.participants
        # One number for all bytes: two processes are met in one step, and bits are counted in one.
        self._bits = {
            column.pk: int.from_bytes(
                bytes(_counts_in(each, column) for each in found.participants), "little"
            )
            for column in found.columns
        }

    def count(self, one: Column, other: Column) -> int:
        """Return how many take part in both."""
        return (self._bits[one.pk] & self._bits[other.pk]).bit_count()

    def shared(self, pair: SharedPair) -> list[Participant]:
        """Return who takes part in both, in the order of names."""
        return list(self._of(self._participants, pair))

    def names(self, pairs: Iterable[SharedPair]) -> list[str]:
        """Return the names of who takes part in both, for each of ``pairs``."""
        known = [each.name for each in self._participants]
        return ["; ".join(self._of(known, pair)) for pair in pairs]

    def _of(self, values: Sequence[Any], pair: SharedPair) -> Iterable[Any]:
        both = self._bits[pair.one.pk] & self._bits[pair.other.pk]
        return compress(values, both.to_bytes(len(values), "little"))


def read_overlaps(on: date, *, made_up: bool = False, region: str = "") -> Overlaps:
    """Return the participants that each pair of processes shares on that day.

    Only what is counted as a participant is shared: neither guests nor observers, nor open sets.
    With a ``region``, only processes of it are paired. The pairs are all, those with most in
    common first; the table holds at most ``MOST_COLUMNS`` processes, those of the first pairs.
    """
    found = read_taking_part(on, made_up=made_up)
    columns = [each for each in found.columns if not region or each.region == region]
    members = Members(found)
    counted = ((members.count(*both), *both) for both in combinations(columns, 2))
    pairs = [SharedPair(one, other, count) for count, one, other in counted if count]
    pairs.sort(key=lambda pair: -pair.count)
    shown = _shown(columns, pairs)
    listed = {(pair.one.pk, pair.other.pk): pair.anchor for pair in pairs[:MOST_PAIRS]}
    return Overlaps(
        processes=len(columns),
        columns=shown,
        rows=[(row, [_cell(row, column, members, listed) for column in shown]) for row in shown],
        pairs=pairs,
        possible=len(columns) * (len(columns) - 1) // 2,
        behalf=_on_behalf(columns, found.participants),
        members=members,
    )


def _shown(columns: list[Column], pairs: Iterable[SharedPair]) -> list[Column]:
    """Return all columns; where they are too many, those of the pairs with most in common."""
    if len(columns) <= MOST_COLUMNS:
        return columns
    chosen: dict[int, None] = {}
    for pair in pairs:
        if len(chosen) >= MOST_COLUMNS:
            break
        chosen |= {pair.one.pk: None, pair.other.pk: None}
    kept = set(list(chosen)[:MOST_COLUMNS])
    return [each for each in columns if each.pk in kept]


def _on_behalf(columns: Sequence[Column], participants: Iterable[Participant]) -> list[str]:
    """Say where a shared party takes part in one of the two on behalf of a territory."""
    return [
        _("%(process)s: %(party)s, on behalf of %(territory)s")
        % {"process": column.name, "party": each.name, "territory": place.behalf}
        for each in participants
        if any(place.behalf for place in each.all_places())
        and sum(_counts_in(each, column) for column in columns) > 1
        for column in columns
        for place in each.places.get(column.pk, ())
        if place.behalf and place.status in COUNTED
    ]


def _counts_in(participant: Participant, column: Column) -> bool:
    return any(place.status in COUNTED for place in participant.places.get(column.pk, ()))


def _cell(
    row: Column, column: Column, members: Members, listed: Mapping[tuple[int, int], str]
) -> HeatCell:
    count = members.count(row, column)
    if column.pk == row.pk:
        return HeatCell(count, 0, is_own=True, anchor="")
    anchor = listed.get((row.pk, column.pk)) or listed.get((column.pk, row.pk), "")
    return HeatCell(count, shade_of(count), is_own=False, anchor=anchor)


def shade_of(count: int) -> int:
    """Return the shade of a number of shared participants, 0 for none."""
    return sum(count >= least for least in SHADES)
