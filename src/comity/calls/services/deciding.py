"""What becomes of an answer: it is accepted, returned, recorded for a party, or opened again."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.accounts.models import User
from comity.audit.services import record, save_change
from comity.calls.kinds import check_values, fields_of, kinds
from comity.calls.models import (
    RECORDED,
    CallState,
    News,
    Release,
    Reply,
    ReplyState,
    Submission,
    SubmissionState,
    Way,
)
from comity.calls.reminders.telling import tell_with_daily_mail
from comity.calls.services.steps import (
    accepted,
    lock_reply,
    refuse_past,
    refuse_shut,
    waiting,
)
from comity.store.models import StoredFile


@transaction.atomic
def accept_reply(*, submission: Submission, by: Actor, now: datetime | None = None) -> Reply:
    """Accept what a party sent: its kind does what it does, and it is released if that is due.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: it does not wait any more, or its kind refuses it.
    """
    require(by, "calls.run", submission.reply.call)
    reply, sent = _locked(submission)
    return _accept(reply, sent, by, now or timezone.now())


@transaction.atomic
def return_reply(
    *,
    submission: Submission,
    reason: str,
    by: Actor,
    due_at: datetime | None = None,
    now: datetime | None = None,
) -> Reply:
    """Return what a party sent, with the reason; an answer accepted before holds on.

    ``due_at`` gives the party time for it: it must be given where its time is over.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: it does not wait any more, no reason is given, or the party would have
            no time to answer.
    """
    require(by, "calls.run", submission.reply.call)
    moment = now or timezone.now()
    reply, sent = _locked(submission)
    _refuse_silence(reason)
    changes = _more_time(reply, due_at, moment)
    _decide(sent, SubmissionState.RETURNED, by, moment, reason)
    changes["state"] = ReplyState.RETURNED
    save_change(reply, changes, action="reply.returned", by=by, reason=reason)
    tell_with_daily_mail(reply.call, News.RETURNED, reply)
    return reply


@transaction.atomic
def reopen_reply(
    *,
    reply: Reply,
    reason: str,
    by: Actor,
    due_at: datetime | None = None,
    now: datetime | None = None,
) -> Reply:
    """Ask a party for an accepted answer again; the accepted one holds until another does.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: its answer is not accepted, no reason is given, or the party would have
            no time to answer.
    """
    require(by, "calls.run", reply.call)
    current = lock_reply(reply)
    if current.state != ReplyState.ACCEPTED or current.call.state == CallState.WITHDRAWN:
        raise ValidationError(_("There is no accepted answer to open again."), code="state")
    _refuse_silence(reason)
    changes = _more_time(current, due_at, now or timezone.now())
    changes["state"] = ReplyState.RETURNED
    save_change(current, changes, action="reply.reopened", by=by, reason=reason)
    tell_with_daily_mail(current.call, News.RETURNED, current)
    return current


@transaction.atomic
def record_answer(
    *,
    reply: Reply,
    values: Mapping[str, object],
    way: Way,
    by: Actor,
    note: str = "",
    scan: StoredFile | None = None,
    now: datetime | None = None,
) -> Submission:
    """Enter what a party answered by note, mail, telephone or in the room, and accept it.

    It stands marked so, and the party may confirm it later. What the party drafts is left alone
    and unread.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: the call is shut, the party has sent an answer of its own that waits, or
            a value is wrong.
    """
    require(by, "calls.run", reply.call)
    if way not in RECORDED:
        raise ValueError(f"What comes by {way} is sent by the party itself.")
    moment = now or timezone.now()
    current = lock_reply(reply)
    refuse_shut(current, moment)
    if waiting(current):
        raise ValidationError(
            _("The party has sent an answer of its own: accept or return that first."),
            code="waiting",
        )
    submission = Submission.objects.create(
        reply=current,
        number=current.submissions.count() + 1,
        values=check_values(fields_of(current.call, current.party), values),
        way=way,
        note=note,
        scan=scan,
        sent_by=by if isinstance(by, User) else None,
        sent_at=moment,
    )
    record(by, "reply.recorded", current, after={"way": way, "note": note})
    _accept(current, submission, by, moment)
    return submission


@transaction.atomic
def confirm_answer(*, submission: Submission, by: Actor, now: datetime | None = None) -> Submission:
    """Say for the party that what the secretariat recorded is what it answered.

    Raises:
        PermissionDenied: ``by`` does not speak for the party today, or it is barred.
        ValidationError: it was not recorded for the party, holds no more, or is confirmed.
    """
    require(by, "calls.clear", submission.reply)
    reply = lock_reply(submission.reply)
    current = Submission.objects.get(pk=submission.pk)
    holds = current.is_recorded and current.state == SubmissionState.ACCEPTED
    if not holds or current.confirmed_at:
        raise ValidationError(_("There is nothing here to confirm."), code="state")
    current.confirmed_by = by if isinstance(by, User) else None
    current.confirmed_at = now or timezone.now()
    current.save(update_fields=["confirmed_by", "confirmed_at"])
    record(by, "reply.confirmed", reply)
    return current


def _locked(submission: Submission) -> tuple[Reply, Submission]:
    """Return the reply, locked, and what waits there; refuse where that is another or nothing."""
    reply = lock_reply(submission.reply)
    sent = waiting(reply)
    if sent is None or sent.pk != submission.pk:
        raise ValidationError(
            _("This does not wait for a decision any more: look at what stands there now."),
            code="state",
        )
    sent.reply = reply
    return reply, sent


def _accept(reply: Reply, sent: Submission, by: Actor, moment: datetime) -> Reply:
    if earlier := accepted(reply):
        earlier.state = SubmissionState.REPLACED
        earlier.save(update_fields=["state"])
    _decide(sent, SubmissionState.ACCEPTED, by, moment)
    changes: dict[str, object] = {"state": ReplyState.ACCEPTED}
    if reply.released_at is None and _is_released(reply):
        changes["released_at"] = moment
    kinds[reply.call.kind].accept(sent, by)
    save_change(reply, changes, action="reply.accepted", by=by)
    return reply


def _is_released(reply: Reply) -> bool:
    """Whether an answer that is accepted now goes to the audience of its call at once."""
    call = reply.call
    at_close = call.release == Release.AT_CLOSE and call.state == CallState.CLOSED
    return call.release == Release.ON_CLEARANCE or at_close


def _decide(
    sent: Submission, state: SubmissionState, by: Actor, moment: datetime, reason: str = ""
) -> None:
    sent.state, sent.reason = state, reason
    sent.decided_by, sent.decided_at = by if isinstance(by, User) else None, moment
    sent.save(update_fields=["state", "reason", "decided_by", "decided_at"])


def _more_time(reply: Reply, due_at: datetime | None, now: datetime) -> dict[str, object]:
    """Return the change that gives a party time, and refuse to leave it without any."""
    if due_at is not None:
        refuse_past(due_at, now)
        return {"due_at": due_at}
    if not reply.is_open(now):
        words = _("This call is closed: say until when the party may answer.")
        raise ValidationError({"due_at": words}, code="required")
    return {}


def _refuse_silence(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Say what is missing.")}, code="reason")
