"""The pages on which the stages of the life of a process are edited."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.processes.forms import NewStageForm, StageForm
from comity.processes.services import change_stage, enter_stage
from comity.processes.views.editing import FormPage, get_editable
from comity.ui.requests import Request
from comity.ui.responses import render_page


@require_safe
def stages(request: Request, slug: str) -> HttpResponse:
    """List the stages of the process, each with a way to change it."""
    process = get_editable(request, slug)
    context = {"process": process, "listed": process.stages.all(), "part": "stages"}
    return render_page(request, "processes/stages.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def stage_enter(request: Request, slug: str) -> HttpResponse:
    """Let the process enter a stage on a day."""
    process = get_editable(request, slug)
    form = NewStageForm(request.POST or None, process=process)
    page = FormPage(process, "stages", _("Enter a new stage"))
    return page.answer(
        request,
        form,
        lambda: enter_stage(
            process=process, **form.shown(), by=request.user, grounds=form.given_grounds
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def stage(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change when a stage runs, or what is said of it."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.stages, pk=pk)
    form = StageForm(request.POST or None, process=process, row=row)
    page = FormPage(process, "stages", str(row), row)
    return page.answer(
        request,
        form,
        lambda: change_stage(
            stage=row,
            facts=form.facts(),
            version=form.seen_version,
            by=request.user,
            grounds=form.given_grounds,
        ),
    )
