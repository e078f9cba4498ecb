"""The pages on which a secretariat says how its symbols are written."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.documents.forms import SymbolSeriesForm
from comity.documents.models import SymbolSeries
from comity.documents.services import (
    add_symbol_series,
    change_symbol_series,
    propose_symbol,
    remove_symbol_series,
)
from comity.processes.models import Process
from comity.processes.views.editing import FormPage, get_editable
from comity.ui.requests import Request
from comity.ui.responses import render_page


def _page(process: Process, heading: str, row: SymbolSeries | None = None) -> FormPage:
    return FormPage(
        process,
        "symbols",
        heading,
        row,
        to=reverse("documents:symbols", args=[process.slug]),
        template="documents/form.html",
        remove_url=reverse("documents:series_remove", args=[process.slug, row.pk]) if row else "",
        more={"runs": True},
    )


@require_safe
def symbols(request: Request, slug: str) -> HttpResponse:
    """List the series of symbols of a process, each with the symbol that comes next."""
    process = get_editable(request, slug, "documents.manage")
    year = timezone.localdate().year
    series = [(row, propose_symbol(row, year)) for row in process.symbol_series.all()]
    context = {"process": process, "part": "symbols", "runs": True, "series": series}
    return render_page(request, "documents/symbols.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def series_add(request: Request, slug: str) -> HttpResponse:
    """Let the process give symbols of a series."""
    process = get_editable(request, slug, "documents.manage")
    form = SymbolSeriesForm(request.POST or None, process=process)
    return _page(process, _("Add a series of symbols")).answer(
        request,
        form,
        lambda: add_symbol_series(process=process, facts=form.facts(), by=request.user),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def series(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change how symbols of a series are written."""
    process = get_editable(request, slug, "documents.manage")
    row = get_object_or_404(process.symbol_series, pk=pk)
    form = SymbolSeriesForm(request.POST or None, process=process, row=row)
    return _page(process, str(row), row).answer(
        request,
        form,
        lambda: change_symbol_series(
            series=row, facts=form.facts(), version=form.seen_version, by=request.user
        ),
    )


@require_POST
def series_remove(request: Request, slug: str, pk: int) -> HttpResponse:
    """Give no more symbols of a series."""
    process = get_editable(request, slug, "documents.manage")
    row = get_object_or_404(process.symbol_series, pk=pk)
    return _page(process, str(row), row).answer_removal(
        request, lambda seen: remove_symbol_series(series=row, version=seen, by=request.user)
    )
