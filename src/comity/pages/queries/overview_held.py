"""Who takes part in each process, with no more than the overview says of thousands of rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from comity.core.facts import perhaps_in_force
from comity.parties.models.parties import name_of
from comity.processes.models import Participation


@dataclass(slots=True)
class Held:
    """A participation with the names of the day, and nothing that the overview does not say.

    The fields are those of the query, in their order; a process may call the party otherwise.
    """

    pk: int
    process_id: int
    party_id: int
    status: str
    order: int
    note: str
    begins: str
    begins_earliest: date | None
    begins_latest: date | None
    name: str
    behalf: str | None


def read_held(processes: Iterable[int], on: date) -> dict[int, list[Held]]:
    """Return who may take part in each of the processes on that day, in the record's order."""
    rows = Participation.objects.filter(perhaps_in_force(on), process__in=list(processes))
    named = rows.annotate(name=name_of("party", on), behalf=name_of("for_territory", on))
    found: dict[int, list[Held]] = defaultdict(list)
    for row in named.order_by("order", "pk").values_list(*Held.__slots__):
        held = Held(*row)
        found[held.process_id].append(held)
    return found
