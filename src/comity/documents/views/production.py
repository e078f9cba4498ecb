"""The pages of a production plan."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.accounts.authority import may
from comity.documents.forms import OwedPaperForm
from comity.documents.models import OwedPaper
from comity.documents.plan import plan_table, read_plan
from comity.documents.services import add_owed_paper, change_owed_paper, remove_owed_paper
from comity.processes.models import Process
from comity.processes.views.editing import FormPage, get_editable
from comity.ui.pieces import Download
from comity.ui.requests import Request
from comity.ui.responses import render_page
from comity.ui.table_files import FORMS, table_file


@require_safe
def plan(request: Request, slug: str) -> HttpResponse:
    """Show who owes which paper, until when, and what has come."""
    process = get_editable(request, slug, "documents.read_plan")
    files = [
        Download(label, reverse("documents:plan_file", args=[slug, name]))
        for name, label in FORMS.items()
    ]
    context = {
        "process": process,
        "part": "plan",
        "rows": read_plan(process, request.user, timezone.localdate()),
        "files": files,
        "runs": may(request.user, "documents.manage", process),
    }
    return render_page(request, "documents/plan.html", context)


@require_safe
def plan_file(request: Request, slug: str, form: str) -> HttpResponseBase:
    """Hand the plan out as a table."""
    process = get_editable(request, slug, "documents.read_plan")
    if form not in FORMS:
        raise Http404
    on = timezone.localdate()
    response = table_file(plan_table(process, read_plan(process, request.user, on), on), form)
    response["Cache-Control"] = "private, no-store"
    return response


def _page(process: Process, heading: str, row: OwedPaper | None = None) -> FormPage:
    remove = reverse("documents:owed_remove", args=[process.slug, row.pk]) if row else ""
    return FormPage(
        process,
        "plan",
        heading,
        row,
        to=reverse("documents:plan", args=[process.slug]),
        remove_url=remove,
        template="documents/form.html",
        more={"runs": True},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def owed_add(request: Request, slug: str) -> HttpResponse:
    """Put a paper that somebody owes into the plan."""
    process = get_editable(request, slug, "documents.manage")
    form = OwedPaperForm(request.POST or None, process=process)
    return _page(process, _("Add a paper that is owed")).answer(
        request,
        form,
        lambda: add_owed_paper(process=process, facts=form.facts(), by=request.user),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def owed(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change what is said of a paper that somebody owes."""
    process = get_editable(request, slug, "documents.manage")
    row = get_object_or_404(process.owed_papers, pk=pk)
    form = OwedPaperForm(request.POST or None, process=process, row=row)
    return _page(process, str(row), row).answer(
        request,
        form,
        lambda: change_owed_paper(
            row=row, facts=form.facts(), version=form.seen_version, by=request.user
        ),
    )


@require_POST
def owed_remove(request: Request, slug: str, pk: int) -> HttpResponse:
    """Take a paper out of the plan."""
    process = get_editable(request, slug, "documents.manage")
    row = get_object_or_404(process.owed_papers, pk=pk)
    return _page(process, str(row), row).answer_removal(
        request, lambda seen: remove_owed_paper(row=row, version=seen, by=request.user)
    )
