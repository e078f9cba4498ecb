"""What can be done to the list of regional groupings, which belongs to no process."""

from dataclasses import dataclass

from django.db import transaction

from comity.accounts.authority import Actor, require
from comity.parties.models import Party, Region
from comity.processes.models import Grouping, GroupingFocus, Process
from comity.processes.services.rows import add_row, change_row, remove_row


@dataclass(frozen=True)
class GroupingFacts:
    """What a grouping is called, where it stands in the list, and what here it is."""

    region: Region
    focus: GroupingFocus
    order: int
    name: str
    acronym: str = ""
    process: Process | None = None
    party: Party | None = None
    note: str = ""


@transaction.atomic
def add_grouping(*, facts: GroupingFacts, by: Actor, grounds: str = "") -> Grouping:
    """Keep a grouping in the list of its region; ``grounds`` is where one knows it from.

    Raises:
        PermissionDenied: ``by`` does not keep the list of that region.
        ValidationError: the number is taken, or it is both a process and a party.
    """
    require(by, "processes.edit_groupings", facts.region)
    return add_row(Grouping(**vars(facts)), action="grouping.added", by=by, grounds=grounds)


@transaction.atomic
def change_grouping(
    *, grouping: Grouping, facts: GroupingFacts, version: int, by: Actor, grounds: str = ""
) -> Grouping:
    """Change a grouping; ``grounds`` is where the change comes from.

    Raises:
        PermissionDenied: ``by`` does not keep the list of its region, or of that to which it goes.
        EditConflict: somebody saved it after ``version``.
        ValidationError: the number is taken, or it is both a process and a party.
    """
    require(by, "processes.edit_groupings", Region(grouping.region))
    require(by, "processes.edit_groupings", facts.region)
    return change_row(
        grouping,
        {**vars(facts)},
        version=version,
        action="grouping.changed",
        by=by,
        grounds=grounds,
    )


@transaction.atomic
def remove_grouping(*, grouping: Grouping, version: int, by: Actor) -> None:
    """Take a grouping out of the list; the log keeps it with its sources."""
    require(by, "processes.edit_groupings", Region(grouping.region))
    remove_row(grouping, version=version, action="grouping.removed", by=by)
