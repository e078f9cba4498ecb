"""What is asked of the parties of one person, across processes, and until when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.models import User
from comity.calls.models import CallState, Entry, Reply, ReplyState
from comity.core.translated import text_in
from comity.parties.models.parties import name_of
from comity.ui.desk import MOST_ITEMS, DeskGroup, DeskItem
from comity.ui.pieces import Download

TO_DO: Final = (ReplyState.AWAITED, ReplyState.RETURNED)


@dataclass(frozen=True)
class Asked:
    """One call as it lies before one party, for its own people."""

    reply: Reply
    party: str
    due_at: datetime
    has_draft: bool
    is_open: bool

    @property
    def state(self) -> tuple[str, str]:
        """The mark of how far the answer is: only the party itself is told of a draft."""
        state = ReplyState(self.reply.state)
        if state == ReplyState.AWAITED:
            return ("draft", _("in draft")) if self.has_draft else ("awaited", _("not begun"))
        marks = {
            ReplyState.SENT: "submitted",
            ReplyState.RETURNED: "returned",
            ReplyState.ACCEPTED: "cleared",
        }
        return marks[state], str(state.label)

    @property
    def step(self) -> str:
        """What the reader does next."""
        if self.reply.state == ReplyState.RETURNED:
            return _("Answer again")
        if self.reply.state == ReplyState.AWAITED:
            return _("Go on") if self.has_draft else _("Begin")
        return _("Look at it")


# Any: what the stubs know of a reply lacks what is annotated
Replies = QuerySet[Any]


def replies_asked(user: User, on: date) -> Replies:
    """Return the replies of the parties of ``user``, with when each is due; soonest first."""
    drafted = Entry.objects.visible_to(user, on).filter(reply=OuterRef("pk"))
    return (
        Reply.objects.of(user, on)
        .exclude(call__state=CallState.WITHDRAWN)
        .select_related("call__process", "party")
        .annotate(
            due=Coalesce(F("due_at"), F("call__due_at")),
            party_name=name_of("party", on),
            has_draft=Exists(drafted),
        )
        .order_by("due", "pk")
    )


def still_to_do(replies: Replies, now: datetime) -> Replies:
    """Keep what still waits for an answer that would be taken."""
    more_time = Q(call__state=CallState.CLOSED, due_at__gte=now)
    return replies.filter(Q(call__state=CallState.OPEN) | more_time, state__in=TO_DO)


def done_with(replies: Replies, now: datetime) -> Replies:
    """Keep what was answered or is over, the latest first."""
    left = still_to_do(replies, now).values("pk")
    return replies.exclude(pk__in=left).order_by("-due", "-pk")


def read_asked(replies: Iterable[Any], now: datetime) -> list[Asked]:
    """Return each of ``replies``, which ``replies_asked`` found, for its own people."""
    return [
        Asked(
            reply,
            reply.party_name,
            reply.due,
            reply.has_draft,
            reply.is_open(now),
        )
        for reply in replies
    ]


def asked_items(user: User, on: date) -> list[DeskItem]:
    """Return what is asked of the parties of ``user`` and not answered yet."""
    now = timezone.now()
    return items_of(read_asked(still_to_do(replies_asked(user, on), now)[:MOST_ITEMS], now))


def items_of(rows: Sequence[Asked]) -> list[DeskItem]:
    """Return ``rows`` as they lie on a desk; the party is named where there are several."""
    of_several = len({row.reply.party_id for row in rows}) > 1
    return [_item(row, of_several=of_several) for row in rows]


def _item(row: Asked, *, of_several: bool) -> DeskItem:
    call, args = row.reply.call, [row.reply.call_id, row.reply.party.code]
    assert call.process is not None
    return DeskItem(
        words=text_in(call.subject),
        url=reverse("calls:answer", args=args),
        process=text_in(call.process.short_name),
        group=DeskGroup.ASKED,
        due_at=row.due_at,
        remark=_("for %(party)s") % {"party": row.party} if of_several else "",
        state=row.state,
        step=row.step,
        file=Download("Excel", reverse("calls:answer_fetch", args=args)) if row.is_open else None,
    )
