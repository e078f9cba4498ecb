"""The pages on which the meetings of a process are edited."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.processes.calendar import tellers
from comity.processes.forms import MeetingForm, PostponeForm, ReasonForm, SeriesForm
from comity.processes.models import AHEAD, Meeting
from comity.processes.services import (
    add_meeting,
    add_series,
    cancel_meeting,
    change_meeting,
    postpone_meeting,
    rename_series,
)
from comity.processes.views.editing import FormPage, get_editable
from comity.ui.requests import Request
from comity.ui.responses import render_page

PAGE_SIZE = 50


@require_safe
def meetings(request: Request, slug: str) -> HttpResponse:
    """List the meetings, latest first, each with a way to change it."""
    process = get_editable(request, slug)
    found = process.meetings.latest_first().select_related("series")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "process": process,
        "page": page,
        "series": process.series.all(),
        "part": "meetings",
    }
    return render_page(request, "processes/meetings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_add(request: Request, slug: str) -> HttpResponse:
    """Let the process have a meeting."""
    process = get_editable(request, slug)
    form = MeetingForm(request.POST or None, process=process)
    page = FormPage(process, "meetings", _("Add a meeting"))
    return page.answer(
        request,
        form,
        lambda: _told(
            request,
            add_meeting(
                process=process, facts=form.facts(), by=request.user, grounds=form.given_grounds
            ),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change what is said of a meeting; below it can be called off."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.meetings, pk=pk)
    form = MeetingForm(request.POST or None, process=process, row=row)
    page = FormPage(
        process,
        "meetings",
        str(row),
        row,
        template="processes/meeting.html",
        more={"lies_ahead": row.status in AHEAD},
    )
    return page.answer(
        request,
        form,
        lambda: _told(
            request,
            change_meeting(
                meeting=row,
                facts=form.facts(),
                version=form.seen_version,
                by=request.user,
                grounds=form.given_grounds,
            ),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_postpone(request: Request, slug: str, pk: int) -> HttpResponse:
    """Postpone a meeting that lies ahead, for a reason."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.meetings, pk=pk)
    form = PostponeForm(request.POST or None, process=process, row=row)
    back = reverse("processes:meeting", args=[slug, pk])
    page = FormPage(process, "meetings", _("Postpone: %(meeting)s") % {"meeting": row}, back=back)
    return page.answer(
        request,
        form,
        lambda: _told(
            request,
            postpone_meeting(
                meeting=row, **form.shown(), version=form.seen_version, by=request.user
            ),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_cancel(request: Request, slug: str, pk: int) -> HttpResponse:
    """Cancel a meeting that lies ahead, for a reason."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.meetings, pk=pk)
    form = ReasonForm(request.POST or None, process=process, row=row)
    back = reverse("processes:meeting", args=[slug, pk])
    page = FormPage(process, "meetings", _("Cancel: %(meeting)s") % {"meeting": row}, back=back)
    return page.answer(
        request,
        form,
        lambda: cancel_meeting(
            meeting=row, **form.shown(), version=form.seen_version, by=request.user
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def series_add(request: Request, slug: str) -> HttpResponse:
    """Let meetings form a series."""
    process = get_editable(request, slug)
    form = SeriesForm(request.POST or None, process=process)
    page = FormPage(
        process,
        "meetings",
        _("Add a series of meetings"),
        to=reverse("processes:meeting_add", args=[slug]),
    )
    return page.answer(
        request,
        form,
        lambda: add_series(
            process=process, **form.shown(), by=request.user, grounds=form.given_grounds
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def series(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change what a series of meetings is called."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.series, pk=pk)
    form = SeriesForm(request.POST or None, process=process, row=row)
    page = FormPage(
        process,
        "meetings",
        str(row),
        row,
        to=reverse("processes:series", args=[slug, pk]),
        back=reverse("processes:meetings", args=[slug]),
    )
    return page.answer(
        request,
        form,
        lambda: rename_series(
            series=row,
            name=form.cleaned_data["name"],
            version=form.seen_version,
            by=request.user,
            grounds=form.given_grounds,
        ),
    )


def _told(request: Request, saved: Meeting) -> Meeting:
    """Tell the editor what the meeting meets on its days; return it."""
    for tell in tellers:
        for sentence in tell(request.user, saved):
            messages.warning(request, sentence)
    return saved
