"""Where a party sits on a day, with whom, and on what its processes work."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.core.dates import in_words, parse_date
from comity.core.prepared import Rows
from comity.core.sorting import sort_key
from comity.core.translated import text_in
from comity.pages.queries.lines import address, foreign, since_words
from comity.pages.queries.party_rows import AREAS, NAMES_OF_OTHERS, OTHERS, OWN
from comity.processes.models import TAKING_PART, Area, Participation, Status
from comity.sources.marks import Marks
from comity.sources.vocabulary import said
from comity.ui.pieces import Label
from comity.ui.templatetags.ui import with_language

STATUS_WORDS = dict(Status.choices)
MOST_AREAS: Final = 5
MOST_SHARED: Final = 20
MOST_NAMED: Final = 60
# A table with a column for each process is read up to so many of them.
MOST_COLUMNS: Final = 8
MOST_SEATS: Final = 40
SHARED: Final = 2
_NO_MARK: Final = SafeString('<td class="p"></td>')


@dataclass(frozen=True)
class Seat:
    """A process in which the party takes part, in which way, with how many and on what."""

    process: Label
    slug: str
    status: str
    is_taking_part: bool
    behalf: str
    role: str
    since: str
    began_at: str
    began_at_url: str
    note: str
    process_since: str
    others: int
    areas: list[str]
    areas_language: str
    more_areas: int
    sources: SafeString


@dataclass(frozen=True)
class Companion:
    """Another party, the processes in which both sit, and their marks under the processes."""

    name: str
    url: str
    common: frozenset[str]
    cells: SafeString


@dataclass(frozen=True)
class Theme:
    """A theme of the party's processes, and the words in which each of them names it."""

    name: str
    url: str
    common: frozenset[str]
    cells: SafeString
    words: list[tuple[str, SafeString]]


class Seats:
    """Everything about the processes of a party on a day, in four questions.

    ``rows`` and ``areas`` are asked first; their marks are drawn with all others of the page.
    """

    def __init__(self, party: int, on: date) -> None:
        self.rows = OWN(party=party, on=on)
        self.areas = AREAS(party=party, on=on)
        self._sit_with(party, on)

    def _sit_with(self, party: int, on: date) -> None:
        slugs = {row.process_id: row.process__slug for row in self.rows}
        self._others: dict[int, int] = defaultdict(int)
        common: dict[int, set[str]] = defaultdict(set)
        for row in OTHERS(party=party, on=on):
            self._others[row.process_id] += 1
            common[row.party_id].add(slugs[row.process_id])
        known = {row.pk: row for row in NAMES_OF_OTHERS(party=party, on=on)}
        language = get_language() or settings.LANGUAGE_CODE
        shared = [
            (known[pk].name, known[pk].code, frozenset(processes))
            for pk, processes in common.items()
        ]
        shared.sort(key=lambda each: (-len(each[2]), sort_key(each[0], language)))
        self.met = len(shared)
        self.met_twice = sum(len(processes) >= SHARED for _name, _code, processes in shared)
        self.marked_columns = self._take_columns()
        self.companions = [
            Companion(
                name,
                address("pages:party", code),
                processes,
                _cells(self.marked_columns, processes, language),
            )
            for name, code, processes in shared[:MOST_SHARED]
        ]
        self.more_companions = format_html_join(
            ", ",
            '<a href="{}">{}</a>',
            (
                (address("pages:party", code), name)
                for name, code, _processes in shared[MOST_SHARED:MOST_NAMED]
            ),
        )
        self.unnamed_companions = max(0, self.met - MOST_NAMED)

    def _take_columns(self) -> tuple[tuple[str, str], ...]:
        """Return process and region of each column; none where there are too many to read."""
        taking = {
            row.process__slug: row.process__region for row in self.rows if row.status in TAKING_PART
        }
        return tuple(taking.items()) if 1 < len(taking) <= MOST_COLUMNS else ()

    def draw(self, marks: Marks) -> None:
        """Make what the page shows of the rows, with their marks."""
        words: dict[int, dict[int, Any]] = defaultdict(dict)  # Any: named tuples
        for row in self.areas:
            if row.part_of_id is None:
                words[row.process_id].setdefault(row.pk, row)
        self.every = [
            self._seat(row, list(words[row.process_id].values()), marks) for row in self.rows
        ]
        taking = [each for each in self.every if each.is_taking_part]
        self.total = len({each.slug for each in taking})
        self.shown = self.every[:MOST_SEATS]
        self.is_cut = len(self.every) > MOST_SEATS
        processes = {each.slug: each.process for each in taking}
        self.slugs, self.processes = list(processes), list(processes.values())
        self.columns = [processes[slug] for slug, _region in self.marked_columns]
        self.statuses = _statuses(taking)
        self.themes = _themes(self, marks)

    def _seat(self, row: Any, areas: Rows, marks: Marks) -> Seat:  # noqa: ANN401 -- a named tuple
        return Seat(
            process=Label(
                text_in(row.process__short_name),
                address("pages:process", row.process__slug),
                row.process__region,
            ),
            slug=row.process__slug,
            status=str(STATUS_WORDS[row.status]),
            is_taking_part=row.status in TAKING_PART,
            behalf=row.behalf if row.for_territory_id else "",
            role=_role(row),
            since=since_words(row.begins) if row.begins_earliest else "",
            began_at=text_in(row.since_meeting__title) if row.since_meeting__slug else "",
            began_at_url=address("pages:meeting", row.since_meeting__slug)
            if row.since_meeting__slug
            else "",
            note=said(row.note),
            process_since=in_words(parse_date(row.process__begins)) if row.process__begins else "",
            others=self._others[row.process_id],
            areas=[area.words for area in areas[:MOST_AREAS]],
            areas_language=foreign({area.language: "" for area in areas[:1]}),
            more_areas=max(0, len(areas) - MOST_AREAS),
            sources=marks.of(Participation, row.pk),
        )


