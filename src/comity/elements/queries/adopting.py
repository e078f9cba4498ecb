"""What decides an adoption: the rule of the process, what stands against it, who objected."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from comity.calls.models import Submission, SubmissionState
from comity.consultation.adopting import being_drafted, meeting_on, open_brackets
from comity.elements.asked import OBJECTS
from comity.elements.models import Adoption, AdoptionRule, AdoptionState, AdoptionWay
from comity.processes.models import Participation, Process, Status
from comity.texts.models import Revision, RevisionState


def rule_of(process: Process | None) -> AdoptionRule:
    """Return the rule by which ``process`` adopts; one that wrote none has the usual one."""
    found = AdoptionRule.objects.filter(process=process).first()
    return found or AdoptionRule(process=process)


def obstacles(revision: Revision, way: AdoptionWay, on: date) -> Iterator[str]:
    """Yield what stands against adopting ``revision`` in this way on that day, in sentences."""
    text = revision.text
    rule = rule_of(text.document.process)
    if way not in rule.ways:
        yield _("The process does not adopt texts this way.")
    if Adoption.objects.filter(text=text, state=AdoptionState.ADOPTED).exists():
        yield _("This text is adopted already.")
    if not text.document.is_published:
        yield _("The document is not published yet.")
    if open_brackets(revision):
        yield _("Words still stand in brackets.")
    if being_drafted(text):
        yield _("Somebody is writing in the text, or has it along on a laptop.")
    if way != AdoptionWay.ROOM:
        if revision.state == RevisionState.DRAFT:
            yield _("This revision was not circulated yet.")
        if meeting := meeting_on(text, on):
            yield _("A meeting on the text is under way: %(meeting)s.") % {"meeting": meeting}


def objections_until(adoption: Adoption, moment: datetime) -> Iterator[Submission]:
    """Yield the objections that members sent until ``moment`` and did not take back.

    Of each member the last answer by then says whether it objects. What was returned to it still
    counts: nobody undoes an objection but who made it.
    """
    sent = (
        Submission.objects.filter(reply__call=adoption.call_id, sent_at__lte=moment)
        .exclude(state=SubmissionState.WITHDRAWN)
        .select_related("reply__party")
        .order_by("reply", "number")
    )
    last = {submission.reply_id: submission for submission in sent}
    for submission in last.values():
        if submission.values.get(OBJECTS) and counts(submission, adoption):
            yield submission


def late_objections(adoption: Adoption) -> list[Submission]:
    """Return the objections that came after the moment; they broke nothing."""
    sent = Submission.objects.filter(reply__call=adoption.call_id, sent_at__gt=adoption.due_at)
    kept = sent.exclude(state=SubmissionState.WITHDRAWN).select_related("reply__party")
    return [each for each in kept.order_by("sent_at", "pk") if each.values.get(OBJECTS)]


def counts(submission: Submission, adoption: Adoption) -> bool:
    """Tell whether who objected was then a member, and not barred."""
    day = timezone.localdate(submission.sent_at)
    process = adoption.text.document.process_id
    held = Participation.objects.on(day).filter(
        process=process, party=submission.reply.party_id, status=Status.MEMBER
    )
    return held.unless_suspended(day).exists()
