"""What is done with a circular note: written, enclosed with files, sent once, and registered."""

import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from comity.accounts.authority import Actor, require
from comity.audit.services import (
    lock_version,
    record,
    record_creation,
    record_removal,
    save_change,
)
from comity.calls.models import Call
from comity.calls.reminders.recipients import Recipient, people_asked
from comity.core.languages import language_name
from comity.core.translated import text_in
from comity.correspondence.circular_files import circular_pdf, file_name
from comity.correspondence.models import Circular, Direction, Enclosure, Note
from comity.correspondence.queries import addressees
from comity.outbox.services import post_message
from comity.parties.models import Party
from comity.processes.models import Process, Status
from comity.store.models import StoredFile
from comity.store.services import keep_file

# Of all files that go out with one note: mail servers refuse more.
MOST_ENCLOSED_BYTES = 8 * 1024 * 1024
MOST_ENCLOSED = 10


@dataclass(frozen=True)
class CircularFacts:
    """What a circular note says, who signs it, and to whom it goes.

    Without ``asked_parties`` it goes to all that take part in one of ``asked_statuses``.
    """

    number: str
    subject: Mapping[str, str]
    text: Mapping[str, str]
    signatory: str
    dated: date
    signatory_title: Mapping[str, str] = field(default_factory=dict)
    asked_statuses: Sequence[str] = (Status.MEMBER,)
    asked_parties: Iterable[Party] = ()
    call: Call | None = None
    reply_due_on: date | None = None


@transaction.atomic
def prepare_circular(*, process: Process, facts: CircularFacts, by: Actor) -> Circular:
    """Write a circular note, which nobody but the secretariat sees before it is sent.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: its number is taken, or a value is wrong.
    """
    require(by, "correspondence.keep", process)
    single, parties = _parted(facts)
    circular = Circular(process=process, **single)
    circular.full_clean()
    circular.save()
    circular.asked_parties.set(parties)
    record_creation(circular, action="circular.prepared", by=by)
    return circular


@transaction.atomic
def change_circular(
    *, circular: Circular, facts: CircularFacts, version: int, by: Actor
) -> Circular:
    """Change a circular note that is not sent.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: it was sent, its number is taken, or a value is wrong.
    """
    require(by, "correspondence.keep", circular.process)
    single, parties = _parted(facts)
    current = lock_version(circular, version, yours=single | {"asked_parties": parties})
    _refuse_sent(current)
    changes = single | {"asked_parties": parties}
    save_change(current, changes, action="circular.changed", by=by)
    return current


@transaction.atomic
def discard_circular(*, circular: Circular, version: int, by: Actor) -> None:
    """Remove a circular note that was never sent.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: it was sent.
    """
    require(by, "correspondence.keep", circular.process)
    current = lock_version(circular, version)
    _refuse_sent(current)
    record_removal(current, action="circular.discarded", by=by)
    current.delete()


@transaction.atomic
def enclose(*, circular: Circular, file: StoredFile, name: str, by: Actor) -> Enclosure:
    """Enclose a file that is kept already.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: the note was sent, a file of that name is there, or they are too large.
    """
    require(by, "correspondence.keep", circular.process)
    current = _locked(circular)
    _refuse_sent(current)
    there = list(current.enclosures.select_related("file"))
    size = file.size + sum(each.file.size for each in there)
    if size > MOST_ENCLOSED_BYTES or len(there) >= MOST_ENCLOSED:
        raise ValidationError(
            _("Enclose at most %(most)d files of 8 MB together: mail servers refuse more.")
            % {"most": MOST_ENCLOSED},
            code="size",
        )
    enclosure = Enclosure(circular=current, file=file, name=name)
    enclosure.full_clean()
    enclosure.save()
    record(by, "circular.enclosed", current, after={"name": name})
    return enclosure


@transaction.atomic
def take_out(*, enclosure: Enclosure, by: Actor) -> None:
    """Take a file out of a circular note that is not sent.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: the note was sent.
    """
    require(by, "correspondence.keep", enclosure.circular.process)
    current = _locked(enclosure.circular)
    _refuse_sent(current)
    record(by, "circular.taken_out", current, before={"name": enclosure.name})
    enclosure.delete()


