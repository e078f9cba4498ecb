"""Numbers of notes: a series, the year, and a number that goes on by one."""

from typing import TYPE_CHECKING, Any, Final

from comity.correspondence.models import Circular, Direction, Note, NumberPlan
from comity.processes.models import Process

if TYPE_CHECKING:
    from django.db.models import QuerySet

RECEIVED: Final = "IN"
SENT: Final = "OUT"
CIRCULAR: Final = "CIRC"


def number_plan(process: Process) -> NumberPlan:
    """Return the series of a process; where it has set none, the usual ones, which are no row."""
    found = NumberPlan.objects.filter(process=process).first()
    return found or NumberPlan(process=process, received=RECEIVED, sent=SENT, circular=CIRCULAR)


def next_number(process: Process, direction: str, year: int) -> str:
    """Return the number after the highest of that year in the register, in one direction."""
    plan = number_plan(process)
    series = plan.received if direction == Direction.IN else plan.sent
    notes = Note.objects.filter(process=process, direction=direction)
    return _after(notes.values_list("number", flat=True), f"{series}/{year}/")


def next_circular(process: Process, year: int) -> str:
    """Return the number after the highest of that year among the circular notes."""
    start = f"{number_plan(process).circular}/{year}/"
    circulars = Circular.objects.filter(process=process)
    return _after(circulars.values_list("number", flat=True), start)


def _after(numbers: "QuerySet[Any, str]", start: str) -> str:
    taken = [number.removeprefix(start) for number in numbers.filter(number__startswith=start)]
    highest = max((int(each) for each in taken if each.isascii() and each.isdigit()), default=0)
    return f"{start}{highest + 1}"
