"""Adopt in the room: the rule of a process, the statement of the presidency, the adoption."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.accounts.models import User
from comity.audit.services import lock_version, record_creation, save_change
from comity.calls.models import CallState
from comity.calls.services import withdraw_call
from comity.calls.services.steps import lock_call
from comity.elements.models import (
    Adoption,
    AdoptionRule,
    AdoptionState,
    AdoptionWay,
    Consensus,
    NamedTo,
)
from comity.elements.services.steps import (
    conclude,
    end,
    lock_text,
    refuse_obstacles,
    refuse_without_consensus,
)
from comity.processes.models import Meeting, Process
from comity.texts.models import Revision


@dataclass(frozen=True)
class RuleFacts:
    """By which rule a process adopts."""

    ways: Sequence[str]
    needs_consensus: bool = True
    objectors_named_to: NamedTo = NamedTo.COMMITTEE
    least_days: int = 7
    most_extensions: int = 1


@transaction.atomic
def set_rule(*, process: Process, facts: RuleFacts, version: int | None, by: Actor) -> AdoptionRule:
    """Say by which rule ``process`` adopts; ``version`` is none where it has written no rule yet.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: there is no such way, or none is chosen.
    """
    values = {**vars(facts), "ways": list(facts.ways)}
    rule = AdoptionRule.objects.filter(process=process).first()
    require(by, "elements.set_rule", rule or AdoptionRule(process=process))
    if rule is not None:
        current = lock_version(rule, version or 0, yours=values)
        save_change(current, values, action="adoption_rule.changed", by=by)
        return current
    rule = AdoptionRule(process=process, **values)
    rule.full_clean()
    rule.save()
    record_creation(rule, action="adoption_rule.set", by=by)
    return rule


@transaction.atomic
def state_consensus(
    *, revision: Revision, by: Actor, note: str = "", now: datetime | None = None
) -> Consensus:
    """State for the presidency that all members agree on ``revision``.

    Raises:
        PermissionDenied: ``by`` does not preside over the process.
        ValidationError: it was stated already, or the text is adopted.
    """
    require(by, "elements.state_consensus", revision.text)
    text = lock_text(revision.text)
    if Adoption.objects.filter(text=text, state=AdoptionState.ADOPTED).exists():
        raise ValidationError(_("This text is adopted already."), code="adopted")
    if Consensus.objects.filter(revision=revision).exists():
        raise ValidationError(_("That all members agree is stated already."), code="stated")
    consensus = Consensus.objects.create(
        revision=revision,
        stated_by=by if isinstance(by, User) else None,
        stated_at=now or timezone.now(),
        note=note,
    )
    record_creation(consensus, action="consensus.stated", by=by)
    return consensus


@transaction.atomic
def adopt_in_room(
    *,
    revision: Revision,
    meeting: Meeting,
    day: date,
    by: Actor,
    now: datetime | None = None,
) -> Adoption:
    """Keep that a meeting adopted ``revision`` on ``day``.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: something stands against it, the meeting is of another process or not of
            that day, or the presidency has not stated that all agree.
    """
    require(by, "elements.adopt", revision.text)
    moment = now or timezone.now()
    text = lock_text(revision.text)
    _refuse_meeting(meeting, text.document.process_id, day, moment)
    refuse_obstacles(revision, AdoptionWay.ROOM, day)
    refuse_without_consensus(revision)
    adoption = Adoption(
        text=text, revision=revision, way=AdoptionWay.ROOM, meeting=meeting, opened_at=moment
    )
    adoption.full_clean()
    adoption.save()
    record_creation(adoption, action="adoption.opened", by=by)
    return conclude(adoption, day=day, at=moment, adopted_by=str(meeting)[:200], by=by)


@transaction.atomic
def end_adoption(*, adoption: Adoption, reason: str, version: int, by: Actor) -> Adoption:
    """End an attempt without adopting: nothing is asked any more.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: it is over already, or no reason is given.
    """
    require(by, "elements.adopt", adoption.text)
    for call in (adoption.comments, adoption.call):
        if call is not None:
            lock_call(call)
    current = lock_version(adoption, version)
    if current.state != AdoptionState.OPEN:
        raise ValidationError(_("This adoption is over."), code="state")
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is ended.")}, code="reason")
    for call in (current.comments, current.call):
        if call is not None and call.state == CallState.OPEN:
            withdraw_call(call=call, reason=reason, version=call.version, by=by)
    return end(current, AdoptionState.ENDED, reason, by=by)


def _refuse_meeting(meeting: Meeting, process: int | None, day: date, now: datetime) -> None:
    if meeting.process_id != process:
        words = _("This meeting is one of another process.")
        raise ValidationError({"meeting": words}, code="process")
    first, last = meeting.days_earliest, meeting.days_latest
    if (first and day < first) or (last and day > last):
        raise ValidationError({"day": _("The meeting is not held on this day.")}, code="day")
    if day > timezone.localdate(now):
        raise ValidationError({"day": _("This lies ahead.")}, code="ahead")
