"""Who may do what in a negotiation. Read this file to know the whole policy.

Observers never propose, never draft and never write: all of that is for members, and no seat, no
list and no place in somebody's delegation is a way round. Nobody does anything here by running
the installation.
"""

from django.utils import timezone

from comity.accounts.authority import Actor, declare, may
from comity.accounts.models import User
from comity.consultation.models import ClosedRecord, Consultation, ConsultationRules, Pen
from comity.consultation.models.standing import drafting, running
from comity.core.facts import in_force
from comity.parties.models import Party
from comity.processes.audiences import presided_by
from comity.processes.models import Participation, Process, Status
from comity.texts.models import Text


def process_of(text: Text) -> Process | None:
    """Return the process whose text it is."""
    return text.document.process


def is_member(party: Party, process: Process | None) -> bool:
    """``party`` is today a member of the process and not barred from it: it may propose."""
    today = timezone.localdate()
    held = Participation.objects.filter(in_force(today), process=process, party=party)
    return held.filter(status=Status.MEMBER).unless_suspended(today).exists()


def runs_rules(actor: Actor, rules: ConsultationRules) -> bool:
    """``actor`` works today for the secretariat of the process whose rules they are."""
    return may(actor, "processes.run", rules.process)


def runs_consultation(actor: Actor, consultation: Consultation) -> bool:
    """``actor`` works today for the secretariat that consults."""
    return may(actor, "calls.run", consultation.call)


def runs_text(actor: Actor, text: Text) -> bool:
    """``actor`` works today for the secretariat of the process whose text it is."""
    process = process_of(text)
    return process is not None and may(actor, "processes.run", process)


def drafts_text(actor: Actor, text: Text) -> bool:
    """``actor`` is of the secretariat, the presidency or the drafting committee."""
    if not isinstance(actor, User):
        return False
    today = timezone.localdate()
    path = "document__process"
    condition = running(path, actor, today) | drafting(path, actor, today)
    return Text.objects.filter(condition, pk=text.pk).exists()


def leads_drafting(actor: Actor, text: Text) -> bool:
    """``actor`` presides over the process or runs it: the pen can be taken from another."""
    process = process_of(text)
    if not isinstance(actor, User) or process is None:
        return False
    presiding = presided_by(actor, timezone.localdate()).filter(process=process)
    return presiding.exists() or runs_text(actor, text)


def holds_pen(actor: Actor, pen: Pen) -> bool:
    """``actor`` drafts, and writes now: nobody else does at the same time."""
    return pen.held_at(timezone.now()) == actor and drafts_text(actor, pen.text)


def opens_record(actor: Actor, record: ClosedRecord) -> bool:
    """Whoever leads the drafting opens a sealed record; the presidency is told of it."""
    return leads_drafting(actor, record.text)


declare("consultation.set_rules", runs_rules)
declare("consultation.run", runs_consultation)
declare("consultation.run_text", runs_text)
declare("consultation.draft", drafts_text)
declare("consultation.lead", leads_drafting)
declare("consultation.write", holds_pen)
declare("consultation.open_record", opens_record)
