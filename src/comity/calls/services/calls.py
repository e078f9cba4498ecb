"""What the secretariat does with a call: it prepares, opens, extends, closes and withdraws it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.services import lock_version, record, record_creation, record_removal, save_change
from comity.calls.kinds import QUESTIONS, kinds
from comity.calls.models import (
    AskedBy,
    Call,
    CallState,
    News,
    Release,
    Reply,
    ReplyState,
    Submission,
    SubmissionState,
)
from comity.calls.queries.whom import asked_parties, taking_part
from comity.calls.reminders.telling import tell_opening, tell_with_daily_mail
from comity.calls.services.steps import (
    accepted,
    lock_call,
    lock_reply,
    refuse_past,
    refuse_unless,
)
from comity.parties.models import Party
from comity.processes.audiences import Audience
from comity.processes.models import Body, Process, Status

MANY = ("asked_parties", "named_parties")


@dataclass(frozen=True)
class CallFacts:
    """What is asked, of whom, until when, and who reads what is released."""

    kind: str
    subject: Mapping[str, str]
    due_at: datetime
    instructions: Mapping[str, str] = field(default_factory=dict)
    asked_by: AskedBy = AskedBy.STATUS
    asked_statuses: Sequence[str] = (Status.MEMBER,)
    asked_body: Body | None = None
    asked_parties: Iterable[Party] = ()
    release: Release = Release.NEVER
    audience: Audience = Audience.SECRETARIAT
    body: Body | None = None
    named_parties: Iterable[Party] = ()
    named_process: Process | None = None


@transaction.atomic
def prepare_call(*, process: Process, facts: CallFacts, by: Actor) -> Call:
    """Prepare a call, which nobody but the secretariat sees before it is opened.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: a value is wrong.
    """
    single, many = _parted(facts)
    call = Call(process=process, **single)
    require(by, "calls.run", call)
    kinds[facts.kind]  # an undeclared kind is an error
    call.full_clean()
    call.save()
    for name, values in many.items():
        getattr(call, name).set(values)
    record_creation(call, action="call.prepared", by=by)
    return call


@transaction.atomic
def change_call(*, call: Call, facts: CallFacts, version: int, by: Actor) -> Call:
    """Change a call that is still being prepared.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: it was opened already, or a value is wrong.
    """
    require(by, "calls.run", call)
    single, many = _parted(facts)
    current = lock_version(call, version, yours=single | many)
    _refuse_opened(current)
    save_change(current, single | many, action="call.changed", by=by)
    return current


@transaction.atomic
def discard_call(*, call: Call, version: int, by: Actor) -> None:
    """Remove a call that was never opened.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: it was opened already.
    """
    require(by, "calls.run", call)
    current = lock_version(call, version)
    _refuse_opened(current)
    record_removal(current, action="call.discarded", by=by)
    current.delete()


@transaction.atomic
def open_call(*, call: Call, version: int, by: Actor, now: datetime | None = None) -> Call:
    """Ask: from now on those who are asked see the call, each with a reply of its own.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: it was opened already, nobody or nothing is asked, it is due already, or
            its kind refuses it.
    """
    require(by, "calls.run", call)
    moment = now or timezone.now()
    current = lock_version(call, version)
    _refuse_opened(current)
    refuse_past(current.due_at, moment)
    if current.kind == QUESTIONS and not current.questions.exists():
        raise ValidationError(_("Write at least one question first."), code="questions")
    parties = asked_parties(current, timezone.localdate(moment))
    if not parties:
        raise ValidationError(_("Nobody is asked: choose whom to ask."), code="nobody")
    kinds[current.kind].admit(current, parties)
    Reply.objects.bulk_create(Reply(call=current, party=party) for party in parties)
    changes = {"state": CallState.OPEN, "opened_at": moment}
    save_change(current, changes, action="call.opened", by=by)
    tell_opening(current)
    return current


@transaction.atomic
def ask_more(*, call: Call, parties: Iterable[Party], by: Actor) -> list[Reply]:
    """Ask more parties by an open call; who is asked already is not asked twice.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: the call is not open, one of them takes no part in the process, or the
            kind of call refuses one.
    """
    require(by, "calls.run", call)
    current = lock_call(call)
    refuse_unless(current, [CallState.OPEN], _("This call is not open."))
    asked = set(current.replies.values_list("party", flat=True))
    present = set(taking_part(current, timezone.localdate()).values_list("party", flat=True))
    more = [party for party in dict.fromkeys(parties) if party.pk not in asked]
    for party in more:
        if party.pk not in present:
            words = _("%(party)s takes no part in the process today.") % {"party": party}
            raise ValidationError(words, code="party")
    kinds[current.kind].admit(current, more)
    replies = [Reply.objects.create(call=current, party=party) for party in more]
    for reply in replies:
        record(by, "call.asked", reply, after={"party": reply.party})
    if replies:
        tell_opening(current)
    return replies


@transaction.atomic
def extend_call(
    *, call: Call, due_at: datetime, version: int, by: Actor, now: datetime | None = None
) -> Call:
    """Give all who are asked more time, or less where nobody's time is over by it.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: the call is not open, or the moment lies in the past.
    """
    require(by, "calls.run", call)
    current = lock_version(call, version, yours={"due_at": due_at})
    refuse_unless(current, [CallState.OPEN], _("This call is not open."))
    refuse_past(due_at, now or timezone.now())
    save_change(current, {"due_at": due_at}, action="call.extended", by=by)
    _drop_shorter(current, by)
    tell_with_daily_mail(current, News.EXTENDED)
    return current


@transaction.atomic
def extend_reply(
    *, reply: Reply, due_at: datetime, by: Actor, reason: str = "", now: datetime | None = None
) -> Reply:
    """Give one party more time, also after the call was closed.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: the call was withdrawn or never opened, or the moment lies in the past.
    """
    require(by, "calls.run", reply.call)
    current = lock_reply(reply)
    states = [CallState.OPEN, CallState.CLOSED]
    refuse_unless(current.call, states, _("This call asks nothing any more."))
    refuse_past(due_at, now or timezone.now())
    save_change(current, {"due_at": due_at}, action="reply.extended", by=by, reason=reason)
    tell_with_daily_mail(current.call, News.EXTENDED, current)
    return current


@transaction.atomic
def close_call(*, call: Call, version: int, by: Actor, now: datetime | None = None) -> Call:
    """Close a call: no more answers, and what was to be released at the close is.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: the call is not open.
    """
    require(by, "calls.run", call)
    moment = now or timezone.now()
    current = lock_version(call, version)
    refuse_unless(current, [CallState.OPEN], _("This call is not open."))
    changes = {"state": CallState.CLOSED, "closed_at": moment}
    save_change(current, changes, action="call.closed", by=by)
    if current.release == Release.AT_CLOSE:
        held = current.replies.filter(
            submissions__state=SubmissionState.ACCEPTED, released_at__isnull=True
        )
        held.update(released_at=moment)
    return current


@transaction.atomic
def reopen_call(
    *, call: Call, due_at: datetime, version: int, by: Actor, now: datetime | None = None
) -> Call:
    """Open a closed call again until ``due_at``; what was released stays released.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: the call is not closed, or the moment lies in the past.
    """
    require(by, "calls.run", call)
    current = lock_version(call, version, yours={"due_at": due_at})
    refuse_unless(current, [CallState.CLOSED], _("This call is not closed."))
    refuse_past(due_at, now or timezone.now())
    changes = {"state": CallState.OPEN, "closed_at": None, "due_at": due_at}
    save_change(current, changes, action="call.reopened", by=by)
    _drop_shorter(current, by)
    tell_with_daily_mail(current, News.REOPENED)
    return current


@transaction.atomic
def withdraw_call(*, call: Call, reason: str, version: int, by: Actor) -> Call:
    """Ask nothing any more. What waits for a decision goes back to who sent it.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: the call is not open, or no reason is given.
    """
    require(by, "calls.run", call)
    current = lock_version(call, version)
    refuse_unless(current, [CallState.OPEN], _("This call is not open."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is withdrawn.")}, code="reason")
    waiting = Submission.objects.filter(reply__call=current, state=SubmissionState.SENT)
    for sent in waiting.select_related("reply"):
        sent.state = SubmissionState.WITHDRAWN
        sent.save(update_fields=["state"])
        state = ReplyState.ACCEPTED if accepted(sent.reply) else ReplyState.AWAITED
        save_change(sent.reply, {"state": state}, action="reply.given_back", by=by)
    changes = {"state": CallState.WITHDRAWN}
    save_change(current, changes, action="call.withdrawn", by=by, reason=reason)
    tell_with_daily_mail(current, News.WITHDRAWN)
    return current


def _drop_shorter(call: Call, by: Actor) -> None:
    """Let a party that had more time alone have that of the call, where that is now as much."""
    for reply in call.replies.filter(due_at__lte=call.due_at):
        save_change(reply, {"due_at": None}, action="reply.extended", by=by)


def _refuse_opened(call: Call) -> None:
    refuse_unless(call, [CallState.PREPARED], _("This call was opened already."))


def _parted(facts: CallFacts) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the columns of ``facts``, and its rows of many-to-many."""
    values = {**vars(facts), "asked_statuses": list(facts.asked_statuses)}
    return (
        {name: value for name, value in values.items() if name not in MANY},
        {name: list(values[name]) for name in MANY},
    )
