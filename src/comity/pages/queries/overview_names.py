"""The names and the order that processes have approved for a day, of all of them at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from comity.core.translated import text_in
from comity.processes.approved import Called, Names
from comity.processes.models import ApprovedName, approved_on


def names_by_process(processes: Iterable[int], on: date) -> Mapping[int, Names]:
    """Return what each process has approved for that day, in the active language, in one query."""
    language = get_language() or settings.LANGUAGE_CODE
    called: dict[int, dict[int, Called]] = defaultdict(dict)
    notes: dict[int, dict[str, str]] = defaultdict(dict)
    rows: Any = ApprovedName.objects.filter(  # Any: named tuples
        approved_on(on, "listed_in__"), listed_in__process__in=list(processes)
    ).values_list(
        "listed_in__process",
        "party",
        "name",
        "positions",
        "footnote__mark",
        "footnote__text",
        named=True,
    )
    for row in rows.order_by("pk"):
        process, mark = row.listed_in__process, row.footnote__mark or ""
        called[process][row.party] = Called(
            text_in(row.name), mark, (row.positions or {}).get(language)
        )
        if mark:
            notes[process][mark] = text_in(row.footnote__text)
    return {process: Names(found, notes[process]) for process, found in called.items()}


def rename(rows: Iterable[Any], names: Names) -> None:
    """Call the parties of ``rows``, which have their ``name``, as their process calls them."""
    for row in rows:
        if called := names.called.get(row.party_id):
            row.name = called.name
