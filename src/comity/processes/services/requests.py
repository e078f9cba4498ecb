"""What can be done to requests: they are made, received, answered and withdrawn.

Whoever is asked, and whoever asked, is told by mail, each in their own language.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.parties.models import Party
from comity.processes.models import Meeting, Process, Request, RequestState
from comity.processes.permissions import asking_parties
from comity.processes.services.letters import tell_asking_party, tell_secretariat
from comity.processes.services.rows import add_row, change_row, lock_process, refuse_equal


@dataclass(frozen=True)
class RequestFacts:
    """What was asked of the secretariat, by whom and when."""

    asked: str
    words: str
    party: Party | None = None
    meeting: Meeting | None = None


@transaction.atomic
def ask_secretariat(
    *,
    process: Process,
    party: Party,
    words: str,
    by: Actor,
    meeting: Meeting | None = None,
    site: str = "",
) -> Request:
    """Ask the secretariat of ``process`` for something today, for ``party``, and tell it by mail.

    ``site`` is the address of the installation, for the link in the mail.

    Raises:
        PermissionDenied: ``by`` does not belong to a party that takes part today.
        ValidationError: ``by`` belongs to another party, the party asked the same today, or a
            value is wrong.
    """
    require(by, "processes.ask", process)
    today = timezone.localdate()
    if not asking_parties(by, process, today).filter(pk=party.pk).exists():
        raise ValidationError({"party": _("You do not ask for this party.")}, code="party")
    request = Request(
        process=process, party=party, meeting=meeting, asked=today.isoformat(), words=words
    )
    _refuse_second(request)
    add_row(request, action="request.made", by=by)
    tell_secretariat(request, by=by, site=site)
    return request


@transaction.atomic
def receive_request(*, process: Process, facts: RequestFacts, by: Actor) -> Request:
    """Keep what the secretariat of ``process`` was asked to do.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: the same party asked the same on that day, or a value is wrong.
    """
    require(by, "processes.run", process)
    request = Request(process=process, **vars(facts))
    _refuse_second(request)
    return add_row(request, action="request.received", by=by)


@transaction.atomic
def answer_request(
    *,
    request: Request,
    state: RequestState,
    answer: str,
    version: int,
    by: Actor,
    site: str = "",
) -> Request:
    """Say what became of a request, and tell the party that asked.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: it is declined without a word, or was withdrawn.
    """
    require(by, "processes.run", request.process)
    if RequestState.WITHDRAWN in {request.state, state}:
        raise ValidationError(
            {"state": _("Only the party that asked withdraws a request; it is then closed.")},
            code="withdrawn",
        )
    if state == RequestState.DECLINED and not answer.strip():
        raise ValidationError({"answer": _("Say why the request is declined.")}, code="reason")
    before = request.state, request.answer
    changes = {"state": state, "answer": answer}
    request = change_row(request, changes, version=version, action="request.answered", by=by)
    if (request.state, request.answer) != before:
        tell_asking_party(request, by=by, site=site)
    return request


@transaction.atomic
def withdraw_request(*, request: Request, version: int, by: Actor, site: str = "") -> Request:
    """Take back what one's party asked, and tell the secretariat; what it answered stays.

    Raises:
        PermissionDenied: ``by`` does not belong today to the party that asked.
        EditConflict: somebody saved it after ``version``.
        ValidationError: the request is closed already.
    """
    require(by, "processes.withdraw_request", request)
    if request.is_closed:
        raise ValidationError(_("This request is closed already."), code="closed")
    changes = {"state": RequestState.WITHDRAWN}
    request = change_row(request, changes, version=version, action="request.withdrawn", by=by)
    tell_secretariat(request, by=by, site=site)
    return request


def _refuse_second(request: Request) -> None:
    """Refuse what the same party asked in the same words on the same day; one may have it back."""
    lock_process(request)
    same = request.process.requests.filter(
        party=request.party, meeting=request.meeting, asked=request.asked, words=request.words
    )
    sentence = _("This was asked in the same words on that day already.")
    refuse_equal(same.exclude(state=RequestState.WITHDRAWN), sentence)
