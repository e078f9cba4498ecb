"""The pages on which an answer goes out as a workbook and comes back."""

import uuid

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from comity.accounts.authority import may
from comity.accounts.models import User
from comity.calls.models import Entry, Reply, Way
from comity.calls.views.answering import address_of, get_own_reply
from comity.calls.workbooks import KIND, answer_workbook, plan_answer, plan_recorded
from comity.office.models import WaitingWorkbook
from comity.parties.models.parties import name_today
from comity.processes.views.workbooks import WorkbookPage, workbook_file
from comity.store.models import StoredFile
from comity.ui.pieces import Download
from comity.ui.requests import Request

# What the secretariat hands in came in one of these ways.
HANDED_IN = (Way.MAIL, Way.NOTE)


@login_required
@require_safe
def answer_fetch(request: Request, pk: int, code: str) -> HttpResponse:
    """Hand the draft of the reader's party out as a workbook that can be sent back."""
    reply = get_own_reply(request, pk, code)
    drafted = Entry.objects.visible_to(request.user, timezone.localdate()).filter(reply=reply)
    workbook = answer_workbook(reply, {entry.key: entry for entry in drafted})
    return workbook_file(workbook, f"{code}-{pk}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_send(request: Request, pk: int, code: str) -> HttpResponse:
    """Take back a workbook with the answer of the reader's party."""
    return _own_page(request, pk, code).answer_sending(request)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_take(request: Request, pk: int, code: str, token: uuid.UUID) -> HttpResponse:
    """Show what a workbook would write into the draft, and do it."""
    return _own_page(request, pk, code).answer_confirming(request, token)


@require_safe
def handed_in_fetch(request: Request, pk: int, code: str, language: str) -> HttpResponse:
    """Hand out the empty workbook of a party that only uses mail; it never holds the draft."""
    reply = _run_reply(request, pk, code)
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with override(language):
        return workbook_file(answer_workbook(reply, {}), f"{code}-{pk}-{language}")


@require_http_methods(["GET", "HEAD", "POST"])
def handed_in_send(request: Request, pk: int, code: str, way: str) -> HttpResponse:
    """Take in a workbook that came for a party by mail or with a note."""
    return _handed_in_page(request, pk, code, way).answer_sending(request)


@require_http_methods(["GET", "HEAD", "POST"])
def handed_in_take(
    request: Request, pk: int, code: str, way: str, token: uuid.UUID
) -> HttpResponse:
    """Show what a workbook that came says, and record it with the file."""
    mine = WaitingWorkbook.objects.visible_to(request.user, timezone.now())
    waiting = mine.filter(token=token).select_related("file").first()
    page = _handed_in_page(request, pk, code, way, waiting.file if waiting else None)
    return page.answer_confirming(request, token)


def _own_page(request: Request, pk: int, code: str) -> WorkbookPage:
    reply = get_own_reply(request, pk, code)
    if not may(request.user, "calls.write", reply):
        raise PermissionDenied
    reader = request.user
    assert isinstance(reader, User)
    assert reply.call.process is not None
    draft = address_of(reply)
    to = draft
    if may(reader, "calls.clear", reply):
        to = f"{address_of(reply, 'answer_clear')}?way={Way.WORKBOOK}"
    return WorkbookPage(
        process=reply.call.process,
        subject=f"{KIND}:{pk}:{code}",
        template="calls/answer_workbook.html",
        heading=_("Answer in a workbook"),
        part="",
        list_url=to,
        send_url=address_of(reply, "answer_send"),
        address=lambda token: address_of(reply, "answer_take", token),
        plan=lambda stream, name, _grounds: plan_answer(reply, stream, name=name, by=reader),
        files=[Download("Excel", address_of(reply, "answer_fetch"))],
        more={"call": reply.call, "answer_url": draft, "back": draft},
    )


def _run_reply(request: Request, pk: int, code: str) -> Reply:
    """Return a reply to a call that the reader's secretariat runs; to others there is no page."""
    found = Reply.objects.select_related("call__process", "party")
    reply = get_object_or_404(found, call=pk, party__code=code)
    if not may(request.user, "calls.run", reply.call):
        raise Http404
    return reply


def _handed_in_page(
    request: Request, pk: int, code: str, way: str, scan: StoredFile | None = None
) -> WorkbookPage:
    if way not in HANDED_IN:
        raise Http404
    reply, came = _run_reply(request, pk, code), Way(way)
    by = request.user
    assert isinstance(by, User)
    assert reply.call.process is not None
    args = [pk, code, way]
    names = {"party": name_today(reply.party_id), "way": came.label}
    return WorkbookPage(
        process=reply.call.process,
        subject=f"handed-in:{pk}:{code}:{way}",
        template="calls/answer_handed_in.html",
        heading=_("The answer of %(party)s that came %(way)s") % names,
        part="",
        list_url=reverse("calls:reply", args=[pk, code]),
        send_url=reverse("calls:handed_in_send", args=args),
        address=lambda token: reverse("calls:handed_in_take", args=[*args, token]),
        plan=lambda stream, name, grounds: plan_recorded(
            reply, stream, name=name, by=by, way=came, note=grounds, scan=scan
        ),
        files=[
            Download(f"Excel ({name})", reverse("calls:handed_in_fetch", args=[pk, code, language]))
            for language, name in settings.LANGUAGES
        ],
        asks_grounds=True,
        more={"call": reply.call},
    )
