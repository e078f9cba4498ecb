"""What the pages about the record of a process ask, across models."""

from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q, QuerySet

from comity.audit.models import Event, EventQuerySet, Versioned
from comity.core.facts import perhaps_in_force
from comity.parties.models import Party
from comity.processes.models import (
    PRESIDENCIES,
    Agreement,
    Alias,
    Area,
    Body,
    Contact,
    Network,
    OpenSet,
    Participation,
    Partnership,
    Process,
    Seat,
    Stage,
    Term,
)

# What everybody may read of a process, and how each model finds it.
RECORD: tuple[tuple[type[Versioned], str], ...] = (
    (Process, "pk"),
    (Stage, "process"),
    (Participation, "process"),
    (OpenSet, "process"),
    (Body, "process"),
    (Seat, "body__process"),
    (Term, "process"),
    (Alias, "process"),
    (Area, "process"),
    (Partnership, "process"),
    (Agreement, "process"),
)
REMOVABLE = (OpenSet, Alias, Area, Partnership)


@dataclass(frozen=True)
class Troika:
    """Who presided, presides and presides next; ``None`` where nobody is known."""

    previous: Party | None
    current: Party | None
    following: Party | None


def record_events(process: Process) -> EventQuerySet:
    """Return what was done to the public record of ``process``, latest first.

    Rows that are gone are found by what the log says of them: that they were of this process.
    """
    wanted = Q(pk__in=())
    for model, path in RECORD:
        rows = model._default_manager.filter(**{path: process.pk}).values("pk")
        wanted |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=rows)
    for model in REMOVABLE:
        content_type = ContentType.objects.get_for_model(model)
        gone = Event.objects.filter(content_type=content_type, before__process=process.pk)
        wanted |= Q(content_type=content_type, object_id__in=gone.values("object_id"))
    return Event.objects.filter(wanted)


def troika(process: Process, on: date) -> Troika:
    """Return who presides on that day, who did before, and who does next.

    The next is who has a term already; else whose turn it is in the order of rotation.
    """
    terms = process.terms.filter(office__in=PRESIDENCIES).select_related("party")
    latest_begun = F("begins_earliest").desc(nulls_last=True)
    present = terms.filter(perhaps_in_force(on)).order_by(latest_begun, "-pk").first()
    others = terms.exclude(pk=present.pk) if present else terms
    previous = others.filter(ends_latest__lt=on).order_by("-ends_latest", "-pk").first()
    following = others.filter(begins_earliest__gt=on).order_by("begins_earliest", "pk").first()
    holder = present or previous
    return Troika(
        previous=previous.party if previous else None,
        current=present.party if present else None,
        following=following.party if following else _next_in_turn(process, holder),
    )


def _next_in_turn(process: Process, holder: Term | None) -> Party | None:
    order = [turn.party for turn in process.rotation.select_related("party")]
    if not order:
        return None
    if holder is None or holder.party not in order:
        return order[0]
    return order[(order.index(holder.party) + 1) % len(order)]


def contacts_to_confirm(network: Network, before: date) -> QuerySet[Contact]:
    """Return the contacts that nobody confirmed since ``before``, the longest ago first."""
    due = network.contacts.filter(Q(confirmed_on=None) | Q(confirmed_on__lt=before))
    longest_ago = F("confirmed_on").asc(nulls_first=True)
    return due.select_related("affiliation__person", "affiliation__party").order_by(
        longest_ago, "pk"
    )
