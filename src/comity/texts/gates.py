"""Where higher apps keep some readers out of revisions that their audience would open to them."""

from collections.abc import Callable
from datetime import date

from django.db.models import Q

from comity.accounts.authority import Actor
from comity.core.registry import Registry

# The condition that a circulated or final revision must meet to be read by the actor that day.
RevisionGate = Callable[[Actor, date], Q]

# Each narrows, none opens: the secretariat of the process passes them all.
draft_gates = Registry[RevisionGate]("gate of revisions")


def within_gates(actor: Actor, on: date) -> Q:
    """Return the condition that every gate lets ``actor`` read a revision on that day."""
    condition = Q()
    for gate in draft_gates:
        condition &= gate(actor, on)
    return condition
