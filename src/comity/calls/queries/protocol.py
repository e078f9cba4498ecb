"""What parties are called in a process, and in which order they stand: never by lateness."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.processes.approved import Names, Place, read_names
from comity.processes.models import Participation


@dataclass(frozen=True)
class Protocol:
    """The names and the order of the parties of one process on a day."""

    names: Names
    orders: Mapping[int, int]

    def called(self, party: int, name: str) -> str:
        """Return what the process calls a party that the record calls ``name``."""
        found = self.names.called.get(party)
        return found.shown if found else name

    def place(self, party: int, name: str) -> Place:
        """Return the key by which a party stands in lists."""
        return self.names.place(party, name, self.orders.get(party, 0))

    def notes_of(self, rows: Iterable[Any]) -> Mapping[str, str]:
        """Return the footnotes of the names of ``rows``, which have a ``party_id``, by mark."""
        return self.names.notes_of(row.party_id for row in rows)


def read_protocol(process: int, on: date) -> Protocol:
    """Return the order and the names that hold in a process on that day, in two queries."""
    rows = Participation.objects.filter(process=process).order_by("order", "pk")
    orders: dict[int, int] = {}
    for party, order in rows.values_list("party_id", "order"):
        orders.setdefault(party, order)
    return Protocol(read_names(process, on), orders)
