"""Who reads a text that is still negotiated: members, unless the process opens it to others."""

from datetime import date

from django.db.models import Q

from comity.accounts.authority import Actor
from comity.accounts.models import User
from comity.consultation.models.standing import being_member, drafting, watching
from comity.texts.models import RevisionState

PROCESS = "text__document__process"


def only_members_read_drafts(actor: Actor, on: date) -> Q:
    """Return the condition that ``actor`` may read a revision on that day.

    What is final is no draft. Before that it is read by members, by who drafts it, and by others
    who take part where the process says that observers read drafts.
    """
    settled = Q(state=RevisionState.FINAL) | Q(**{PROCESS: None})
    if not isinstance(actor, User):
        return settled
    return (
        settled
        | being_member(PROCESS, actor, on)
        | drafting(PROCESS, actor, on)
        | watching(PROCESS, actor, on)
    )
