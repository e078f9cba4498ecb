"""Adopt by silence: it is opened, perhaps extended, broken by one objection, or it adopts."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.accounts.authority import SYSTEM, Actor, require
from comity.audit.services import lock_version, record, record_creation, save_change
from comity.calls.models import Call, CallState, Reply, Submission, Way
from comity.calls.services import (
    CallFacts,
    close_call,
    extend_call,
    extend_reply,
    open_call,
    prepare_call,
    record_answer,
)
from comity.calls.services.steps import lock_call
from comity.consultation.adopting import meeting_on, open_brackets
from comity.elements.asked import OBJECTS, SILENCE, WORDS
from comity.elements.models import Adoption, AdoptionState, AdoptionWay
from comity.elements.queries.adopting import counts, objections_until, rule_of
from comity.elements.services.steps import (
    conclude,
    end,
    lock_text,
    refuse_obstacles,
)
from comity.parties.models import Party
from comity.processes.models import Process
from comity.texts.models import Revision

# An objection sent in the last second may still be on its way into the tables.
GRACE = timedelta(minutes=1)
# Until a late objection is entered, the party's own time is opened for so long.
TO_ENTER = timedelta(minutes=5)


@transaction.atomic
def open_silence(
    *, revision: Revision, due_at: datetime, by: Actor, now: datetime | None = None
) -> Adoption:
    """Ask the members whether one objects: their silence until ``due_at`` adopts ``revision``.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: something stands against it, or the time is shorter than the rule says.
    """
    require(by, "elements.adopt", revision.text)
    moment = now or timezone.now()
    text = lock_text(revision.text)
    refuse_obstacles(revision, AdoptionWay.SILENCE, timezone.localdate(moment))
    process = text.document.process
    assert process is not None  # an obstacle otherwise
    _refuse_short(process, due_at, moment)
    title = text.document.title
    facts = CallFacts(kind=SILENCE, subject=dict(title), due_at=due_at)
    call = prepare_call(process=process, facts=facts, by=by)
    adoption = Adoption(
        text=text,
        revision=revision,
        way=AdoptionWay.SILENCE,
        call=call,
        opened_at=moment,
        due_at=due_at,
    )
    adoption.full_clean()
    adoption.save()
    record_creation(adoption, action="adoption.opened", by=by)
    opened = open_call(call=call, version=call.version, by=by, now=moment)
    adoption.call = opened
    return adoption


@transaction.atomic
def extend_silence(
    *, adoption: Adoption, due_at: datetime, version: int, by: Actor, now: datetime | None = None
) -> Adoption:
    """Let silence last longer, before its moment and no more often than the rule says.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: its moment has come, it was extended as often as it may be, or the new
            moment is not later.
    """
    require(by, "elements.adopt", adoption.text)
    moment = now or timezone.now()
    call = _locked_call(adoption)
    current = lock_version(adoption, version, yours={"due_at": due_at})
    if current.state != AdoptionState.OPEN or current.way != AdoptionWay.SILENCE:
        raise ValidationError(_("No silence is under way."), code="state")
    assert current.due_at is not None  # silence has a moment
    if moment >= current.due_at:
        raise ValidationError(_("The moment has come: it cannot be moved any more."), code="due")
    rule = rule_of(current.text.document.process)
    if current.extensions >= rule.most_extensions:
        raise ValidationError(
            ngettext(
                "Silence is extended at most %(count)d time.",
                "Silence is extended at most %(count)d times.",
                rule.most_extensions,
            )
            % {"count": rule.most_extensions},
            code="extensions",
        )
    if due_at <= current.due_at:
        raise ValidationError({"due_at": _("Choose a later moment.")}, code="earlier")
    extend_call(call=call, due_at=due_at, version=call.version, by=by, now=moment)
    changes = {"due_at": due_at, "extensions": current.extensions + 1}
    save_change(current, changes, action="adoption.extended", by=by)
    return current


def settle_silences(*, now: datetime, by: Actor) -> int:
    """Settle every silence whose moment has come; return how many were settled.

    Each is settled in a transaction of its own, once: one that fails holds up no other, and who
    runs this twice settles nothing twice.
    """
    due = Adoption.objects.filter(
        way=AdoptionWay.SILENCE, state=AdoptionState.OPEN, due_at__lte=now - GRACE
    )
    return sum(
        settle_silence(adoption=adoption, by=by, now=now) is not None
        for adoption in due.order_by("due_at", "pk")
    )


@transaction.atomic
def settle_silence(*, adoption: Adoption, by: Actor, now: datetime) -> Adoption | None:
    """Adopt by silence, or say what became of it; none where it is over or not come yet.

    The moment counts and not when this runs: what was sent until then breaks it, accepted or
    not, and what was sent later does not.

    Raises:
        PermissionDenied: ``by`` is neither the platform nor of the secretariat of the process.
    """
    require(by, "elements.adopt", adoption.text)
    call = _locked_call(adoption)
    text = lock_text(adoption.text)
    current = Adoption.objects.select_for_update(of=("self",)).get(pk=adoption.pk)
    current.text = text
    due_at = current.due_at
    if current.state != AdoptionState.OPEN or due_at is None or now < due_at + GRACE:
        return None
    words = _ended_early(call, due_at)
    if not words:
        if call.state == CallState.OPEN:
            close_call(call=call, version=call.version, by=SYSTEM, now=now)
        if any(objections_until(current, due_at)):
            return end(current, AdoptionState.BROKEN, _("A member objected."), by=by)
        words = _stands_against(current, due_at)
    if words:
        return end(current, AdoptionState.ENDED, words, by=by)
    return _adopt(current, due_at, by)


def _ended_early(call: Call, due_at: datetime) -> str:
    """Say that nobody could object until the moment, where that is so."""
    closed_early = call.closed_at is not None and call.closed_at < due_at
    if call.state == CallState.WITHDRAWN or closed_early:
        return _("The call was withdrawn or closed before the moment.")
    return ""


def _stands_against(adoption: Adoption, due_at: datetime) -> str:
    """Say what stood against adopting at the moment, where something did."""
    if open_brackets(adoption.revision):
        return _("Words still stand in brackets.")
    if meeting := meeting_on(adoption.text, timezone.localdate(due_at)):
        return _("A meeting on the text is under way: %(meeting)s.") % {"meeting": meeting}
    return ""


def _adopt(adoption: Adoption, due_at: datetime, by: Actor) -> Adoption:
    """Adopt at the moment; what cannot be adopted ends, and is not tried again every minute."""
    try:
        with transaction.atomic():
            return conclude(
                adoption,
                day=timezone.localdate(due_at),
                at=due_at,
                adopted_by=_("the members, by silence"),
                by=by,
            )
    except ValidationError as error:
        unchanged = Adoption.objects.get(pk=adoption.pk)
        return end(unchanged, AdoptionState.ENDED, " ".join(error.messages), by=by)


def break_silence(submission: Submission, by: Actor) -> None:
    """Break the silence to which an accepted objection belongs, if it was sent in time.

    This is what accepting does: whoever accepts may, and the call is locked by then.
    """
    adoption = Adoption.objects.select_for_update(of=("self",)).get(call=submission.reply.call)
    if adoption.state != AdoptionState.OPEN or not submission.values.get(OBJECTS):
        return
    assert adoption.due_at is not None  # silence has a moment
    if submission.sent_at > adoption.due_at or not counts(submission, adoption):
        record(by, "objection.kept", submission.reply, after={"in time": False})
        return
    end(adoption, AdoptionState.BROKEN, _("A member objected."), by=by)
    call = lock_call(submission.reply.call)
    if call.state == CallState.OPEN:
        close_call(call=call, version=call.version, by=by)


@transaction.atomic
def record_late_objection(
    *,
    adoption: Adoption,
    party: Party,
    words: str,
    way: Way,
    by: Actor,
    note: str = "",
    now: datetime | None = None,
) -> Submission:
    """Keep an objection that came after the moment; it breaks nothing.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: silence is still kept, or the party was not asked.
    """
    require(by, "elements.adopt", adoption.text)
    moment = now or timezone.now()
    if adoption.way != AdoptionWay.SILENCE or adoption.state == AdoptionState.OPEN:
        raise ValidationError(
            _("Silence is still kept: record the answer on its call."), code="open"
        )
    reply = Reply.objects.filter(call=adoption.call, party=party).first()
    if reply is None:
        raise ValidationError(_("Only a member that was asked objects."), code="party")
    until = max(moment, timezone.now()) + TO_ENTER
    extended = extend_reply(reply=reply, due_at=until, by=by, reason=_("a late objection"))
    return record_answer(
        reply=extended,
        values={OBJECTS: True, WORDS: words},
        way=way,
        note=note,
        by=by,
        now=moment,
    )


def _locked_call(adoption: Adoption) -> Call:
    """Return the call of a silence, locked before the adoption as accepting an answer locks it."""
    if adoption.call is None:
        raise ValidationError(_("No silence is under way."), code="state")
    return lock_call(adoption.call)


def _refuse_short(process: Process, due_at: datetime, now: datetime) -> None:
    least = rule_of(process).least_days
    if due_at < now + timedelta(days=least):
        words = ngettext(
            "Silence lasts at least %(count)d day.",
            "Silence lasts at least %(count)d days.",
            least,
        )
        raise ValidationError({"due_at": words % {"count": least}}, code="short")
