"""What can be done to the meetings of a process: what, when and where."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.services import lock_version
from comity.audit.values import Values
from comity.core.dates import parse_date
from comity.parties.models import Party
from comity.processes.indexing import index_meeting
from comity.processes.models import AHEAD, CALLED_OFF, Meeting, MeetingStatus, Process, Series
from comity.processes.services.rows import (
    add_row,
    change_row,
    lock_process,
    namesakes,
    refuse_equal,
)
from comity.processes.services.slugs import free_slug
from comity.sources.services import change_cited


@dataclass(frozen=True)
class MeetingFacts:
    """What is to be said of a meeting: all that an editor may change of it."""

    title: dict[str, str]
    kind: str
    status: MeetingStatus
    series: Series | None = None
    number: int | None = None
    days: str = ""
    place: str = ""
    country: Party | None = None
    organisers: str = ""
    note: str = ""


@transaction.atomic
def add_meeting(*, process: Process, facts: MeetingFacts, by: Actor, grounds: str = "") -> Meeting:
    """Let ``process`` have a meeting, which is then found; ``grounds`` says where from.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        ValidationError: the series is of another process or has the number already, there is
            a meeting of this title on these days, it would be called off before it is known, it
            is held on days that lie ahead, or a value is wrong.
    """
    require(by, "processes.edit", process)
    _refuse_wrong_series(process, facts)
    _refuse_calling_off(facts.status, None)
    _refuse_held_ahead(facts)
    meeting = Meeting(process=process, **vars(facts))
    lock_process(meeting)
    same = namesakes(process.meetings.filter(days=facts.days), facts.title, "title")
    refuse_equal(same, _("This process has a meeting of this title on these days already."))
    meeting.slug = free_slug(Meeting, process, facts.title)
    meeting = add_row(meeting, action="meeting.added", by=by, grounds=grounds)
    index_meeting(meeting)
    return meeting


@transaction.atomic
def change_meeting(
    *, meeting: Meeting, facts: MeetingFacts, version: int, by: Actor, grounds: str = ""
) -> Meeting:
    """Change what is said of a meeting, in the index too; ``grounds`` is where that comes from.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: the series is of another process or has the number already, the
            meeting would be called off without a word or was held on days that lie ahead, or a
            value is wrong.
    """
    process = _process_of(meeting)
    require(by, "processes.edit", process)
    _refuse_wrong_series(process, facts)
    _refuse_calling_off(facts.status, meeting.status)
    _refuse_held_ahead(facts)
    changes = {**vars(facts)}
    meeting = change_row(
        meeting, changes, version=version, action="meeting.changed", by=by, grounds=grounds
    )
    index_meeting(meeting)
    return meeting


@transaction.atomic
def postpone_meeting(
    *, meeting: Meeting, days: str, reason: str, version: int, by: Actor
) -> Meeting:
    """Postpone a meeting that lies ahead to ``days``, or to days not yet known.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: it lies behind us, or no reason is given.
    """
    changes = {"status": MeetingStatus.POSTPONED, "days": days}
    action = "meeting.postponed"
    return _call_off(meeting, changes, action=action, reason=reason, version=version, by=by)


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, version: int, by: Actor) -> Meeting:
    """Cancel a meeting that lies ahead; it stays on the record as cancelled.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: it lies behind us, or no reason is given.
    """
    changes = {"status": MeetingStatus.CANCELLED}
    action = "meeting.cancelled"
    return _call_off(meeting, changes, action=action, reason=reason, version=version, by=by)


@transaction.atomic
def add_series(*, process: Process, name: dict[str, str], by: Actor, grounds: str = "") -> Series:
    """Let the meetings of ``process`` form a series; ``grounds`` is where one knows it from.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        ValidationError: the process has a series of this name already.
    """
    require(by, "processes.edit", process)
    series = Series(process=process, name=name)
    lock_process(series)
    same = namesakes(process.series.all(), name)
    refuse_equal(same, _("This process has a series of this name already."))
    return add_row(series, action="series.added", by=by, grounds=grounds)


@transaction.atomic
def rename_series(
    *, series: Series, name: dict[str, str], version: int, by: Actor, grounds: str = ""
) -> Series:
    """Change what a series is called; its meetings stay in it.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        EditConflict: somebody saved it after ``version``.
    """
    require(by, "processes.edit", series.process)
    return change_row(
        series, {"name": name}, version=version, action="series.renamed", by=by, grounds=grounds
    )


def _call_off(
    meeting: Meeting, changes: Values, *, action: str, reason: str, version: int, by: Actor
) -> Meeting:
    require(by, "processes.edit", _process_of(meeting))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")}, code="reason")
    meeting = lock_version(meeting, version, yours=changes)
    if meeting.status not in AHEAD:
        raise ValidationError(_("Only a meeting that lies ahead is called off."), code="status")
    change_cited(meeting, changes, action=action, by=by, grounds=reason.strip())
    index_meeting(meeting)
    return meeting


def _process_of(meeting: Meeting) -> Process:
    """Return the process whose keepers edit ``meeting``; what belongs to none, nobody edits."""
    if meeting.process is None:
        raise ValidationError(_("This meeting belongs to no process."), code="process")
    return meeting.process


def _refuse_wrong_series(process: Process, facts: MeetingFacts) -> None:
    if facts.series and facts.series.process_id != process.pk:
        raise ValidationError({"series": _("This series belongs to another process.")})
    if facts.number and not facts.series:
        raise ValidationError({"number": _("Choose the series that counts its meetings.")})


def _refuse_held_ahead(facts: MeetingFacts) -> None:
    """Refuse that a meeting was held on days that all lie ahead."""
    if facts.status != MeetingStatus.HELD:
        return
    try:
        first = parse_date(facts.days).earliest
    except ValidationError:
        return  # it has none, or its field refuses it
    if first and first > timezone.localdate():
        raise ValidationError(
            {"days": _("These days lie ahead: a meeting that was held lies behind us.")},
            code="ahead",
        )


def _refuse_calling_off(status: str, present: str | None) -> None:
    if status in CALLED_OFF and status != present:
        raise ValidationError(
            {"status": _("Postpone or cancel a meeting on its own page, with the reason.")},
            code="status",
        )
