"""What becomes of the record of who proposed what, once the text is adopted."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from comity.accounts.authority import SYSTEM, Actor, require
from comity.accounts.models import User
from comity.accounts.names import names_of
from comity.audit.services import black_out, record
from comity.calls.models import CallState
from comity.calls.services import close_call, discard_call, empty_answers
from comity.consultation.models import (
    Bracket,
    Checkout,
    ClosedRecord,
    Consultation,
    Proposal,
    RecordAfter,
    RecordOpening,
    WaitingAnswer,
    rules_of,
)
from comity.consultation.permissions import process_of
from comity.core.facts import in_force
from comity.outbox.services import post_message
from comity.parties.models import Affiliation
from comity.processes.models import PRESIDENCIES, Term
from comity.store.models import StoredFile
from comity.store.services import discard_file
from comity.texts.models import Text

Json = dict[str, Any]  # Any: a record as it is kept under seal


@transaction.atomic
def close_record(*, text: Text, by: Actor, now: datetime | None = None) -> ClosedRecord | None:
    """Do with the negotiating record what the process has decided, as its text is adopted.

    Where it is kept, nothing changes and None is returned. Else proposals, brackets and what was
    answered leave their tables, the log and the files: for good, or into one sealed row. What is
    still asked on the text is closed. That States answered, and what was decided when, stays.

    Raises PermissionDenied where ``by`` is not of the secretariat of the process.
    """
    require(by, "consultation.run_text", text)
    process = process_of(text)
    assert process is not None  # -- else nobody runs it
    way = rules_of(process).record_after
    if way == RecordAfter.KEPT or ClosedRecord.objects.filter(text=text).exists():
        return None
    content, scans = _take_away(text, by)
    sealed = way == RecordAfter.SEALED
    closed = ClosedRecord.objects.create(
        text=text, way=way, content=content if sealed else None, closed_at=now or timezone.now()
    )
    if sealed:
        closed.scans.set(scans)
    else:
        for scan in scans:
            discard_file(stored=scan, by=SYSTEM)
    record(by, "record.sealed" if sealed else "record.destroyed", closed)
    return closed


@transaction.atomic
def open_record(
    *, closed: ClosedRecord, reason: str, by: User, site: str, now: datetime | None = None
) -> Json:
    """Return a sealed record; the reason is kept, and the presidency is told.

    Raises:
        PermissionDenied: ``by`` neither presides nor is of the secretariat.
        ValidationError: it was destroyed, or no reason is given.
    """
    require(by, "consultation.open_record", closed)
    if closed.content is None:
        raise ValidationError(_("This record was destroyed."), code="destroyed")
    if not reason.strip():
        raise ValidationError({"reason": _("Say why you open this record.")}, code="reason")
    moment = now or timezone.now()
    RecordOpening.objects.create(record=closed, opened_by=by, opened_at=moment, reason=reason)
    record(by, "record.opened", closed, reason=reason)
    _tell_presidency(closed, reason, by, site)
    content: Json = closed.content
    return content


def _take_away(text: Text, by: Actor) -> tuple[Json, list[StoredFile]]:
    """Empty all that says who proposed what; return what was there."""
    parts, scans = [], []
    for consultation in _consultations(text, by):
        proposals = Proposal.objects.filter(consultation=consultation)
        rows = [_proposal(each) for each in proposals.select_related("party")]
        _empty(proposals, ["outcome", "reason"])
        emptied = empty_answers(call=consultation.call, reason=_reason(), by=by)
        scans += emptied.scans
        parts.append(
            {
                "subject": consultation.call.subject,
                "revision": consultation.revision.number,
                "answers": emptied.answers,
                "proposals": rows,
            }
        )
        WaitingAnswer.objects.filter(reply__call=consultation.call).delete()
    brackets = Bracket.objects.filter(paragraph__text=text)
    content: Json = {
        "consultations": parts,
        "brackets": [_bracket(each) for each in brackets.prefetch_related("alternatives")],
    }
    _empty(brackets, ["chosen"])
    brackets.delete()
    Proposal.objects.filter(consultation__revision__text=text).delete()
    Checkout.objects.filter(revision__text=text).delete()
    return content, scans


def _consultations(text: Text, by: Actor) -> list[Consultation]:
    """Return the consultations on ``text``, none of which asks anything any more."""
    found = Consultation.objects.filter(revision__text=text).select_related("call", "revision")
    kept = []
    for consultation in found.order_by("pk"):
        call = consultation.call
        if call.state == CallState.PREPARED:
            discard_call(call=call, version=call.version, by=by)
            continue
        if call.state == CallState.OPEN:
            consultation.call = close_call(call=call, version=call.version, by=by)
        kept.append(consultation)
    return kept


def _empty(rows: "models.QuerySet[Any]", fields: list[str]) -> None:  # Any: rows of two models
    for row in rows:
        black_out(target=row, fields=fields, reason=_reason(), by=SYSTEM, and_reasons=True)


def _reason() -> str:
    return _("The text was adopted: the process does not keep who proposed what.")


def _proposal(proposal: Proposal) -> Json:
    return {
        "party": proposal.party.code,
        "paragraph": proposal.paragraph_id,
        "kind": proposal.kind,
        "language": proposal.language,
        "words": proposal.words,
        "comment": proposal.comment,
        "outcome": proposal.outcome,
        "reason": proposal.reason,
        "decided_at": proposal.decided_at.isoformat() if proposal.decided_at else "",
    }


def _bracket(bracket: Bracket) -> Json:
    return {
        "paragraph": bracket.paragraph_id,
        "chosen": bracket.chosen,
        "alternatives": [each.words for each in bracket.alternatives.all()],
    }


def _tell_presidency(closed: ClosedRecord, reason: str, by: User, site: str) -> None:
    """Tell the people of the presidency who opened the record, and why."""
    today = timezone.localdate()
    process = process_of(closed.text)
    presiding = Term.objects.filter(in_force(today), process=process, office__in=PRESIDENCIES)
    there = Affiliation.objects.filter(in_force(today), party__in=presiding.values("party"))
    users = User.objects.filter(is_active=True, pk__in=there.values("person__user"))
    for user in users.exclude(pk=by.pk).order_by("pk"):
        with override(user.language or settings.LANGUAGE_CODE):
            words = {
                "process": str(process),
                "who": names_of({by.pk})[by.pk],
                "text": str(closed.text.document),
                "reason": reason,
                "url": site.rstrip("/"),
            }
            post_message(
                to=user.email,
                subject=_("%(process)s: a sealed record was opened") % words,
                text=_(
                    "%(who)s opened the sealed negotiating record of “%(text)s”, for this"
                    " reason:\n\n%(reason)s\n\nYou are told because you preside:\n%(url)s"
                )
                % words,
                cause="record.opened",
                about=closed,
            )
