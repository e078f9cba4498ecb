"""The pages on which visits to other processes are planned and reported."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.processes.forms import NewVisitForm, VisitForm
from comity.processes.services import add_visit, change_visit, remove_visit
from comity.processes.views.editing import FormPage, get_editable
from comity.ui.requests import Request
from comity.ui.responses import render_page

RUN = "processes.run"


@require_safe
def visits(request: Request, slug: str) -> HttpResponse:
    """List the visits that the process pays and has: planned, carried out, reported."""
    process, today = get_editable(request, slug, RUN), timezone.localdate()
    paid = process.visits_paid.select_related("visited", "meeting")
    had = process.visits_had.select_related("process", "meeting")
    context = {"process": process, "paid": paid, "had": had, "today": today, "part": "visits"}
    return render_page(request, "processes/visits.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def visit_add(request: Request, slug: str) -> HttpResponse:
    """Plan a visit, or keep one that took place."""
    process = get_editable(request, slug, RUN)
    form = NewVisitForm(request.POST or None, process=process)
    page = FormPage(process, "visits", _("Add a liaison visit"))
    return page.answer(
        request,
        form,
        lambda: add_visit(
            process=process,
            visited=form.cleaned_data["visited"],
            facts=form.facts(),
            by=request.user,
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: Request, slug: str, pk: int) -> HttpResponse:
    """Say at which meeting a visit was, and what was reported."""
    process = get_editable(request, slug, RUN)
    row = get_object_or_404(process.visits_paid.select_related("visited"), pk=pk)
    form = VisitForm(request.POST or None, process=process, row=row)
    page = FormPage(
        process,
        "visits",
        str(row.visited),
        row,
        remove_url=reverse("processes:visit_remove", args=[slug, pk]),
    )
    return page.answer(
        request,
        form,
        lambda: change_visit(
            visit=row, facts=form.facts(), version=form.seen_version, by=request.user
        ),
    )


@require_POST
def visit_remove(request: Request, slug: str, pk: int) -> HttpResponse:
    """Remove a visit that does not take place after all."""
    process = get_editable(request, slug, RUN)
    row = get_object_or_404(process.visits_paid.select_related("visited"), pk=pk)
    page = FormPage(process, "visits", str(row.visited))
    return page.answer_removal(
        request, lambda version: remove_visit(visit=row, version=version, by=request.user)
    )
