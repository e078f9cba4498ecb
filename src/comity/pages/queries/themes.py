"""Which themes processes share, and in which words each of them names its own."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.safestring import SafeString

from comity.core.sorting import sort_key
from comity.core.translated import text_in
from comity.pages.queries.taking_part import Column, columns_of
from comity.processes.models import Area, ProcessKind, Theme
from comity.sources.marks import Marks


@dataclass(frozen=True)
class Words:
    """An area of interest in the words of its process, with where they stand."""

    text: str
    language: str
    sources: SafeString


@dataclass(frozen=True)
class ThemeRow:
    """A theme with the areas that belong to it, by process."""

    slug: str
    name: str
    cells: list[tuple[Column, list[Words]]]

    @property
    def processes(self) -> list[tuple[Column, list[Words]]]:
        """The processes that work on it."""
        return [(column, words) for column, words in self.cells if words]

    @property
    def is_alone(self) -> bool:
        """Whether one process alone works on it."""
        return len(self.processes) == 1


@dataclass(frozen=True)
class Convergence:
    """Themes by process."""

    columns: list[Column]
    themes: list[ThemeRow]
    areas: int

    @property
    def alone(self) -> int:
        """How many themes one process alone has."""
        return sum(each.is_alone for each in self.themes)

    @property
    def shared(self) -> int:
        """How many themes several processes share."""
        return len(self.themes) - self.alone


def read_convergence(*, made_up: bool = False) -> Convergence:
    """Return the themes, those that most processes share first, and their areas by process."""
    columns = columns_of({}, made_up=made_up)
    areas: list[Any] = list(  # Any: named tuples
        Area.objects.filter(process__kind=ProcessKind.PROCESS, process__is_made_up=made_up)
        .order_by(
            "process",
            Coalesce("part_of__order", "order"),
            F("part_of").asc(nulls_first=True),
            "order",
            "pk",
        )
        .values_list("pk", "process_id", "words", "language", "themes", named=True)
    )
    marks = Marks([(Area, {each.pk for each in areas})])
    found: dict[int, dict[int, list[Words]]] = defaultdict(lambda: defaultdict(list))
    for each in areas:
        if each.themes is not None:
            words = Words(each.words, each.language, marks.of(Area, each.pk))
            found[each.themes][each.process_id].append(words)
    rows = [_row(theme, columns, found[theme.pk]) for theme in Theme.objects.filter(pk__in=found)]
    rows.sort(key=lambda row: (-len(row.processes), sort_key(row.name)))
    return Convergence(columns, rows, len({each.pk for each in areas}))


def _row(theme: Theme, columns: list[Column], words: Mapping[int, list[Words]]) -> ThemeRow:
    cells = [(column, words.get(column.pk, [])) for column in columns]
    return ThemeRow(theme.slug, text_in(theme.name), cells)
