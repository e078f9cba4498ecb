"""How far one reply is, in the words of a board: lateness is said, and no more than said."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.calls.models import Call, CallState, Reply, ReplyState

UNANSWERED = (ReplyState.AWAITED, ReplyState.RETURNED)
ANSWERED = (ReplyState.SENT, ReplyState.ACCEPTED)
# How a page draws each state of a reply.
KINDS = {
    ReplyState.AWAITED: "awaited",
    ReplyState.SENT: "submitted",
    ReplyState.RETURNED: "returned",
    ReplyState.ACCEPTED: "cleared",
}


@dataclass(frozen=True)
class Standing:
    """How far a reply is: how it is drawn, its words, and what is to be said beside them."""

    kind: str
    words: str
    remark: str = ""

    @property
    def is_late(self) -> bool:
        """Whether it was due and has not come."""
        return self.kind == "late"


def due_of(call: Call, reply: Reply) -> datetime:
    """Return until when a party is asked: the call's moment, or a later one of its own."""
    return max(call.due_at, reply.due_at) if reply.due_at else call.due_at


def is_late(call: Call, reply: Reply, now: datetime) -> bool:
    """Tell whether a reply that is still asked for was due before ``now``."""
    return call.state == CallState.OPEN and reply.state in UNANSWERED and due_of(call, reply) < now


def standing_of(call: Call, reply: Reply, now: datetime) -> Standing:
    """Return how far ``reply`` is at that moment."""
    state = ReplyState(reply.state)
    if is_late(call, reply, now):
        days = (timezone.localdate(now) - timezone.localdate(due_of(call, reply))).days
        for_days = ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
        remarks = [for_days] if days else []
        if state == ReplyState.RETURNED:
            remarks.append(str(state.label))
        return Standing("late", _("late"), ", ".join(remarks))
    if call.state != CallState.OPEN and state == ReplyState.AWAITED and not reply.is_open(now):
        return Standing("awaited", _("no answer"))
    more = _("more time") if state in UNANSWERED and due_of(call, reply) > call.due_at else ""
    return Standing(KINDS[state], str(state.label), more)
