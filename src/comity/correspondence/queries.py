"""What pages show of the register: the notes that a reader may see, and what they wait for."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from comity.accounts.authority import Actor
from comity.accounts.models import User
from comity.core.facts import in_force
from comity.correspondence.models import Circular, Note, NoteQuerySet
from comity.parties.models import Party
from comity.parties.models.parties import PartyQuerySet, name_of
from comity.processes.approved import Names, read_names
from comity.processes.models import Participation, Process

# How far back one looks for the beginning of an exchange of notes.
LONGEST_CHAIN = 20


@dataclass(frozen=True)
class Wanted:
    """Which notes of a register are wanted."""

    words: str = ""
    direction: str = ""
    party: Party | None = None
    year: int | None = None
    only_due: bool = False


@dataclass(frozen=True)
class Line:
    """A note as the register lists it, with the parties that its reader may know of."""

    note: Note
    parties: list[str] = field(default_factory=list)
    is_answered: bool = False

    @property
    def awaits_reply(self) -> bool:
        """Whether a reply is due that has not come or gone."""
        return bool(self.note.reply_due_on) and not (self.is_answered or self.note.is_settled)

    @property
    def is_late(self) -> bool:
        """Whether the day on which a reply was due has passed."""
        due = self.note.reply_due_on
        return self.awaits_reply and due is not None and due < timezone.localdate()


def read_register(process: Process, wanted: Wanted, reader: Actor, on: date) -> NoteQuerySet:
    """Return the notes of a process that ``reader`` may see and wants, latest first."""
    notes = Note.objects.visible_to(reader, on).filter(process=process)
    for word in wanted.words.split():
        notes = notes.filter(
            Q(subject__icontains=word)
            | Q(number__icontains=word)
            | Q(reference__icontains=word)
            | Q(signatory__icontains=word)
        )
    if wanted.direction:
        notes = notes.filter(direction=wanted.direction)
    if wanted.party:
        notes = notes.filter(pk__in=Note.objects.filter(parties=wanted.party).values("pk"))
    if wanted.year:
        first, last = date(wanted.year, 1, 1), date(wanted.year, 12, 31)
        notes = notes.filter(
            Q(dated_earliest=None) | Q(dated_earliest__lte=last),
            Q(dated_latest=None) | Q(dated_latest__gte=first),
        )
    if wanted.only_due:
        notes = notes.awaiting_reply()
    return notes.select_related("process").order_by("-dated_earliest", "-pk")


def lines_of(
    notes: Iterable[Note], process: Process, reader: Actor, on: date, *, keeps: bool
) -> list[Line]:
    """Return notes as they are listed, in three queries.

    Whoever ``keeps`` the register sees all parties of a note; others their own alone: to whom
    else it went is told by the note, where it tells it.
    """
    listed = list(notes)
    keys = [note.pk for note in listed]
    named = Note.parties.through._default_manager.filter(note__in=keys)
    if not keeps:
        own = Party.objects.of(reader, on) if isinstance(reader, User) else Party.objects.none()
        named = named.filter(party__in=own)
    names = read_names(process.pk, on)
    parties: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows: Any = named.annotate(party_name=name_of("party", on))  # Any: annotated
    for note, party, name in rows.values_list("note", "party", "party_name"):
        called = names.called.get(party)
        parties[note].append((party, called.name if called else name))
    answered = set(Note.objects.filter(answers__in=keys).values_list("answers", flat=True))
    return [
        Line(
            note, [name for _party, name in _ordered(parties[note.pk], names)], note.pk in answered
        )
        for note in listed
    ]


def years_of(process: Process, reader: Actor, on: date) -> list[int]:
    """Return the years of which the register has notes that ``reader`` may see, latest first."""
    visible = Note.objects.visible_to(reader, on).filter(process=process)
    days = visible.filter(dated_earliest__isnull=False).order_by()
    years = days.values_list("dated_earliest__year", flat=True).distinct()
    return sorted(years, reverse=True)


def chain_of(note: Note, reader: Actor, on: date) -> list[Note]:
    """Return the exchange to which ``note`` belongs, earliest first: what ``reader`` may see.

    Those are the notes that it answers, one after the other, and those that answer it.
    """
    visible = Note.objects.visible_to(reader, on)
    found, earlier = [note], note.answers_id
    while earlier and len(found) < LONGEST_CHAIN:
        before = visible.filter(pk=earlier).first()
        if before is None:
            break
        found.insert(0, before)
        earlier = before.answers_id
    later = [note.pk]
    while later and len(found) < LONGEST_CHAIN:
        after = list(visible.filter(answers__in=later).order_by("pk"))
        found += after
        later = [each.pk for each in after]
    return found[:LONGEST_CHAIN]


def addressees(circular: Circular, on: date) -> list[Party]:
    """Return the parties to which a circular note goes on that day; who is barred is in none."""
    present = Participation.objects.filter(in_force(on), process=circular.process_id)
    present = present.unless_suspended(on)
    chosen = circular.asked_parties.values("pk")
    if chosen.exists():
        present = present.filter(party__in=chosen)
    else:
        present = present.filter(status__in=circular.asked_statuses)
    return list(Party.objects.filter(pk__in=present.values("party")).with_name(on).order_by("pk"))


def parties_in_register(process: Process, on: date) -> PartyQuerySet:
    """Return the parties of all notes, by which the secretariat filters."""
    there = Note.parties.through._default_manager.filter(note__process=process)
    return Party.objects.filter(pk__in=there.values("party")).with_name(on)


def awaiting(processes: QuerySet[Process], until: date) -> NoteQuerySet:
    """Return the notes of ``processes`` to which a reply is due by that day, first due first."""
    due = Note.objects.filter(process__in=processes, reply_due_on__lte=until).awaiting_reply()
    return due.select_related("process").order_by("reply_due_on", "pk")


def _ordered(parties: Collection[tuple[int, str]], names: Names) -> list[tuple[int, str]]:
    return sorted(parties, key=lambda each: names.place(*each))
