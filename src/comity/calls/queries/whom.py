"""Whom a call asks on a day."""

from datetime import date
from typing import Any

from comity.calls.models import AskedBy, Call
from comity.core.facts import in_force
from comity.parties.models import Party
from comity.processes.models import Participation, Seat


def asked_parties(call: Call, on: date) -> list[Party]:
    """Return the parties that ``call`` asks on that day; who is barred is never asked."""
    match call.asked_by:
        case AskedBy.STATUS:
            held = taking_part(call, on).filter(status__in=call.asked_statuses)
        case AskedBy.BODY:
            seats = Seat.objects.filter(in_force(on), body=call.asked_body_id)
            held = seats.unless_suspended(on, "body__process")
        case _:
            chosen = call.asked_parties.values("pk")
            held = taking_part(call, on).filter(party__in=chosen)
    return list(Party.objects.filter(pk__in=held.values("party")).order_by("pk"))


def taking_part(call: Call, on: date) -> Any:  # noqa: ANN401 -- its queryset is generic
    """Return who takes part in the process of ``call`` on that day and is not barred."""
    present = Participation.objects.filter(in_force(on), process=call.process_id)
    return present.unless_suspended(on)
