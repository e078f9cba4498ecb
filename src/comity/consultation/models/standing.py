"""By what standing somebody takes part in a negotiation, as conditions on a row's process."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q

from comity.accounts.models import User
from comity.core.facts import in_force
from comity.processes.audiences import presided_by
from comity.processes.models import TAKING_PART, Participation, Process, Seat, Status
from comity.processes.models.offices import HeldQuerySet


def running(path: str, actor: User, on: date) -> Q:
    """Return the condition that ``actor`` works for the secretariat of the process."""
    return Q(**{f"{path}__in": Process.objects.run_by(actor, on)})


def seats_of_members(actor: User, on: date) -> HeldQuerySet[Seat]:
    """Return the seats that ``actor`` holds that day for a member of the process.

    A seat that an observer holds in the drafting committee opens nothing: members draft.
    """
    member = Participation.objects.filter(
        in_force(on),
        status=Status.MEMBER,
        party=OuterRef("party"),
        process=OuterRef("body__process"),
    )
    seats = Seat.objects.held_by(actor, on).unless_suspended(on, "body__process")
    return seats.filter(Exists(member))


def drafting(path: str, actor: User, on: date) -> Q:
    """Return the condition that ``actor`` presides or sits in the drafting committee."""
    bodies = seats_of_members(actor, on).values("body")
    presiding = presided_by(actor, on).values("process")
    return Q(**{f"{path}__in": presiding}) | Q(
        **{f"{path}__consultation_rules__committee__in": bodies}
    )


def being_member(path: str, actor: User, on: date) -> Q:
    """Return the condition that a party of ``actor`` is a member of the process."""
    return _in_status(path, actor, on, [Status.MEMBER])


def watching(path: str, actor: User, on: date) -> Q:
    """Return the condition that ``actor`` takes part where observers read drafts."""
    reading = Q(**{f"{path}__consultation_rules__observers_read_drafts": True})
    return reading & _in_status(path, actor, on, TAKING_PART)


def _in_status(path: str, actor: User, on: date, statuses: Sequence[Status]) -> Q:
    held = Participation.objects.held_by(actor, on).unless_suspended(on)
    return Q(**{f"{path}__in": held.filter(status__in=statuses).values("process")})
