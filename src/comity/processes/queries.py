"""What the pages about the record of a process ask, across models."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, Model, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.accounts.authority import Actor
from comity.accounts.models import User
from comity.audit.models import Event, EventQuerySet, Versioned
from comity.parties.models import Party
from comity.parties.models.parties import name_of
from comity.processes.models import (
    PRESIDENCIES,
    TAKING_PART,
    Agreement,
    Alias,
    ApprovedList,
    Area,
    Body,
    LiaisonVisit,
    Meeting,
    OpenSet,
    Participation,
    Partnership,
    Process,
    Request,
    Seat,
    Series,
    Stage,
    Term,
    Turn,
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
    (Meeting, "process"),
    (Series, "process"),
)
REMOVABLE = (Body, OpenSet, Alias, Area, Partnership)


FEWEST_OF_TROIKA = 2

# What the page with all pages of editing counts.
COUNTED_ROWS: dict[str, type[Model]] = {
    "agreements": Agreement,
    "approved": ApprovedList,
    "areas": Area,
    "bodies": Body,
    "meetings": Meeting,
    "names": Alias,
    "participants": Participation,
    "partners": Partnership,
    "requests": Request,
    "rotation": Turn,
    "stages": Stage,
    "terms": Term,
    "visits": LiaisonVisit,
}


@dataclass(frozen=True)
class Rotation:
    """Who presided, presides and will, and the order in which the presidency goes round."""

    past: Sequence[Term]
    present: Sequence[Term]
    following: Sequence[Term]
    turns: Sequence[Turn]
    passed_over: Sequence[Turn]
    next_turn: Turn | None


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


def participations_to_confirm(actor: Actor, on: date) -> QuerySet[Participation]:
    """Return what processes say of the parties that ``actor`` speaks for, and they have not said.

    What has ended by then needs no answer any more.
    """
    if not isinstance(actor, User):
        return Participation.objects.none()
    going_on = Q(ends_latest=None) | Q(ends_latest__gte=on)
    listed = Participation.objects.filter(
        going_on,
        confirmed_at=None,
        status__in=TAKING_PART,
        party__in=Party.objects.spoken_for_by(actor, on),
    )
    named = listed.annotate(party_name=name_of("party", on)).select_related("process")
    return named.order_by("process", "order", "pk")


def troika(process: Process, on: date) -> Troika:
    """Return who presides on that day, who did before, and who does next.

    The next is who has a term already; else whose turn it is in the order of rotation.
    """
    chair = rotation_of(process, on)
    following = chair.following[0] if chair.following else chair.next_turn
    return Troika(
        previous=chair.past[0].party if chair.past else None,
        current=chair.present[0].party if chair.present else None,
        following=following.party if following else None,
    )


def in_troika(chair: Troika) -> dict[int, Promise]:
    """Return by primary key what each party of the troika is in it."""
    places = (
        (chair.following, _("presides next")),
        (chair.previous, _("presided before")),
        (chair.current, _("presides")),
    )
    return {party.pk: words for party, words in places if party}


def is_of_troika(sitting: Iterable[int], places: Container[int]) -> bool:
    """Tell whether it means something in a body that one of its seats is of the troika.

    It does where several of the troika sit, as in a steering group.
    """
    return sum(party in places for party in set(sitting)) >= FEWEST_OF_TROIKA


def rotation_of(process: Process, on: date) -> Rotation:
    """Return the presidencies of ``process`` as they stand on that day, and whose turn is next.

    What the source dates vaguely is present. Past ones stand latest first.
    """
    named = process.terms.filter(office__in=PRESIDENCIES).annotate(party_name=name_of("party", on))
    latest_begun = F("begins_earliest").desc(nulls_last=True)
    terms = list(named.select_related("party").order_by(latest_begun, "-pk"))
    following = [term for term in terms if term.begins_earliest and term.begins_earliest > on]
    past = [term for term in terms if term.ends_latest and term.ends_latest < on]
    present = [term for term in terms if term not in following and term not in past]
    past.sort(key=lambda term: (term.ends_latest, term.pk), reverse=True)
    turns = list(process.rotation.annotate(party_name=name_of("party", on)).select_related("party"))
    holder = next(iter([*present, *past]), None)
    since = holder.begins_earliest if holder else None
    passed_over = [
        turn
        for turn in turns
        if turn.passed_over_on and not (since and since > turn.passed_over_on)
    ]
    waiting = [turn for turn in _after(turns, holder) if turn not in passed_over]
    return Rotation(past, present, following[::-1], turns, passed_over, next(iter(waiting), None))


def _after(turns: Sequence[Turn], holder: Term | None) -> list[Turn]:
    """Return ``turns`` from the one after ``holder`` on, once round."""
    order = [turn.party_id for turn in turns]
    first = order.index(holder.party_id) + 1 if holder and holder.party_id in order else 0
    return [*turns[first:], *turns[:first]]


def counts_of(process: Process) -> dict[str, int]:
    """Return how many rows each page of editing of ``process`` holds, in one query."""
    found = {
        name: Coalesce(
            Subquery(
                model._default_manager.filter(process=process.pk)
                .order_by()
                .values("process")
                .annotate(rows=Count("pk"))
                .values("rows")
            ),
            0,
        )
        for name, model in COUNTED_ROWS.items()
    }
    counts = Process.objects.filter(pk=process.pk).values_list(*found.values()).get()
    return dict(zip(found, counts, strict=True))
