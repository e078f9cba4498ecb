"""What can be done to a production plan."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.documents.models import Document, OwedPaper
from comity.parties.models import Party
from comity.processes.models import Body, Meeting, Process
from comity.processes.services.rows import add_row, change_row, remove_row


@dataclass(frozen=True)
class OwedFacts:
    """What is to be said of a paper that somebody owes."""

    title: dict[str, str]
    meeting: Meeting
    owner: str
    days_before: int
    languages: list[str] = field(default_factory=list)
    party: Party | None = None
    body: Body | None = None
    document: Document | None = None
    note: str = ""


@transaction.atomic
def add_owed_paper(*, process: Process, facts: OwedFacts, by: Actor) -> OwedPaper:
    """Put a paper that somebody owes into the plan of ``process``.

    Raises:
        PermissionDenied: ``by`` does not run the process.
        ValidationError: the party does not take part, something belongs to another process, or a
            value is wrong.
    """
    require(by, "documents.manage", process)
    _refuse_outsider(process, facts)
    row = OwedPaper(process=process, **vars(facts))
    return add_row(row, action="owed_paper.added", by=by)


@transaction.atomic
def change_owed_paper(*, row: OwedPaper, facts: OwedFacts, version: int, by: Actor) -> OwedPaper:
    """Change what is said of a paper that somebody owes.

    Raises:
        PermissionDenied: ``by`` does not run the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: the party does not take part, something belongs to another process, or a
            value is wrong.
    """
    require(by, "documents.manage", row.process)
    _refuse_outsider(row.process, facts)
    return change_row(row, vars(facts), version=version, action="owed_paper.changed", by=by)


@transaction.atomic
def remove_owed_paper(*, row: OwedPaper, version: int, by: Actor) -> None:
    """Take a paper out of the plan; the paper itself, if it came, stays.

    Raises:
        PermissionDenied: ``by`` does not run the process.
        EditConflict: somebody saved it after ``version``.
    """
    require(by, "documents.manage", row.process)
    remove_row(row, version=version, action="owed_paper.removed", by=by)


def _refuse_outsider(process: Process, facts: OwedFacts) -> None:
    if facts.party and not process.participations.filter(party=facts.party).exists():
        raise ValidationError({"party": _("This party does not take part in the process.")})
