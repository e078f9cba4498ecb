"""What an office opens to the people of its holder, and who gains and loses it by a hand-over."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.core.facts import in_force
from comity.parties.models import Party, Person
from comity.processes.models import KEEPERS, PRESIDENCIES, SECRETARIATS, Office, Term

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


def preview_hand_over(term: Term, to: Party, on: date) -> HandOver:
    """Return what ends, what begins and who gains and loses which rights, before it is done.

    A right that a party has by another office too is neither lost nor gained.
    """
    words = [str(term.get_office_display()), *([str(term.body)] if term.body else [])]
    return HandOver(
        office=" · ".join(words),
        last_day=on - timedelta(days=1),
        first_day=on,
        loses=_side(term, term.party, on),
        gains=_side(term, to, on),
    )


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
