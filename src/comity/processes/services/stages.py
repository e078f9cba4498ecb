"""What can be done to the stages of the life of a process."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.services import lock_version
from comity.core.dates import in_words, parse_date, period_in_words
from comity.core.facts import certainly_overlapping
from comity.processes.models import Process, Stage, StageKind
from comity.processes.services.rows import add_row, change_row
from comity.sources.services import change_cited


@dataclass(frozen=True)
class StageFacts:
    """When a stage runs, and what is to be said of it."""

    begins: str
    ends: str = ""
    note: str = ""


@transaction.atomic
def enter_stage(
    *,
    process: Process,
    kind: StageKind,
    on: date,
    by: Actor,
    note: str = "",
    merged_into: Process | None = None,
    grounds: str = "",
) -> Stage:
    """Let ``process`` enter a stage of its life on that day; the stage before ends the day before.

    ``grounds`` is where one knows it from.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        ValidationError: the process is at that stage, entered its present one on that day or
            later, or it is not said, for a merger alone, into which other process it goes.
    """
    require(by, "processes.edit", process)
    if (kind == StageKind.MERGED) != (merged_into is not None) or merged_into == process:
        raise ValidationError(
            _("Say into which other process this one was merged, and only then."), code="merger"
        )
    if on == date.min:
        raise ValidationError({"on": _("This lies before the beginning.")}, code="order")
    process = lock_version(process, process.version)
    last_day = on - timedelta(days=1)
    going_on = process.stages.select_for_update(of=("self",)).filter(
        Q(ends_latest=None) | Q(ends_latest__gte=on)
    )
    for stage in going_on:
        if stage.kind == kind:
            raise ValidationError(_("The process is at that stage already."), code="same")
        if stage.begins_earliest and stage.begins_earliest > last_day:
            sentence = _("The present stage, %(stage)s, begins %(day)s. Choose a later day.") % {
                "stage": stage.get_kind_display(),
                "day": in_words(parse_date(stage.begins)),
            }
            raise ValidationError({"on": sentence}, code="early")
        changes = {"ends": last_day.isoformat()}
        change_cited(stage, changes, action="stage.ended", by=by, grounds=grounds)
    if merged_into != process.merged_into:
        action = "process.merged" if merged_into else "process.parted"
        change_cited(process, {"merged_into": merged_into}, action=action, by=by, grounds=grounds)
    entered = Stage(process=process, kind=kind, begins=on.isoformat(), note=note)
    return add_row(entered, action="stage.entered", by=by, grounds=grounds)


@transaction.atomic
def change_stage(
    *, stage: Stage, facts: StageFacts, version: int, by: Actor, grounds: str = ""
) -> Stage:
    """Change when a stage runs, or what is said of it; ``grounds`` is where that comes from.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: the process certainly stands at another stage then, or a value is wrong.
    """
    require(by, "processes.edit", stage.process)
    wanted = Stage(process=stage.process, kind=stage.kind, **vars(facts))
    wanted.clean()
    others = stage.process.stages.filter(certainly_overlapping(wanted)).exclude(pk=stage.pk)
    if other := others.first():
        raise ValidationError(
            _("The process stands at another stage then: %(stage)s, %(when)s. Correct that first.")
            % {
                "stage": other.get_kind_display(),
                "when": period_in_words(other.begins, other.ends),
            },
            code="overlap",
        )
    changes = {**vars(facts)}
    return change_row(
        stage, changes, version=version, action="stage.changed", by=by, grounds=grounds
    )
