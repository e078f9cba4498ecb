"""The offices that a source names without saying who holds them."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from comity.core.facts import in_force_on
from comity.processes.models import SECRETARIATS, Body, Term, perhaps_held

# In what a source calls the kind of a body.
OF_A_CHAIR = ("chair", "presidency")
OF_A_SECRETARIAT = "secretariat"


def names_chair(kind: str) -> bool:
    """Whether a body of this kind, in the words of its source, is who presides."""
    return any(word in kind.lower() for word in OF_A_CHAIR)


def names_secretariat(kind: str) -> bool:
    """Whether a body of this kind, in the words of its source, is a secretariat."""
    return OF_A_SECRETARIAT in kind.lower()


def secretariat_bodies() -> QuerySet[Body]:
    """Return the bodies that their sources call secretariats."""
    return Body.objects.filter(kind__icontains=OF_A_SECRETARIAT).order_by("pk")


def unheld_secretariats(on: date) -> dict[int, Body]:
    """Return the first secretariat of each process of which nobody says who holds it that day.

    Nothing is known of a process before it began.
    """
    terms = Term.objects.filter(
        perhaps_held(on), office__in=SECRETARIATS, process=OuterRef("process")
    )
    begun = Q(process__begins_earliest=None) | Q(process__begins_earliest__lte=on)
    found: dict[int, Body] = {}
    for body in secretariat_bodies().filter(begun, ~Exists(terms)):
        if in_force_on(body.begins, body.ends, on):
            found.setdefault(body.process_id, body)
    return found
