"""What an office opens to the people of its holder, and who gains and loses it by a hand-over."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comity.core.facts import in_force
from comity.parties.models import Party, Person
from comity.processes.models import (
    KEEPERS,
    PRESIDENCIES,
    SECRETARIATS,
    Body,
    Office,
    Seat,
    Term,
)
from comity.processes.queries import Troika, in_troika, is_of_troika

# What follows from an office, as permissions.py and audiences.py grant it.
OPENS: tuple[tuple[tuple[Office, ...], Promise], ...] = (
    (SECRETARIATS, _("reads all that the process has, and runs it")),
    (KEEPERS, _("edits the record that everybody reads")),
    (PRESIDENCIES, _("reads what is meant for the presidency")),
)


@dataclass(frozen=True)
class Side:
    """One of the two in a hand-over: what changes for it, and for which people who sign in."""

    party: str
    rights: list[Promise]
    people: list[str]


@dataclass(frozen=True)
class HandOver:
    """What a hand-over would do."""

    office: str
    last_day: date
    first_day: date
    loses: Side
    gains: Side
    chair: list[tuple[Promise, str, str]]
    seats: list[str]


def preview_hand_over(
    term: Term, to: Party, on: date, troikas: tuple[Troika, Troika] | None = None
) -> HandOver:
    """Return what ends, what begins and who gains and loses which rights, before it is done.

    A right that a party has by another office too is neither lost nor gained. ``troikas`` are
    who presided, presides and will before and after a presidency is handed over.
    """
    words = [str(term.get_office_display()), *([str(term.body)] if term.body else [])]
    return HandOver(
        office=" · ".join(words),
        last_day=on - timedelta(days=1),
        first_day=on,
        loses=_side(term, term.party, on),
        gains=_side(term, to, on),
        chair=_chair(troikas, on) if troikas else [],
        seats=_seats(term, troikas, on) if troikas else [],
    )


def _chair(troikas: tuple[Troika, Troika], on: date) -> list[tuple[Promise, str, str]]:
    """Return each place of the troika with who has it before and after."""
    named = Party.objects.with_name(on).in_bulk([pk for each in troikas for pk in in_troika(each)])

    def name(party: Party | None) -> str:
        return str(named[party.pk]) if party else "–"

    now, then = troikas
    return [
        (_("presided before"), name(now.previous), name(then.previous)),
        (_("presides"), name(now.current), name(then.current)),
        (_("presides next"), name(now.following), name(then.following)),
    ]


def _seats(term: Term, troikas: tuple[Troika, Troika], on: date) -> list[str]:
    """Return what the hand-over leaves as it is in bodies in which the troika sits."""
    now, then = (set(in_troika(each)) for each in troikas)
    held = Seat.objects.on(on).filter(body__process=term.process_id).select_related("body")
    sitting: dict[Body, set[int]] = {}
    for seat in held.order_by("body", "pk"):
        sitting.setdefault(seat.body, set()).add(seat.party_id)
    named = Party.objects.with_name(on).in_bulk(now | then)
    leaves = gettext("%(party)s leaves the troika; its seat in %(body)s goes on until you end it.")
    joins = gettext("%(party)s comes into the troika and has no seat in %(body)s.")
    return [
        words % {"party": named[party], "body": body}
        for body, parties in sitting.items()
        if is_of_troika(parties, now)
        for words, moved in ((leaves, (now - then) & parties), (joins, then - now - parties))
        for party in sorted(moved)
    ]


def _side(term: Term, party: Party, on: date) -> Side:
    others = Term.objects.filter(in_force(on), party=party, process=term.process_id)
    held = set(others.exclude(pk=term.pk).values_list("office", flat=True))
    rights = [
        right for offices, right in OPENS if term.office in offices and held.isdisjoint(offices)
    ]
    at_work = in_force(on, "affiliations__")
    people = Person.objects.filter(at_work, affiliations__party=party, user__isnull=False)
    named = Party.objects.with_name(on).get(pk=party.pk)
    return Side(str(named), rights, list(people.distinct().values_list("name", flat=True)))
