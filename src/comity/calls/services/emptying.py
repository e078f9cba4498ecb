"""Take what was answered, and what was drafted, out of a call that is over."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.authority import SYSTEM, Actor, require
from comity.audit.services import black_out, record
from comity.calls.models import Call, CallState, Entry, Submission
from comity.store.models import StoredFile


@dataclass(frozen=True)
class Emptied:
    """What was taken out: the words of each answer, and the scans, which now belong to nothing."""

    answers: list[dict[str, Any]]  # Any: JSON, an answer as it was stored
    scans: list[StoredFile]


@transaction.atomic
def empty_answers(*, call: Call, reason: str, by: Actor) -> Emptied:
    """Take the words of all answers and drafts out of ``call`` and its log.

    That a party answered, and when, stays. What was taken out is returned: the caller keeps it
    under seal, or discards the scans. Drafts are never returned: they were the party's alone.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: the call is still open.
    """
    require(by, "calls.run", call)
    if call.state in (CallState.PREPARED, CallState.OPEN):
        raise ValidationError(_("Close the call first."), code="state")
    Entry.objects.filter(reply__call=call).delete()
    answers = Submission.objects.filter(reply__call=call).order_by("pk")
    submissions = list(answers.select_related("reply__party", "scan"))
    scans = [each.scan for each in submissions if each.scan]
    taken = [_emptied(submission) for submission in submissions]
    for reply in call.replies.order_by("pk"):
        black_out(target=reply, fields=["note"], reason=reason, by=SYSTEM, and_reasons=True)
    record(by, "call.emptied", call, reason=reason)
    return Emptied(taken, scans)


def _emptied(submission: Submission) -> dict[str, Any]:
    kept = {
        "party": submission.reply.party.code,
        "number": submission.number,
        "sent_at": submission.sent_at.isoformat(),
        "values": submission.values,
        "note": submission.note,
        "reason": submission.reason,
    }
    submission.values, submission.note, submission.reason = {}, "", ""
    submission.scan = None
    submission.save(update_fields=["values", "note", "reason", "scan"])
    return kept
