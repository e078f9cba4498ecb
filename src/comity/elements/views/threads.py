"""The thread of a process, and its register of common principles."""

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.accounts.authority import may
from comity.elements.forms import PrincipleForm
from comity.elements.models import Element, Principle
from comity.elements.queries.threads import read_thread
from comity.elements.services import add_principle, change_principle, remove_principle
from comity.processes.models import Process
from comity.processes.views.editing import FormPage, get_editable
from comity.ui.requests import Request
from comity.ui.responses import render_page

FORM = "elements/principle.html"


@require_safe
def thread(request: Request, slug: str) -> HttpResponse:
    """Show what became of each text: its elements, and what goes on with them."""
    process = get_object_or_404(Process, slug=slug)
    texts = read_thread(process, request.user, timezone.localdate())
    return render_page(request, "elements/thread.html", {"process": process, "texts": texts})


@require_safe
def principles(request: Request, slug: str) -> HttpResponse:
    """List what several texts of a process hold in common, with their sources."""
    process, today = get_object_or_404(Process, slug=slug), timezone.localdate()
    readable = Element.objects.visible_to(request.user, today).select_related("text__document")
    rows = Principle.objects.visible_to(request.user, today).filter(process=process)
    context = {
        "process": process,
        "principles": rows.prefetch_related(Prefetch("sources", readable)),
        "can_edit": may(request.user, "processes.run", process),
    }
    return render_page(request, "elements/principles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def principle_add(request: Request, slug: str) -> HttpResponse:
    """Add a common principle to the register."""
    process = get_editable(request, slug, "processes.run")
    form = PrincipleForm(request.POST or None, process=process)
    page = FormPage(process, "", _("Add a common principle"), to=_list(slug), template=FORM)
    return page.answer(
        request,
        form,
        lambda: add_principle(process=process, facts=form.facts(), by=request.user),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def principle(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change a common principle."""
    process = get_editable(request, slug, "processes.run")
    row = get_object_or_404(Principle, process=process, pk=pk)
    form = PrincipleForm(request.POST or None, process=process, row=row)
    page = FormPage(
        process,
        "",
        _("Change a common principle"),
        row,
        to=_list(slug),
        template=FORM,
        remove_url=reverse("elements:principle_remove", args=[slug, pk]),
    )
    return page.answer(
        request,
        form,
        lambda: change_principle(
            principle=row, facts=form.facts(), version=form.seen_version, by=request.user
        ),
    )


@require_POST
def principle_remove(request: Request, slug: str, pk: int) -> HttpResponse:
    """Remove a common principle from the register."""
    process = get_editable(request, slug, "processes.run")
    row = get_object_or_404(Principle, process=process, pk=pk)
    page = FormPage(process, "", str(row), to=_list(slug))
    return page.answer_removal(
        request,
        lambda version: remove_principle(principle=row, version=version, by=request.user),
    )


def _list(slug: str) -> str:
    return reverse("elements:principles", args=[slug])
