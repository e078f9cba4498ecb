"""Who is to be reached in a process on a day: by party, and by network."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from comity.accounts.authority import Actor
from comity.accounts.models import User
from comity.core.facts import has_begun, in_force
from comity.core.sorting import sort_key
from comity.parties.directory import Held, PostLine, held_of, read_posts, without_addresses
from comity.parties.models import Affiliation, Party
from comity.parties.models.parties import PartyQuerySet, belonging_to, name_of
from comity.processes.models import (
    SECRETARIATS,
    TAKING_PART,
    Contact,
    Network,
    Participation,
    Process,
    Status,
)

# Who has not been asked for so long may have left.
STALE_AFTER = timedelta(days=365)
# What a party that signs in shows of its people to others.
SHOWN = Q(post__is_focal_point=True) | Q(post__is_listed=True)
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
    awaits_party: bool = False
    is_reached: bool = False
    posts: list[PostLine] = field(default_factory=list)
    order: tuple[int, int] = (0, 0)

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


def read_directory(process: Process, on: date, wanted: Filter, reader: Actor) -> list[Entry]:
    """Return who takes part on that day, in the order of the process, and who is to be reached.

    Of a party that has yet to confirm that it takes part, nobody: see ``agreed``. Of one whose
    people ``reader`` does not reach today, the names of those who were there on a past day.
    With a network, who is in it, be it from an office that takes no part. Costs five queries at
    any length.
    """
    today = timezone.localdate()
    rows = Participation.objects.on(on).filter(process=process, status__in=TAKING_PART)
    agreed = Participation.objects.filter(in_force(on), pk=OuterRef("pk")).agreed(today)
    showing = Participation.objects.showing_people(today).filter(
        process=process, party=OuterRef("party")
    )
    own = set(_own(reader, today).values_list("pk", flat=True))
    named = rows.annotate(
        party_name=name_of("party", on), is_agreed=Exists(agreed), is_reached=Exists(showing)
    ).select_related("party")
    entries: dict[int, Entry] = {}
    for row in named.order_by("-is_agreed", "order", "pk"):
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
                    awaits_party=not row.is_agreed,
                    is_reached=row.is_reached or row.party_id in own,
                    order=(row.order, row.pk),
                ),
            )
    if wanted.network:
        return _within(wanted, on, entries, reader)
    agreed_parties = [pk for pk, entry in entries.items() if not entry.awaits_party]
    for pk, lines in read_posts(agreed_parties, on, listed_only=True).items():
        is_reached = entries[pk].is_reached
        entries[pk].posts.extend(lines if is_reached else map(without_addresses, lines))
    return sorted(entries.values(), key=lambda entry: entry.order)


def _within(wanted: Filter, on: date, taking_part: dict[int, Entry], reader: Actor) -> list[Entry]:
    """Return the parties whose people are in the network, and of their people those."""
    assert wanted.network is not None
    entries: dict[int, Entry] = {}
    for place in places_in(wanted.network, on, reader):
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


def networks_of(process: Process, reader: Actor) -> QuerySet[Network]:
    """Return the networks of a process, each with how many contacts and how many stale ones.

    Those whom ``reader`` does not reach are not counted, nor those who left as stale.
    """
    today = timezone.localdate()
    reached = Affiliation.objects.filter(people_reached(process, today, reader))
    shown = Q(contacts__affiliation__in=reached.values("pk")) & has_begun(
        today, "contacts__affiliation__"
    )
    there = Q(contacts__affiliation__ends_latest=None) | Q(
        contacts__affiliation__ends_latest__gte=today
    )
    before = stale_before(today)
    stale = Q(contacts__confirmed_on=None) | Q(contacts__confirmed_on__lt=before)
    return process.networks.annotate(
        size=Count("contacts", filter=shown), stale=Count("contacts", filter=shown & there & stale)
    )


def places_in(network: Network, on: date, reader: Actor) -> list[Place]:
    """Return who is in a network, by party, and whether what brought them there has ended.

    Whom ``reader`` does not reach today is in it on no day. What was confirmed later is not said
    of an earlier day.
    """
    today = timezone.localdate()
    reached = Affiliation.objects.filter(people_reached(network.process, today, reader))
    contacts = (
        network.contacts.filter(
            has_begun(on, "affiliation__"), affiliation__in=reached.values("pk")
        )
        .select_related("affiliation__person", "affiliation__post__ministry")
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
            confirmed_on=None if _is_after(row.confirmed_on, on) else row.confirmed_on,
            is_stale=row.confirmed_on is None or row.confirmed_on < stale_before(on),
            has_ended=bool(row.affiliation.ends_latest and row.affiliation.ends_latest < on),
        )
        for row in contacts
    ]
    return sorted(found, key=lambda place: (sort_key(place.party_name), sort_key(place.held.name)))


def _is_after(confirmed_on: date | None, on: date) -> bool:
    return confirmed_on is not None and confirmed_on > on


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


def shows_people(process_slugs: Collection[str], party: Party, on: date) -> bool:
    """Tell whether the directory of one of these processes shows the people of ``party``.

    It does so on that day and today: who has left is reached by nobody through it.
    """
    listed = Participation.objects.filter(process__slug__in=process_slugs, party=party)
    days = {on, timezone.localdate()}
    return all(listed.showing_people(day).exists() for day in days)


def parties_of(process: Process, on: date, reader: Actor) -> PartyQuerySet:
    """Return the parties whose people the secretariat of a process may put on its lists.

    That is who certainly takes part and has agreed to it; who holds an office of the process,
    and their offices, where nobody of them signs in or they are the reader's own.
    """
    agreed = Participation.objects.showing_people(on).filter(process=process)
    taking_part = Party.objects.filter(pk__in=agreed.values("party"))
    by_mail = ~Q(pk__in=Party.objects.signing_in(on).values("pk"))
    own = _own(reader, on)
    open_to_it = by_mail | Q(pk__in=own.values("pk")) | belonging_to(own)
    holding = process.terms.filter(in_force(on)).values("party")
    wanted = taking_part | Party.objects.filter(open_to_it, pk__in=holding)
    return (wanted | Party.objects.filter(open_to_it, part_of__in=wanted.values("pk"))).distinct()


def people_of(process: Process, on: date, reader: Actor) -> Q:
    """Return the condition on an affiliation that its person may be put on lists of the process.

    Of a party that signs in and is not the reader's own, those are the holders of posts that it
    shows.
    """
    own, signing_in = _own(reader, on), Party.objects.signing_in(on)
    all_of = Party.objects.filter(
        ~Q(pk__in=signing_in.values("pk")) | Q(pk__in=own.values("pk")) | belonging_to(own)
    )
    of_lists = Q(party__in=parties_of(process, on, reader).values("pk"))
    return of_lists & (Q(party__in=all_of.values("pk")) | SHOWN)


def people_reached(process: Process, on: date, reader: Actor) -> Q:
    """Return the condition on an affiliation that ``reader`` reaches its person by the process.

    To whom may be put on its lists come the people of its secretariats, which put themselves
    there, and the reader's own. A secretariat that is listed as taking part as well has agreed
    to that, or shows nobody.
    """
    serving = process.terms.filter(in_force(on), office__in=SECRETARIATS).values("party")
    listed = Participation.objects.filter(process=process).values("party")
    of_secretariat = Q(pk__in=serving) | Q(part_of__in=serving)
    there = Party.objects.filter(of_secretariat).exclude(pk__in=listed)
    own = Q(party__in=_own(reader, on).values("pk"))
    return people_of(process, on, reader) | Q(party__in=there.values("pk")) | own


def _own(reader: Actor, on: date) -> PartyQuerySet:
    return Party.objects.of(reader, on) if isinstance(reader, User) else Party.objects.none()


def reachable(process: Process, on: date, reader: Actor) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return who may be put into a network, by party."""
    named = {party.pk: str(party) for party in parties_of(process, on, reader).with_name(on)}
    open_to_it = set(
        Affiliation.objects.filter(people_of(process, on, reader)).values_list("pk", flat=True)
    )
    found = []
    for pk, lines in read_posts(list(named), on, listed_only=False).items():
        people = [
            (one.affiliation, f"{one.name}, {line.title}" if line.title else one.name)
            for line in lines
            for one in line.people
            if one.affiliation in open_to_it
        ]
        if people:
            found.append((named[pk], people))
    return sorted(found, key=lambda group: sort_key(group[0]))
