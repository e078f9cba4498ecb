"""What a call asks of the reader's own parties, and how far each of their replies is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from comity.accounts.authority import Actor
from comity.calls.models import Call, Reply
from comity.calls.queries.protocol import read_protocol
from comity.calls.queries.standing import Standing, due_of, standing_of
from comity.parties.models.parties import name_of


@dataclass(frozen=True)
class OwnReply:
    """The reply of a party to which the reader belongs."""

    code: str
    name: str
    standing: Standing
    due_at: datetime
    is_open: bool


def own_replies(call: Call, actor: Actor, now: datetime) -> Sequence[OwnReply]:
    """Return the replies of the reader's parties to ``call``; what is drafted is not told here."""
    today = timezone.localdate(now)
    own: Any = Reply.objects.of(actor, today).filter(call=call)  # Any: annotated
    rows = list(own.annotate(called=name_of("party", today)).select_related("party"))
    if not rows:
        return []
    protocol = read_protocol(call.process_id or 0, today)
    for row in rows:
        row.call = call
    return [
        OwnReply(
            row.party.code,
            protocol.called(row.party_id, row.called),
            standing_of(call, row, now),
            due_of(call, row),
            row.is_open(now),
        )
        for row in rows
    ]
