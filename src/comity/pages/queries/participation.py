"""The participation table: parties by process, filtered and in the order that the reader asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from comity.pages.queries.taking_part import (
    Column,
    Participant,
    Place,
    TakingPart,
    read_taking_part,
)
from comity.parties.models import Region
from comity.processes.models import TAKING_PART, OpenSet, Status
from comity.sources.marks import Marks

EMPTY = mark_safe("<td></td>")
# The shape of each mark; what is counted is a full disc.
SHAPES = {
    Status.OBSERVER: "observer",
    Status.INVITED: "invited",
    Status.PARTNER: "partner",
    Status.SUSPENDED: "suspended",
    Status.WITHDRAWN: "withdrawn",
    Status.CONTESTED: "contested",
}


class Order:
    """In which order the parties stand."""

    REGION = "region"
    NAME = "name"
    NUMBER = "number"


ORDERS: dict[str, str | Promise] = {
    Order.REGION: _("By region and name"),
    Order.NAME: _("By name"),
    Order.NUMBER: _("By number of processes"),
}


@dataclass(frozen=True)
class TableChoice:
    """What the reader asks of the table; an empty choice is no filter."""

    on: date
    region: str = ""
    status: str = ""
    order: str = Order.REGION
    made_up: bool = False


@dataclass(frozen=True)
class TableRow:
    """A party, its cells drawn, and in how many processes it takes part."""

    name: str
    url: str
    cells: SafeString
    number: int


@dataclass(frozen=True)
class Group:
    """Rows under one heading; without a name the rows stand alone."""

    code: str
    name: str
    rows: list[TableRow]


@dataclass(frozen=True)
class Heading:
    """A region with the number of the columns that stand under it."""

    code: str
    name: str
    width: int


@dataclass(frozen=True)
class Key:
    """A mark that stands in the table, with its words."""

    shape: str
    words: str


@dataclass(frozen=True)
class ParticipationTable:
    """The table as the page shows it."""

    columns: list[Column]
    headings: list[Heading]
    groups: list[Group]
    keys: list[Key]
    open_sets: list[tuple[str, str, SafeString]]
    parties: int
    beside: int
    unmarked: list[str]
    places: int
    is_vague: bool
    regions: set[str]
    statuses: set[str]

    @property
    def summary(self) -> str:
        """How many parties, processes and places the table shows, in words.

        Parties that are nowhere counted as participants are told beside the others.
        """
        parts = [
            ngettext("%(count)s party", "%(count)s parties", self.parties)
            % {"count": self.parties},
            ngettext("%(count)s process", "%(count)s processes", len(self.columns))
            % {"count": len(self.columns)},
            ngettext("%(count)s participation", "%(count)s participations", self.places)
            % {"count": self.places},
        ]
        if self.beside:
            parts.append(
                ngettext(
                    "and %(count)s observer, guest or partner",
                    "and %(count)s observers, guests or partners",
                    self.beside,
                )
                % {"count": self.beside}
            )
        return ", ".join(parts)

    @property
    def width(self) -> int:
        """How many columns there are, the names and the sums included."""
        return len(self.columns) + 2


def choose(found: TakingPart, choice: TableChoice) -> list[Participant]:
    """Return the parties that ``choice`` keeps, in its order."""
    kept = [
        each
        for each in found.participants
        if (not choice.region or each.region == choice.region)
        and (not choice.status or any(p.status == choice.status for p in each.all_places()))
    ]
    if choice.order == Order.REGION:
        order = list(Region)
        kept.sort(key=lambda each: order.index(Region(each.region)) if each.region else len(order))
    elif choice.order == Order.NUMBER:
        kept.sort(key=lambda each: -each.number)
    return kept


def read_table(choice: TableChoice) -> ParticipationTable:
    """Return the table that ``choice`` asks for."""
    found = read_taking_part(choice.on, made_up=choice.made_up)
    columns, participants = found.columns, choose(found, choice)
    drawn = _Cells(columns)
    rows = [(each, drawn.row(each)) for each in participants]
    own = {column.pk for column in columns}
    open_sets = [each for each in OpenSet.objects.all() if each.process_id in own]
    marks = Marks([(OpenSet, [each.pk for each in open_sets])])
    names = {column.pk: column.name for column in columns}
    return ParticipationTable(
        columns=columns,
        headings=_headings(columns),
        groups=_groups(rows, choice),
        keys=drawn.keys(),
        open_sets=[
            (names[each.process_id], each.words, marks.of(OpenSet, each.pk)) for each in open_sets
        ],
        parties=sum(bool(choice.status or each.number) for each in participants),
        beside=0 if choice.status else sum(_is_beside(each) for each in participants),
        unmarked=[each.name for each in participants if not each.places],
        places=_count(participants, choice),
        is_vague=any(place.is_vague for each in participants for place in each.all_places()),
        regions={each.region for each in found.participants},
        statuses={place.status for each in found.participants for place in each.all_places()},
    )


def _is_beside(participant: Participant) -> bool:
    """Return whether the party takes part, and nowhere in a way that is counted."""
    return not participant.number and any(
        place.status in TAKING_PART for place in participant.all_places()
    )


def _count(participants: Iterable[Participant], choice: TableChoice) -> int:
    """Return in how many places the parties take part; of the status chosen, if one is."""
    if not choice.status:
        return sum(each.number for each in participants)
    places = (place for each in participants for place in each.all_places())
    return sum(place.status == choice.status for place in places)


def words_of_place(place: Place) -> str:
    """Return how a party takes part, as the table and its files say it."""
    words = str(place.status.label)
    if not place.behalf:
        return words
    return pgettext("participation", "%(status)s on behalf of %(territory)s") % {
        "status": words,
        "territory": place.behalf,
    }


class _Cells:
    """Draws the cells of the table; the same cell is drawn once."""

    def __init__(self, columns: list[Column]) -> None:
        self._columns = columns
        self._drawn: dict[tuple[int, tuple[Place, ...]], SafeString] = {}
        self._keys: dict[str, Key] = {}

    def row(self, participant: Participant) -> SafeString:
        places = participant.places
        cells = (
            self._cell(column, tuple(places[column.pk])) if column.pk in places else EMPTY
            for column in self._columns
        )
        return mark_safe("".join(cells))  # noqa: S308 -- each cell is escaped

    def keys(self) -> list[Key]:
        """Return the marks that were drawn, participants first."""
        return [self._keys[shape] for shape in sorted(self._keys)]

    def _cell(self, column: Column, places: tuple[Place, ...]) -> SafeString:
        key = (column.pk, places)
        if key not in self._drawn:
            marks = "".join(self._mark(place) for place in places)
            # An attribute less where it can be: a large table has many cells.
            cell = (
                f'<td class="p" data-region="{column.region}" data-label="{escape(column.name)}">'
            )
            self._drawn[key] = mark_safe(f"{cell}{marks}</td>")  # noqa: S308 -- escaped
        return self._drawn[key]

    def _mark(self, place: Place) -> SafeString:
        words = words_of_place(place)
        shape = "for-territory" if place.behalf else SHAPES.get(place.status, "")
        self._keys.setdefault(shape, Key(shape, words))
        return format_html('<span class="{}">{}</span>', f"mark {shape}".strip(), words)


def _groups(rows: Iterable[tuple[Participant, SafeString]], choice: TableChoice) -> list[Group]:
    def drawn(some: Iterable[tuple[Participant, SafeString]]) -> list[TableRow]:
        return [TableRow(each.name, each.url, cells, each.number) for each, cells in some]

    if choice.order != Order.REGION:
        return [Group("", "", drawn(rows))]
    names = dict(Region.choices)
    return [
        Group(region, str(names[Region(region)]) if region else "", drawn(some))
        for region, some in groupby(rows, key=lambda pair: pair[0].region)
    ]


def _headings(columns: Iterable[Column]) -> list[Heading]:
    names = dict(Region.choices)
    return [
        Heading(region, str(names[Region(region)]), len(list(some)))
        for region, some in groupby(columns, key=lambda column: column.region)
    ]
