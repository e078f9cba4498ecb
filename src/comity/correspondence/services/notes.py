"""What is done to the register: a note is entered and changed; nothing is taken out of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.services import lock_version, record_creation, save_change
from comity.calls.models import Call, Reply
from comity.correspondence.models import Direction, Note, NumberPlan
from comity.parties.models import Party
from comity.processes.audiences import Audience
from comity.processes.models import Process
from comity.store.models import StoredFile


@dataclass(frozen=True)
class Scan:
    """A file that is kept already, with the name under which it came."""

    file: StoredFile
    name: str


@dataclass(frozen=True)
class NoteFacts:
    """What the register says of a note. Without a ``scan`` the one that is there stays.

    A note received by which one party answers a ``call`` is kept with its reply.
    """

    direction: Direction
    number: str
    dated: str
    parties: Iterable[Party]
    subject: str
    reference: str = ""
    signatory: str = ""
    language: str = ""
    scan: Scan | None = None
    reply_due_on: date | None = None
    is_settled: bool = False
    answers: Note | None = None
    call: Call | None = None
    audience: Audience = Audience.SECRETARIAT


@transaction.atomic
def register_note(*, process: Process, facts: NoteFacts, by: Actor) -> Note:
    """Enter a note in the register.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: its number is there already, it names no party, or a value is wrong.
    """
    require(by, "correspondence.keep", process)
    single, parties = _parted(facts)
    note = Note(process=process, **single)
    note.full_clean()
    note.save()
    note.parties.set(parties)
    record_creation(note, action="note.registered", by=by)
    return note


@transaction.atomic
def change_note(*, note: Note, facts: NoteFacts, version: int, by: Actor) -> Note:
    """Change what the register says of a note; its history keeps what stood there.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: its number is there already, it names no party, or a value is wrong.
    """
    require(by, "correspondence.keep", note.process)
    single, parties = _parted(facts)
    changes = single | {"parties": parties}
    current = lock_version(note, version, yours=changes)
    _refuse_circle(current, facts.answers)
    save_change(current, changes, action="note.changed", by=by)
    return current


@transaction.atomic
def set_numbers(
    *, process: Process, received: str, sent: str, circular: str, version: int, by: Actor
) -> NumberPlan:
    """Say by which series notes are numbered; ``version`` is 0 for the first time.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: a series is empty or has a stroke.
    """
    require(by, "correspondence.keep", process)
    values = {"received": received, "sent": sent, "circular": circular}
    known = NumberPlan.objects.filter(process=process).first()
    if known is None:
        plan = NumberPlan(process=process, **values)
        plan.full_clean()
        plan.save()
        record_creation(plan, action="numbers.set", by=by)
        return plan
    current = lock_version(known, version, yours=values)
    save_change(current, values, action="numbers.set", by=by)
    return current


def _refuse_circle(note: Note, earlier: Note | None) -> None:
    """Refuse an answer to a note that itself, by others or not, answers this one."""
    seen: set[int] = set()
    while earlier is not None and earlier.pk not in seen:
        if earlier.pk == note.pk:
            raise ValidationError({"answers": _("That note answers this one.")}, code="circle")
        seen.add(earlier.pk)
        earlier = earlier.answers


def _parted(facts: NoteFacts) -> tuple[dict[str, Any], list[Party]]:
    """Return the columns of ``facts``, and its parties."""
    values = dict(vars(facts))
    parties = list(dict.fromkeys(values.pop("parties")))
    if not parties:
        raise ValidationError({"parties": _("Say from whom, or to whom.")}, code="required")
    if scan := values.pop("scan"):
        values |= {"scan": scan.file, "scan_name": scan.name}
    return values | {"reply": _reply(facts, parties)}, parties


def _reply(facts: NoteFacts, parties: list[Party]) -> Reply | None:
    """Return the reply that one party gives to the call by the note, where it was asked."""
    if facts.call is None or facts.direction != Direction.IN or len(parties) != 1:
        return None
    return Reply.objects.filter(call=facts.call, party=parties[0]).first()
