"""Adopt by written procedure: comments, a revised text, and a call to confirm it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.services import lock_version, record_creation, save_change
from comity.calls.models import Call, CallState, Submission, SubmissionState
from comity.calls.services import CallFacts, close_call, open_call, prepare_call
from comity.calls.services.steps import lock_call
from comity.elements.asked import COMMENTS, CONFIRMATION, CONFIRMS
from comity.elements.models import Adoption, AdoptionState, AdoptionWay
from comity.elements.services.steps import (
    conclude,
    lock_text,
    refuse_obstacles,
    refuse_without_consensus,
)
from comity.texts.models import Revision, Text


@transaction.atomic
def open_written(
    *, revision: Revision, due_at: datetime, by: Actor, now: datetime | None = None
) -> Adoption:
    """Begin a written procedure: the members comment on ``revision`` until ``due_at``.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: something stands against it, or the moment lies in the past.
    """
    require(by, "elements.adopt", revision.text)
    moment = now or timezone.now()
    text = lock_text(revision.text)
    refuse_obstacles(revision, AdoptionWay.WRITTEN, timezone.localdate(moment))
    call = _prepared(text, COMMENTS, due_at, by)
    adoption = Adoption(
        text=text,
        revision=revision,
        way=AdoptionWay.WRITTEN,
        comments=call,
        opened_at=moment,
    )
    adoption.full_clean()
    adoption.save()
    record_creation(adoption, action="adoption.opened", by=by)
    opened = open_call(call=call, version=call.version, by=by, now=moment)
    adoption.comments = opened
    return adoption


@transaction.atomic
def ask_to_confirm(
    *,
    adoption: Adoption,
    revision: Revision,
    due_at: datetime,
    version: int,
    by: Actor,
    now: datetime | None = None,
) -> Adoption:
    """Ask the members to confirm ``revision``, as their comments have left it.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved the adoption after ``version``.
        ValidationError: comments may still be sent, it was asked already, or something stands
            against adopting.
    """
    require(by, "elements.adopt", adoption.text)
    moment = now or timezone.now()
    text = lock_text(adoption.text)
    comments = _locked(adoption.comments)
    current = lock_version(adoption, version, yours={"revision": revision})
    _refuse_over(current)
    if current.call_id:
        raise ValidationError(_("The members were asked to confirm already."), code="asked")
    if comments.state == CallState.OPEN:
        if comments.due_at > moment:
            raise ValidationError(_("Members may still comment."), code="early")
        close_call(call=comments, version=comments.version, by=by, now=moment)
    day = timezone.localdate(moment)
    refuse_obstacles(revision, AdoptionWay.WRITTEN, day, except_open=current)
    call = _prepared(text, CONFIRMATION, due_at, by)
    changes = {"revision": revision, "call": call, "due_at": due_at}
    save_change(current, changes, action="adoption.confirmation_asked", by=by)
    current.call = open_call(call=call, version=call.version, by=by, now=moment)
    return current


@transaction.atomic
def adopt_in_writing(
    *, adoption: Adoption, version: int, by: Actor, now: datetime | None = None
) -> Adoption:
    """Keep that the members confirmed the text in writing.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved the adoption after ``version``.
        ValidationError: members may still answer, an answer waits, one does not confirm, the
            presidency has not stated that all agree, or something stands against adopting.
    """
    require(by, "elements.adopt", adoption.text)
    moment = now or timezone.now()
    text = lock_text(adoption.text)
    call = _locked(adoption.call)
    current = lock_version(adoption, version)
    current.text = text
    _refuse_over(current)
    day = timezone.localdate(moment)
    refuse_obstacles(current.revision, AdoptionWay.WRITTEN, day, except_open=current)
    _refuse_answers(call, moment)
    refuse_without_consensus(current.revision)
    if call.state == CallState.OPEN:
        close_call(call=call, version=call.version, by=by, now=moment)
    words = _("the members, by written procedure")
    return conclude(current, day=day, at=moment, adopted_by=words, by=by)


def _refuse_answers(call: Call, now: datetime) -> None:
    if call.state == CallState.WITHDRAWN:
        raise ValidationError(_("The call was withdrawn."), code="withdrawn")
    answers = Submission.objects.filter(reply__call=call)
    if answers.filter(state=SubmissionState.SENT).exists():
        raise ValidationError(_("An answer waits: accept or return it first."), code="waiting")
    held = list(answers.filter(state=SubmissionState.ACCEPTED))
    if any(not each.values.get(CONFIRMS) for each in held):
        raise ValidationError(_("A member does not confirm the text."), code="refused")
    still_open = call.state == CallState.OPEN and call.due_at > now
    if still_open and len(held) < call.replies.count():
        raise ValidationError(_("Members may still answer."), code="early")


def _refuse_over(adoption: Adoption) -> None:
    if adoption.state != AdoptionState.OPEN or adoption.way != AdoptionWay.WRITTEN:
        raise ValidationError(_("No written procedure is under way."), code="state")


def _prepared(text: Text, kind: str, due_at: datetime, by: Actor) -> Call:
    process = text.document.process
    assert process is not None  # an obstacle otherwise
    facts = CallFacts(kind=kind, subject=dict(text.document.title), due_at=due_at)
    return prepare_call(process=process, facts=facts, by=by)


def _locked(call: Call | None) -> Call:
    if call is None:
        raise ValidationError(_("The members were not asked yet."), code="unasked")
    return lock_call(call)
