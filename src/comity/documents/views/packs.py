"""The pages from which papers are taken along, and the files themselves."""

import re
from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from comity.accounts.models import User
from comity.core.languages import language_name
from comity.documents.packs import Pack, lay_out_pack, pack_of_desk, pack_of_meeting
from comity.documents.zips import Layout
from comity.processes.models import Meeting
from comity.ui.requests import Request
from comity.ui.responses import render_page

RANGE: Final = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


@require_safe
def meeting_papers(request: Request, slug: str) -> HttpResponse:
    """Show what a reader may take along of the papers of a meeting."""
    meeting = get_object_or_404(Meeting.objects.select_related("process"), slug=slug)
    pack = pack_of_meeting(meeting, request.user, _languages(request))
    return _page(request, pack, reverse("documents:meeting_pack", args=[slug]), meeting)


@require_safe
def meeting_pack(request: Request, slug: str) -> HttpResponseBase:
    """Hand out the papers of a meeting that the reader may have, as one file."""
    meeting = get_object_or_404(Meeting, slug=slug)
    pack = pack_of_meeting(meeting, request.user, _languages(request))
    to = reverse("documents:meeting_pack", args=[slug])
    return _hand_out(request, pack, slug, to, meeting)


@login_required
@require_safe
def desk_papers(request: Request) -> HttpResponse:
    """Show what a reader may take along of the papers of the meetings ahead."""
    assert isinstance(request.user, User)
    pack = pack_of_desk(request.user, timezone.localdate(), _languages(request))
    return _page(request, pack, reverse("documents:desk_pack"))


@login_required
@require_safe
def desk_pack(request: Request) -> HttpResponseBase:
    """Hand out the papers of the meetings ahead that the reader may have, as one file."""
    assert isinstance(request.user, User)
    pack = pack_of_desk(request.user, timezone.localdate(), _languages(request))
    return _hand_out(request, pack, "papers", reverse("documents:desk_pack"))


def _languages(request: Request) -> list[str]:
    """Return the languages that the address asks for, that of the reader where none."""
    asked = request.GET.getlist("language")
    known = [code for code in settings.CONTENT_LANGUAGES if code in asked]
    return known or [get_language() or settings.LANGUAGE_CODE]


def _page(
    request: Request, pack: Pack, to: str, meeting: Meeting | None = None, status: int = 200
) -> HttpResponse:
    languages = [
        (code, language_name(code), code in pack.languages) for code in settings.CONTENT_LANGUAGES
    ]
    context = {"pack": pack, "to": to, "meeting": meeting, "languages": languages}
    return render_page(request, "documents/pack.html", context, status=status)


def _hand_out(
    request: Request, pack: Pack, name: str, to: str, meeting: Meeting | None = None
) -> HttpResponseBase:
    """Answer with the file, or with the part of it that a broken download asks for."""
    if pack.is_too_large or not pack.papers:
        return _page(request, pack, to, meeting, status=422)
    layout = lay_out_pack(pack, timezone.localdate())
    response = _answer(request, layout)
    response["Content-Disposition"] = f'attachment; filename="{slugify(name) or "papers"}.zip"'
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = layout.etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _answer(request: HttpRequest, layout: Layout) -> HttpResponseBase:
    start, end = _asked_part(request, layout)
    if start >= end:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{layout.size}"
        return refused
    is_part = (start, end) != (0, layout.size)
    # The answer to HEAD is the same without its content: no file is opened for it.
    last = start if request.method == "HEAD" else end
    response = StreamingHttpResponse(
        layout.read(start, last),
        content_type="application/zip",
        status=206 if is_part else 200,
    )
    response["Content-Length"] = str(end - start)
    if is_part:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{layout.size}"
    return response


def _asked_part(request: HttpRequest, layout: Layout) -> tuple[int, int]:
    """Return from where to where the answer goes: all of it, unless one known part is asked for."""
    whole = 0, layout.size
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    condition = request.headers.get("If-Range")
    if not asked or not any(asked.groups()) or condition not in {None, layout.etag}:
        return whole
    first, last = asked.groups()
    if not first:
        return max(layout.size - int(last), 0), layout.size
    return int(first), min(int(last) + 1, layout.size) if last else layout.size
