"""The pages on which a secretariat reads what a party sent, and says what becomes of it."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.calls.forms.deciding import SCANS, MoreTimeForm, RecordForm, ReturnForm
from comity.calls.kinds import fields_of
from comity.calls.models import CallState, Reply, ReplyState, Submission, SubmissionState
from comity.calls.queries.sent import read_sent
from comity.calls.queries.standing import due_of, standing_of
from comity.calls.queries.told import events_of_reply, read_events
from comity.calls.services import (
    accept_reply,
    extend_reply,
    record_answer,
    reopen_reply,
    return_reply,
)
from comity.calls.views.finding import answer, around, get_reply, name_in, press, process_of
from comity.calls.views.workbooks import HANDED_IN
from comity.store.models import StoredFile
from comity.store.responses import serve_file
from comity.store.services import keep_file
from comity.ui.requests import Request
from comity.ui.responses import render_page


@require_safe
def reply(request: Request, pk: int, party: str) -> HttpResponse:
    """Show what a party sent, answer by answer, the latest first, and what was done."""
    found = get_reply(request, pk, party)
    now = timezone.now()
    name = name_in(found.call, found.party_id)
    sent = read_sent(found, request.user, timezone.localdate(now))
    states = {each.submission.state for each in sent}
    may_record = found.is_open(now) and SubmissionState.SENT not in states
    context = around(
        found.call,
        name,
        reply=found,
        standing=standing_of(found.call, found, now),
        due_at=due_of(found.call, found),
        sent=sent,
        is_accepted=found.state == ReplyState.ACCEPTED and found.call.state != CallState.WITHDRAWN,
        may_record=may_record,
        handed_in=[(way, way.label) for way in HANDED_IN] if may_record else [],
        may_extend=found.call.state in (CallState.OPEN, CallState.CLOSED),
        entries=read_events(events_of_reply(found)),
    )
    return render_page(request, "calls/reply.html", context)


@require_POST
def accept(request: Request, pk: int, party: str, number: int) -> HttpResponse:
    """Accept what a party sent."""
    found = get_reply(request, pk, party)
    sent = _get_sent(request, found, number)
    return press(
        request,
        found.call,
        lambda _version: accept_reply(submission=sent, by=request.user),
        _("The answer is accepted."),
        to=_address(found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: Request, pk: int, party: str, number: int) -> HttpResponse:
    """Return what a party sent, with what is missing and until when it can be mended."""
    found = get_reply(request, pk, party)
    sent = _get_sent(request, found, number)
    form = ReturnForm(request.POST or None, process=process_of(found.call))
    heading = _("Return the answer of %(party)s") % {"party": name_in(found.call, found.party_id)}
    return answer(
        request,
        form,
        around(found.call, heading, button=_("Return the answer")),
        save=lambda: return_reply(submission=sent, **form.shown(), by=request.user),
        to=_address(found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: Request, pk: int, party: str) -> HttpResponse:
    """Ask a party for an accepted answer again; the accepted one holds meanwhile."""
    found = get_reply(request, pk, party)
    form = ReturnForm(request.POST or None, process=process_of(found.call))
    heading = _("Ask %(party)s again") % {"party": name_in(found.call, found.party_id)}
    note = _("The answer that was accepted holds until another is.")
    return answer(
        request,
        form,
        around(found.call, heading, note=note, button=_("Ask again")),
        save=lambda: reopen_reply(reply=found, **form.shown(), by=request.user),
        to=_address(found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: Request, pk: int, party: str) -> HttpResponse:
    """Give one party more time."""
    found = get_reply(request, pk, party)
    initial = {"due_at": due_of(found.call, found)}
    form = MoreTimeForm(request.POST or None, process=process_of(found.call), initial=initial)
    heading = _("More time for %(party)s") % {"party": name_in(found.call, found.party_id)}
    return answer(
        request,
        form,
        around(found.call, heading),
        save=lambda: extend_reply(reply=found, **form.shown(), by=request.user),
        to=_address(found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: Request, pk: int, party: str) -> HttpResponse:
    """Enter what a party answered by note, mail, telephone or in the room."""
    found = get_reply(request, pk, party)
    form = RecordForm(
        request.POST or None,
        request.FILES or None,
        process=process_of(found.call),
        asked=fields_of(found.call, found.party),
    )
    heading = _("Record an answer of %(party)s") % {"party": name_in(found.call, found.party_id)}
    note = _("It is accepted at once and marked as recorded. The party may confirm it later.")
    return answer(
        request,
        form,
        around(found.call, heading, note=note, has_file=True),
        save=lambda: _record(request, found, form),
        to=_address(found),
    )


@require_safe
def scan(request: Request, pk: int, party: str, number: int) -> HttpResponseBase:
    """Hand out the scan of an answer that was recorded."""
    found = get_reply(request, pk, party)
    sent = _get_sent(request, found, number)
    if sent.scan is None:
        raise Http404
    ending = sent.scan.media_type.rpartition("/")[2]
    return serve_file(sent.scan, name=f"call-{pk}-{party}-{number}.{ending}")


def _get_sent(request: Request, found: Reply, number: int) -> Submission:
    visible = Submission.objects.visible_to(request.user, timezone.localdate())
    sent = get_object_or_404(visible.select_related("scan"), reply=found, number=number)
    sent.reply = found
    return sent


def _record(request: Request, found: Reply, form: RecordForm) -> Submission:
    kept = _keep_scan(request, form)
    typed = form.cleaned_data
    return record_answer(
        reply=found,
        values=form.values(),
        way=typed["way"],
        note=typed["note"],
        scan=kept,
        by=request.user,
    )


def _keep_scan(request: Request, form: RecordForm) -> StoredFile | None:
    upload = form.cleaned_data["scan"]
    if upload is None:
        return None
    try:
        return keep_file(stream=upload, name=upload.name, by=request.user, allowed=SCANS)
    except ValidationError as error:
        raise ValidationError({"scan": error.messages}) from error


def _address(found: Reply) -> str:
    return reverse("calls:reply", args=[found.call_id, found.party.code])
