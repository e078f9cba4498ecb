"""To whom mail about calls goes: who speaks for a party, its focal points, and secretariats."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet

from comity.core.facts import in_force
from comity.parties.models import Affiliation, Party, Person, Place
from comity.processes.models import PRESIDENCIES, SECRETARIATS, Participation, Term

Pair = tuple[int, int]
FOCAL = Q(post__is_focal_point=True, place__in=[Place.HOLDER, Place.ALTERNATE])


@dataclass(frozen=True, order=True)
class Recipient:
    """Where a mail goes, in which language it is written, and whether its links lead anywhere."""

    address: str
    language: str
    signs_in: bool = True


def people_asked(pairs: Collection[Pair], on: date) -> dict[Pair, list[Recipient]]:
    """Return who is told of what is asked, of each process and party, on that day.

    - Those who may speak for the party, and who holds a post of focal point or stands in for it.
    - Nobody of a party that takes no part, is barred, or has yet to say that it takes part.
    - Nobody who has left it, was erased, or may not sign in any more.
    - Where people of the party sign in, those alone. A party that works by mail is told at the
      addresses that are known of it.

    Costs three queries at any number of parties.
    """
    processes, parties = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    present = Participation.objects.showing_people(on).filter(
        process__in=processes, party__in=parties
    )
    reached = set(present.values_list("process", "party")) & set(pairs)
    found = _people(Q(may_speak=True) | FOCAL, {party for _process, party in reached}, on)
    signing_in = Party.objects.signing_in(on).filter(pk__in=parties)
    alone = set(signing_in.values_list("pk", flat=True))
    return {
        (process, party): recipients
        for process, party in sorted(reached)
        if (recipients := _recipients(found[party], signed_in_only=party in alone))
    }


def people_of_secretariats(processes: Collection[int], on: date) -> dict[int, list[Recipient]]:
    """Return the people who work for the secretariat of each process and sign in."""
    return _in_office(Term.objects.filter(office__in=SECRETARIATS), processes, on)


def people_presiding(processes: Collection[int], on: date) -> dict[int, list[Recipient]]:
    """Return the people of the presidency of each process who sign in; of a barred party, none."""
    presiding = Term.objects.filter(office__in=PRESIDENCIES).unless_suspended(on)
    return _in_office(presiding, processes, on)


def _in_office(
    terms: QuerySet[Term], processes: Collection[int], on: date
) -> dict[int, list[Recipient]]:
    held = terms.filter(in_force(on), process__in=processes)
    by_process: dict[int, set[int]] = defaultdict(set)
    for process, party in held.values_list("process", "party"):
        by_process[process].add(party)
    found = _people(Q(), {party for parties in by_process.values() for party in parties}, on)
    return {
        process: _recipients(
            [person for party in sorted(parties) for person in found[party]], signed_in_only=True
        )
        for process, parties in by_process.items()
    }


def _people(wanted: Q, parties: Collection[int], on: date) -> dict[int, list[Person]]:
    rows = (
        Affiliation.objects.filter(wanted, in_force(on), party__in=parties, person__erased_on=None)
        .select_related("person__user")
        .order_by("pk")
    )
    found: dict[int, list[Person]] = defaultdict(list)
    for row in rows:
        found[row.party_id].append(row.person)
    return found


def _recipients(people: Iterable[Person], *, signed_in_only: bool) -> list[Recipient]:
    """Return where ``people`` are written to, each address once."""
    found: dict[str, Recipient] = {}
    for person in people:
        user = person.user
        if user is None and (signed_in_only or not person.email):
            continue
        if user is not None and not user.is_active:
            continue
        address = user.email if user else person.email
        language = (user.language if user else "") or person.language or settings.LANGUAGE_CODE
        found.setdefault(address.casefold(), Recipient(address, language, user is not None))
    return list(found.values())
