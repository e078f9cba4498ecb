"""What a table of the open data is, and what all of them share.

Each starts from what a visitor sees and leaves out what is made up. Nothing in them depends on
the day on which they are written: the same record gives the same bytes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from comity.api.exports.columns import Column, column, dated, party, texts
from comity.api.facts.kinds import Facts, rests_on

BATCH: Final = 500
# Names as they were last, whenever the tables are written.
LAST: Final = date.max
Rows = Callable[[], "QuerySet[Any, Any]"]
Say = Callable[[list[Any]], list[Facts]]


@dataclass(frozen=True)
class Table:
    """One table: its rows, what is said of them, and the columns in which that stands.

    ``key`` names the column that tells rows apart, ``key_field`` the field it comes from, and
    ``refers`` the tables to which columns lead.
    """

    name: str
    title: str | Promise
    key: str
    key_field: str
    columns: list[Column]
    refers: dict[str, str]
    rows: Rows
    say: Say

    def facts(self) -> Iterator[Facts]:
        """Go through what is said of each row, some hundred rows in memory at a time."""
        rows = self.rows().iterator(chunk_size=BATCH)
        while batch := list(islice(rows, BATCH)):
            yield from self.say(batch)


def on_record(at: str = "process") -> Q:
    """Return the condition for rows of no process, or of one that is not made up."""
    return Q(**{at: None}) | Q(**{f"{at}__is_made_up": False})


def one(say: Callable[[Any], Facts]) -> Say:
    """Return what says of rows one by one."""
    return lambda rows: [say(row) for row in rows]


def numbered(say: Callable[..., Facts], *, is_cited: bool = False) -> Say:
    """Return what says of rows that have no address of their own."""

    def said(rows: list[Any]) -> list[Facts]:
        if not is_cited:
            return [{"id": row.pk, **say(row)} for row in rows]
        rests = rests_on(rows)
        return [{"id": row.pk, **say(row, rests[row.pk])} for row in rows]

    return said


def in_process(model: Any) -> Rows:  # noqa: ANN401 -- a model with a process
    """Return how the rows of a model are read whose processes are not made up."""
    return lambda: (
        model.objects.filter(process__is_made_up=False)
        .select_related("process")
        .order_by("process__order", "pk")
    )


TITLE: Final = texts("title", "The title.")
NOTE: Final = column("note", "A remark.")
HELD: Final = [
    *party("party", "Who holds it."),
    *dated("begins", "Since when."),
    *dated("ends", "Until when."),
    *NOTE,
]
TO_PROCESS: Final = {"process": "processes"}
OF_PARTY: Final = {"party": "parties"}
