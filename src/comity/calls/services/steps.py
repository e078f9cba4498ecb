"""What every step of a call or a reply shares: it is locked, looked at, and done once."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comity.calls.models import (
    Call,
    CallState,
    Reply,
    Submission,
    SubmissionState,
)


def lock_call(call: Call) -> Call:
    """Return ``call`` as it now stands, locked until the transaction ends."""
    return Call.objects.select_for_update(of=("self",)).get(pk=call.pk)


def lock_reply(reply: Reply) -> Reply:
    """Return ``reply`` as it now stands, locked behind its call: nothing closes meanwhile."""
    call = lock_call(reply.call)
    current = Reply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    current.call = call
    return current


def refuse_unless(call: Call, states: Collection[CallState], sentence: str) -> None:
    """Refuse a step that is for a call in ``states`` alone."""
    if call.state not in states:
        raise ValidationError(sentence, code="state")


def refuse_shut(reply: Reply, now: datetime) -> None:
    """Refuse an answer that comes after its call was closed or withdrawn."""
    if reply.is_open(now):
        return
    if reply.call.state == CallState.WITHDRAWN:
        raise ValidationError(_("This call was withdrawn: nothing is asked any more."), code="shut")
    raise ValidationError(
        _("This call is closed. Ask the secretariat for more time if you still want to answer."),
        code="shut",
    )


def refuse_past(due_at: datetime, now: datetime) -> None:
    """Refuse a due day that lies behind."""
    if due_at <= now:
        raise ValidationError({"due_at": _("This lies in the past.")}, code="past")


def waiting(reply: Reply) -> Submission | None:
    """Return what the party sent and nobody has decided on."""
    return reply.submissions.filter(state=SubmissionState.SENT).first()


def accepted(reply: Reply) -> Submission | None:
    """Return the answer that holds."""
    return reply.submissions.filter(state=SubmissionState.ACCEPTED).first()
