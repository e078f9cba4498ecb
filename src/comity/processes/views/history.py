"""The page on which one reads what was done to the record of a process."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from comity.audit.queries import read_history
from comity.processes.queries import record_events
from comity.processes.views.editing import get_editable
from comity.ui.requests import Request
from comity.ui.responses import render_page

PAGE_SIZE = 50


@require_safe
def history(request: Request, slug: str) -> HttpResponse:
    """Show who changed what in the record of a process, and when, latest first."""
    process = get_editable(request, slug)
    events = record_events(process).select_related("content_type")
    page = Paginator(events, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "process": process,
        "page": page,
        "entries": read_history(page),
        "part": "history",
    }
    return render_page(request, "processes/history.html", context)
