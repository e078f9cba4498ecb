"""Who is to be reached in a process on a day: by party, and by network."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from comity.accounts.models import User
from comity.core.facts import perhaps_in_force
from comity.core.sorting import sort_key
from comity.parties.directory import Held, PostLine, held_of, read_posts
from comity.parties.models import Party
from comity.parties.models.parties import PartyQuerySet, name_of
from comity.processes.models import (
    TAKING_PART,
    Contact,
    Network,
    Participation,
    Process,
    Status,
)

# Who has not been asked for so long may have left.
STALE_AFTER = timedelta(days=365)
STATUS_WORDS = dict(Status.choices)


@dataclass(frozen=True)
class Filter:
    """What of a directory is wanted: one party by its code, one network, or all."""

    party: str = ""
    network: Network | None = None


@dataclass(frozen=True)
class Entry:
    """A party with its posts and who is there."""

    pk: int
    code: str
    name: str
    url: str
    status: str
    is_member: bool = False
    posts: list[PostLine] = field(default_factory=list)

    @property
    def says_nobody(self) -> bool:
        """Whether nobody is named, or for a member no post of focal point, be it vacant."""
        if not self.is_member:
            return not self.posts
        # Who is found by a network is named, whatever the post.
        return not any(post.is_focal_point or post.pk is None for post in self.posts)


@dataclass(frozen=True)
class Place:
    """A person in a network, with what brings them there."""

    contact: int
    version: int
    held: Held
    party: Party
    party_name: str
    post: str
    ministry: str
    confirmed_on: date | None
    has_ended: bool
    is_stale: bool = False


def read_directory(process: Process, on: date, wanted: Filter) -> list[Entry]:
    """Return who takes part on that day, in the order of the process, and who is to be reached.

    With a network, who is in it, be it from an office that takes no part. Costs four queries at
    any length.
    """
    rows = Participation.objects.on(on).filter(process=process, status__in=TAKING_PART)
    named = rows.annotate(party_name=name_of("party", on)).select_related("party")
    entries: dict[int, Entry] = {}
    for row in named.order_by("order", "pk"):
        if wanted.party in {"", row.party.code}:
            entries.setdefault(
                row.party_id,
                Entry(
                    pk=row.party_id,
                    code=row.party.code,
                    name=row.party_name,
                    url=row.party.get_absolute_url(),
                    status=str(STATUS_WORDS[row.status]),
                    is_member=row.status == Status.MEMBER,
                ),
            )
    if wanted.network:
        return _within(wanted, on, entries)
    for pk, lines in read_posts(list(entries), on, listed_only=True).items():
        entries[pk].posts.extend(lines)
    return [*entries.values()]


def _within(wanted: Filter, on: date, taking_part: dict[int, Entry]) -> list[Entry]:
    """Return the parties whose people are in the network, and of their people those."""
    assert wanted.network is not None
    entries: dict[int, Entry] = {}
    for place in places_in(wanted.network, on):
        party = place.party
        if place.has_ended or wanted.party not in {"", party.code}:
            continue
        known = taking_part.get(party.pk)
        blank = Entry(party.pk, party.code, place.party_name, party.get_absolute_url(), "")
        entry = entries.setdefault(party.pk, known or blank)
        entry.posts.append(
            PostLine(
                pk=None,
                title=place.post,
                ministry=place.ministry,
                is_focal_point=False,
                is_listed=True,
                people=[place.held],
            )
        )
    return [*entries.values()]


def networks_of(process: Process) -> QuerySet[Network]:
    """Return the networks of a process, each with how many contacts and how many stale ones."""
    before = stale_before(timezone.localdate())
    stale = Q(contacts__confirmed_on=None) | Q(contacts__confirmed_on__lt=before)
    return process.networks.annotate(
        size=Count("contacts"), stale=Count("contacts", filter=stale & Q(contacts__isnull=False))
    )


def places_in(network: Network, on: date) -> list[Place]:
    """Return who is in a network, by party, and whether what brought them there has ended."""
    contacts = (
        network.contacts.select_related("affiliation__person", "affiliation__post__ministry")
        .annotate(
            party_name=name_of("affiliation__party", on),
            seconded_name=name_of("affiliation__seconded_by", on),
        )
        .select_related("affiliation__party")
    )
    found = [
        Place(
            contact=row.pk,
            version=row.version,
            held=held_of(row.affiliation, row.seconded_name),
            party=row.affiliation.party,
            party_name=row.party_name,
            post=str(row.affiliation.post or ""),
            ministry=str((row.affiliation.post and row.affiliation.post.ministry) or ""),
            confirmed_on=row.confirmed_on,
            is_stale=row.confirmed_on is None or row.confirmed_on < stale_before(on),
            has_ended=bool(row.affiliation.ends_latest and row.affiliation.ends_latest < on),
        )
        for row in contacts
    ]
    return sorted(found, key=lambda place: (sort_key(place.party_name), sort_key(place.held.name)))


def stale_before(on: date) -> date:
    """Return the day before which a contact was confirmed too long ago, seen from ``on``."""
    return on - STALE_AFTER


def parties_of_offices(parties: Collection[int]) -> dict[int, int]:
    """Return of each office among ``parties`` the organisation to which it belongs."""
    rows = Party.objects.filter(pk__in=parties, part_of__isnull=False)
    return {pk: whole for pk, whole in rows.values_list("pk", "part_of") if whole is not None}


def networks_by_affiliation(process: Process) -> dict[int, tuple[str, ...]]:
    """Return in which networks of the process each affiliation is."""
    found: dict[int, list[str]] = defaultdict(list)
    contacts = Contact.objects.filter(network__process=process).select_related("network")
    for contact in contacts.order_by("network", "pk"):
        found[contact.affiliation_id].append(str(contact.network))
    return {affiliation: tuple(names) for affiliation, names in found.items()}


@dataclass(frozen=True)
class Room:
    """A process whose people the reader sees."""

    name: str
    people_url: str
    networks_url: str


def rooms_of(user: User, on: date) -> list[Room]:
    """Return the processes of which ``user`` is a member or the secretariat on that day."""
    present = Participation.objects.held_by(user, on).unless_suspended(on)
    member = present.filter(status=Status.MEMBER).values("process")
    run = Process.objects.run_by(user, on)
    found = Process.objects.filter(pk__in=member) | Process.objects.filter(pk__in=run)
    return [
        Room(
            str(process),
            reverse("directory:directory", args=[process.slug]),
            reverse("directory:networks", args=[process.slug]),
        )
        for process in found.distinct()
    ]


def own_parties(user: User, on: date) -> list[Party]:
    """Return the parties to which ``user`` belongs on that day, by name."""
    own = Party.objects.of(user, on).distinct().with_name(on)
    return sorted(own, key=lambda party: sort_key(str(party)))


def parties_of(process: Process, on: date) -> PartyQuerySet:
    """Return who takes part in a process or holds an office of it that day, and their offices."""
    taking_part = Participation.objects.on(on).filter(process=process, status__in=TAKING_PART)
    holding = process.terms.filter(perhaps_in_force(on))
    wanted = Party.objects.filter(pk__in=taking_part.values("party")) | Party.objects.filter(
        pk__in=holding.values("party")
    )
    return (wanted | Party.objects.filter(part_of__in=wanted.values("pk"))).distinct()


def reachable(process: Process, on: date) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return who may be put into a network, by party."""
    named = {party.pk: str(party) for party in parties_of(process, on).with_name(on)}
    found = []
    for pk, lines in read_posts(list(named), on, listed_only=False).items():
        people = [
            (one.affiliation, f"{one.name}, {line.title}" if line.title else one.name)
            for line in lines
            for one in line.people
        ]
        if people:
            found.append((named[pk], people))
    return sorted(found, key=lambda group: sort_key(group[0]))
