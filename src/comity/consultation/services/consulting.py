"""Ask the members of a process for their words on a text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.services import record
from comity.calls.models import AskedBy
from comity.calls.services import CallFacts, prepare_call
from comity.consultation.asking import KIND, MEMBERS
from comity.consultation.models import ClosedRecord, Consultation
from comity.consultation.permissions import process_of
from comity.parties.models import Party
from comity.texts.models import Revision, RevisionState


@dataclass(frozen=True)
class ConsultationFacts:
    """What is asked, until when; without ``parties`` all members are."""

    subject: Mapping[str, str]
    due_at: datetime
    instructions: Mapping[str, str] = field(default_factory=dict)
    parties: Iterable[Party] = ()


@transaction.atomic
def prepare_consultation(
    *, revision: Revision, facts: ConsultationFacts, by: Actor
) -> Consultation:
    """Prepare a call for words on ``revision``; ``calls.open_call`` asks it.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: the revision was not circulated, or the record of the text is closed.
    """
    require(by, "consultation.run_text", revision.text)
    process = process_of(revision.text)
    assert process is not None  # -- else nobody runs it
    if revision.state != RevisionState.CIRCULATED:
        raise ValidationError(_("Circulate this revision first."), code="state")
    if ClosedRecord.objects.filter(text=revision.text_id).exists():
        raise ValidationError(_("The negotiation of this text is closed."), code="closed")
    parties = list(facts.parties)
    call = prepare_call(
        process=process,
        facts=CallFacts(
            kind=KIND,
            subject=facts.subject,
            due_at=facts.due_at,
            instructions=facts.instructions,
            asked_by=AskedBy.LIST if parties else AskedBy.STATUS,
            asked_statuses=MEMBERS,
            asked_parties=parties,
        ),
        by=by,
    )
    consultation = Consultation.objects.create(call=call, revision=revision)
    record(by, "consultation.prepared", consultation)
    return consultation
