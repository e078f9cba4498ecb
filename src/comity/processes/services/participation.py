"""What can be done to who takes part in a process."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.services import lock_version, save_change
from comity.core.sorting import fold
from comity.parties.models import Party
from comity.processes.models import (
    TAKING_PART,
    Meeting,
    OpenSet,
    Participation,
    Process,
    Status,
)
from comity.processes.services.rows import (
    add_row,
    change_row,
    end_row,
    lock_process,
    refuse_equal,
    remove_row,
)
from comity.sources.services import change_cited


@dataclass(frozen=True)
class ParticipationFacts:
    """How a party takes part: all that an editor may change of it."""

    status: Status
    begins: str
    ends: str = ""
    order: int = 0
    for_territory: Party | None = None
    since_meeting: Meeting | None = None
    is_origin: bool = False
    is_transit: bool = False
    is_destination: bool = False
    note: str = ""


@transaction.atomic
def add_participation(
    *, process: Process, party: Party, facts: ParticipationFacts, by: Actor, grounds: str = ""
) -> Participation:
    """Let ``party`` take part in ``process``; where its people sign in, it is asked whether so.

    ``grounds`` is where one knows it from.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        ValidationError: the party certainly takes part at that time already, or a value is
            wrong.
    """
    require(by, "processes.edit", process)
    participation = Participation(process=process, party=party, **vars(facts))
    return add_row(participation, action="participation.added", by=by, grounds=grounds)


@transaction.atomic
def change_participation(
    *,
    participation: Participation,
    facts: ParticipationFacts,
    version: int,
    by: Actor,
    grounds: str = "",
) -> Participation:
    """Change how a party takes part; ``grounds`` is where the change comes from.

    Where it then takes part otherwise or longer than the party has confirmed, it is asked anew.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: it would certainly overlap with another, or a value is wrong.
    """
    require(by, "processes.edit", participation.process)
    unconfirmed = {"confirmed_at": None, "confirmed_by": None}
    return change_row(
        participation,
        {**vars(facts), **({} if _says_less(participation, facts) else unconfirmed)},
        version=version,
        action="participation.changed",
        by=by,
        grounds=grounds,
    )


def _says_less(participation: Participation, facts: ParticipationFacts) -> bool:
    """Tell whether the party need not be asked anew: its part is the same, or ends."""
    ended = facts.ends if participation.ends else ""
    said = participation.status, participation.begins, participation.ends
    return said == (facts.status, facts.begins, ended)


@transaction.atomic
def confirm_participation(
    *, participation: Participation, version: int, by: Actor
) -> Participation:
    """Say for the party that it takes part; from now on its people are open to the process.

    Raises:
        PermissionDenied: ``by`` does not speak for the party.
        EditConflict: somebody saved it after ``version``.
        ValidationError: the party has answered already, or is not listed as taking part.
    """
    require(by, "processes.confirm", participation)
    changes = {"confirmed_at": timezone.now(), "confirmed_by": by}
    current = lock_version(participation, version, yours=changes)
    _refuse_second_answer(current)
    save_change(current, changes, action="participation.confirmed", by=by)
    return current


@transaction.atomic
def contest_participation(
    *, participation: Participation, reason: str, version: int, by: Actor
) -> Participation:
    """Say for the party that it does not take part as listed; its page then says so.

    The ``reason`` is for the secretariat: it stands in the history, and is no source of the row.

    Raises:
        PermissionDenied: ``by`` does not speak for the party.
        EditConflict: somebody saved it after ``version``.
        ValidationError: no reason is given, the party has answered already, or it is not listed
            as taking part.
    """
    require(by, "processes.confirm", participation)
    if not reason.strip():
        raise ValidationError({"reason": _("Say what is wrong.")}, code="required")
    changes = {"status": Status.CONTESTED}
    current = lock_version(participation, version, yours=changes)
    _refuse_second_answer(current)
    change_cited(current, changes, action="participation.contested", by=by, reason=reason.strip())
    return current


def _refuse_second_answer(participation: Participation) -> None:
    if participation.confirmed_at or participation.status not in TAKING_PART:
        raise ValidationError(_("Your party has answered this already."), code="answered")


@transaction.atomic
def end_participation(
    *, participation: Participation, last_day: date, version: int, by: Actor
) -> Participation:
    """Let a party take part for the last time on ``last_day``; its rights end with that.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        ValidationError: it has ended by then, begins later, or was saved after ``version``.
    """
    require(by, "processes.edit", participation.process)
    return end_row(participation, last_day, version=version, action="participation.ended", by=by)


@transaction.atomic
def add_open_set(
    *, process: Process, words: str, note: str = "", by: Actor, grounds: str = ""
) -> OpenSet:
    """Keep participants that nobody enumerates, such as “other relevant States”.

    ``grounds`` is where one knows of them from.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        ValidationError: the process has these words already, or a value is wrong.
    """
    require(by, "processes.edit", process)
    open_set = OpenSet(process=process, words=words, note=note)
    lock_process(open_set)
    same = [each for each in process.open_sets.all() if fold(each.words) == fold(words)]
    refuse_equal(same, _("These words stand in the list already."))
    return add_row(open_set, action="open_set.added", by=by, grounds=grounds)


@transaction.atomic
def change_open_set(
    *, open_set: OpenSet, words: str, note: str, version: int, by: Actor, grounds: str = ""
) -> OpenSet:
    """Change the words for participants that nobody enumerates.

    ``grounds`` is where the change comes from.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        EditConflict: somebody saved it after ``version``.
    """
    require(by, "processes.edit", open_set.process)
    changes = {"words": words, "note": note}
    return change_row(
        open_set, changes, version=version, action="open_set.changed", by=by, grounds=grounds
    )


@transaction.atomic
def remove_open_set(*, open_set: OpenSet, version: int, by: Actor) -> None:
    """Remove the words for participants that nobody enumerates."""
    require(by, "processes.edit", open_set.process)
    remove_row(open_set, version=version, action="open_set.removed", by=by)