def _role(row: Any) -> str:  # noqa: ANN401 -- a named tuple
    """Return as what kind of country the party takes part, where the record says so."""
    kinds = [
        (row.is_origin, _("origin")),
        (row.is_transit, _("transit")),
        (row.is_destination, _("destination")),
    ]
    roles = ", ".join(words for is_one, words in kinds if is_one)
    return _("country of %(roles)s") % {"roles": roles} if roles else ""


def _statuses(seats: Iterable[Seat]) -> list[tuple[str, int]]:
    """Return in how many processes the party has which status, in the order of the processes."""
    processes: dict[str, set[str]] = defaultdict(set)
    for seat in seats:
        processes[seat.status].add(seat.slug)
    return [(status, len(slugs)) for status, slugs in processes.items()]


@lru_cache(maxsize=4096)
def _cells(
    columns: tuple[tuple[str, str], ...], common: frozenset[str], _language: str
) -> SafeString:
    """Return a cell for each column, with a mark where both sit; many rows share theirs."""
    yes = _("yes")
    marked = '<td class="p" data-region="{}"><span class="mark">{}</span></td>'
    return format_html_join(
        "",
        "{}",
        (
            (format_html(marked, region, yes) if slug in common else _NO_MARK,)
            for slug, region in columns
        ),
    )


def _themes(seats: Seats, marks: Marks) -> list[Theme]:
    """Return the themes, those of most of the party's processes first."""
    slugs = {row.process_id: row.process__slug for row in seats.rows}
    labels = {row.process_id: text_in(row.process__short_name) for row in seats.rows}
    processes = reverse("pages:processes")
    language = get_language() or settings.LANGUAGE_CODE
    names: dict[str, str] = {}
    words: dict[str, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in seats.areas:
        if row.themes__slug:
            names[row.themes__slug] = text_in(row.themes__name)
            line = (with_language({row.language: row.words}), marks.of(Area, row.pk))
            words[row.themes__slug][row.process_id].append(line)
    themes = []
    for slug, found in words.items():
        common = frozenset(slugs[process] for process in found)
        themes.append(
            Theme(
                name=names[slug],
                url=f"{processes}?theme={slug}",
                common=common,
                cells=_cells(seats.marked_columns, common, language),
                words=[
                    (labels[process], format_html_join("; ", "{} {}", lines))
                    for process, lines in found.items()
                ],
            )
        )
    themes.sort(key=lambda each: (-len(each.common), sort_key(each.name, language)))
    return themes
