"""What a party sent, as the secretariat reads it: every answer, by whom, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from comity.accounts.authority import Actor
from comity.accounts.names import names_of
from comity.calls.kinds import fields_of
from comity.calls.models import Reply, Submission
from comity.calls.queries.answers import Said, said


@dataclass(frozen=True)
class Sent:
    """One answer with its fields in the reader's words, and the people behind it."""

    submission: Submission
    said: Sequence[Said]
    sent_by: str
    decided_by: str
    confirmed_by: str


def read_sent(reply: Reply, actor: Actor, on: date) -> list[Sent]:
    """Return what ``actor`` may read of the answers of a party, the latest first."""
    visible = Submission.objects.visible_to(actor, on).filter(reply=reply)
    rows = list(visible.select_related("scan").order_by("-number"))
    behind = {
        person
        for row in rows
        for person in (row.sent_by_id, row.decided_by_id, row.confirmed_by_id)
    }
    people = names_of({each for each in behind if each})
    fields = fields_of(reply.call, reply.party)
    return [
        Sent(
            row,
            said(fields, row.values),
            people.get(row.sent_by_id or 0, ""),
            people.get(row.decided_by_id or 0, ""),
            people.get(row.confirmed_by_id or 0, ""),
        )
        for row in rows
    ]