def send_circular(
    *, circular: Circular, version: int, by: Actor, now: datetime | None = None
) -> Note:
    """Send a circular note to the people of its addressees, each in their language; register it.

    Its PDF in each language is made first and kept; then mail, note and record are one
    transaction. It is sent once.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: it was sent, or nobody can be reached.
    """
    require(by, "correspondence.keep", circular.process)
    current = Circular.objects.select_related("process").get(pk=circular.pk)
    _refuse_sent(current)
    papers = {}
    if current.version == version:
        for language in sorted(current.text):
            content = io.BytesIO(circular_pdf(current, language))
            name = file_name(current, language, "pdf")
            papers[language] = keep_file(stream=content, name=name, by=by, allowed={"pdf"})
    return _send(current, papers, version, by, now or timezone.now())


@transaction.atomic
def _send(
    circular: Circular, papers: Mapping[str, StoredFile], version: int, by: Actor, now: datetime
) -> Note:
    current = lock_version(circular, version)
    _refuse_sent(current)
    today = timezone.localdate(now)
    parties = addressees(current, today)
    reached = people_asked({(current.process_id, party.pk) for party in parties}, today)
    if not reached:
        raise ValidationError(_("Nobody can be reached: choose to whom it goes."), code="nobody")
    for language, paper in papers.items():
        name = file_name(current, language, "pdf")
        Enclosure.objects.create(
            circular=current, file=paper, name=name, language=language, is_note=True
        )
    note = _registered(current, parties, by)
    save_change(current, {"sent_at": now, "note": note}, action="circular.sent", by=by)
    recipients = {one.address.casefold(): one for found in reached.values() for one in found}
    _post(current, list(recipients.values()))
    return note


def _registered(circular: Circular, parties: Collection[Party], by: Actor) -> Note:
    note = Note(
        process=circular.process,
        direction=Direction.OUT,
        number=circular.number,
        dated=circular.dated.isoformat(),
        signatory=circular.signatory,
        subject=text_in(circular.subject),
        reply_due_on=circular.reply_due_on,
        call=circular.call,
    )
    note.full_clean()
    note.save()
    note.parties.set(parties)
    record_creation(note, action="note.registered", by=by)
    return note


def _post(circular: Circular, recipients: Collection[Recipient]) -> None:
    files = list(circular.enclosures.select_related("file"))
    for one in recipients:
        language = one.language if one.language in circular.text else ""
        with override(one.language):
            chosen = language or _in_default(circular)
            mine = [(each.name, each.file) for each in files if each.language in {"", chosen}]
            post_message(
                to=one.address,
                subject=f"{circular.number}: {circular.subject[chosen]}"[:300],
                text=_letter(circular, chosen, is_own=bool(language)),
                cause="circular.sent",
                about=circular,
                language=one.language,
                key=f"circular:{circular.pk}:{one.address.casefold()}"[:200],
                attachments=mine,
            )


def _in_default(circular: Circular) -> str:
    """Return the language that stands for one in which the note is not written."""
    texts: Mapping[str, str] = circular.text
    return next(code for code, text in texts.items() if text == text_in(texts))


def _letter(circular: Circular, language: str, *, is_own: bool) -> str:
    """Return the text of the mail: the note itself, and that its PDF is enclosed."""
    parts = [circular.text[language]]
    signed = [circular.signatory, circular.signatory_title.get(language, "")]
    parts.append("\n".join(filter(None, signed)))
    if not is_own:
        words = _("This note is written in %(language)s.") % {"language": language_name(language)}
        parts.insert(0, words)
    parts.append(_("The note is enclosed as a file."))
    return "\n\n".join(parts)


def _refuse_sent(circular: Circular) -> None:
    if circular.sent_at:
        raise ValidationError(_("This note was sent: it stays as it is."), code="sent")


def _locked(circular: Circular) -> Circular:
    return Circular.objects.select_for_update(of=("self",)).get(pk=circular.pk)


def _parted(facts: CircularFacts) -> tuple[dict[str, Any], list[Party]]:
    values: dict[str, Any] = {**vars(facts), "asked_statuses": list(facts.asked_statuses)}
    return values, list(values.pop("asked_parties"))
