"""The pages on which the secretariat chooses the outlines and the disclaimer of its maps."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.accounts.authority import Actor
from comity.office.outlines import MOST_BYTES
from comity.processes.approved import preview_map
from comity.processes.forms.approved import MapForm
from comity.processes.models import ApprovedMap, Process
from comity.processes.services.approvals import approve_map
from comity.processes.services.approved_maps import MapFile, discard_map, prepare_map
from comity.processes.views.approving import answer_approval, answer_discarding, answer_end
from comity.processes.views.editing import FormPage, get_editable
from comity.store.services import keep_file
from comity.ui.answering import answer_form
from comity.ui.requests import Request
from comity.ui.responses import render_page

ENDINGS = {"geojson", "topojson", "json"}


def _get_map(process: Process, pk: int, *, prepared: bool = False) -> ApprovedMap:
    rows = process.approved_maps.select_related("process", "boundaries")
    light = rows.defer("boundaries__shapes")
    return get_object_or_404(light.filter(begins=None) if prepared else light, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def approved_map_add(request: Request, slug: str) -> HttpResponse:
    """Take a file of outlines and a disclaimer; lead to what maps would look like."""
    process = get_editable(request, slug, "processes.run")
    form = MapForm(request.POST or None, request.FILES or None, process=process)
    page = FormPage(
        process,
        "approved",
        _("Prepare outlines and a disclaimer"),
        template="processes/approved_map_form.html",
    )
    return answer_form(
        request,
        page.template,
        form,
        page.context(),
        save=lambda: _prepare(process, form, _keep(form, request.user), request.user),
        to=page.list_url,
        address_of=ApprovedMap.get_absolute_url,
    )


def _keep(form: MapForm, by: Actor) -> MapFile | None:
    """Keep the file that was sent, before the transaction that refers to it."""
    upload = form.cleaned_data["file"]
    if upload is None:
        return None
    name = str(upload.name)[-200:]
    try:
        stored = keep_file(stream=upload, name=name, by=by, allowed=ENDINGS, most_bytes=MOST_BYTES)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error
    return MapFile(stored, name)


def _prepare(process: Process, form: MapForm, file: MapFile | None, by: Actor) -> ApprovedMap:
    """Prepare the map; what is wrong with the file is said at its field."""
    typed = form.cleaned_data
    try:
        return prepare_map(
            process=process,
            file=file,
            source=typed["source"],
            disclaimer=typed["disclaimer"],
            by=by,
        )
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            raise
        raise ValidationError({"file": error.messages}) from error


@require_safe
def approved_map(request: Request, slug: str, pk: int) -> HttpResponse:
    """Show the map of the process as outlines and a disclaimer would have it."""
    process, today = get_editable(request, slug, "processes.run"), timezone.localdate()
    row = _get_map(process, pk)
    context = {
        "process": process,
        "part": "approved",
        "row": row,
        "is_in_force": row.is_in_force(today),
        "preview": preview_map(row, today),
    }
    return render_page(request, "processes/approved_map.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def approved_map_approve(request: Request, slug: str, pk: int) -> HttpResponse:
    """Say from which day on the maps of the process use outlines and a disclaimer."""
    process = get_editable(request, slug, "processes.run")
    row = _get_map(process, pk, prepared=True)
    return answer_approval(request, row, _("Have the map in force"), approve_map)


@require_http_methods(["GET", "HEAD", "POST"])
def approved_map_end(request: Request, slug: str, pk: int) -> HttpResponse:
    """Say on which day outlines and a disclaimer are used for the last time."""
    process = get_editable(request, slug, "processes.run")
    row = get_object_or_404(process.approved_maps.exclude(begins=None), pk=pk)
    return answer_end(request, row, _("End the map"))


@require_POST
def approved_map_discard(request: Request, slug: str, pk: int) -> HttpResponse:
    """Remove outlines that were never approved."""
    process = get_editable(request, slug, "processes.run")
    row = _get_map(process, pk, prepared=True)
    return answer_discarding(request, row, discard_map)
