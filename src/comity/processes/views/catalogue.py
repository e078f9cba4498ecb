"""The pages on which names, other names and areas of interest are edited."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.processes.forms import AliasForm, AreaForm, NamesForm, RemovalForm
from comity.processes.models import Process
from comity.processes.services import (
    add_alias,
    add_area,
    change_alias,
    change_area,
    change_names,
    remove_alias,
    remove_area,
)
from comity.processes.views.editing import answer_form, get_editable
from comity.ui.requests import Request
from comity.ui.responses import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def names(request: Request, slug: str) -> HttpResponse:
    """Change what the process is called; below stand its other names."""
    process = get_editable(request, slug)
    form = NamesForm(request.POST or None, process=process, row=process)
    to = reverse("processes:names", args=[slug])
    context = {
        "process": process,
        "part": "names",
        "heading": _("Names"),
        "back": process.get_absolute_url(),
        "aliases": process.aliases.all(),
    }

    def save() -> None:
        change_names(process=process, **form.shown(), version=form.seen_version, by=request.user)

    return answer_form(request, "processes/names.html", form, context, save=save, to=to)


@require_http_methods(["GET", "HEAD", "POST"])
def alias_add(request: Request, slug: str) -> HttpResponse:
    """Add another name."""
    process = get_editable(request, slug)
    form = AliasForm(request.POST or None, process=process)
    to = reverse("processes:names", args=[slug])
    context = {
        "process": process,
        "part": "names",
        "heading": _("Add another name"),
    }

    def save() -> None:
        add_alias(process=process, facts=form.facts(), by=request.user)

    return answer_form(request, "processes/form.html", form, context, save=save, to=to)


@require_http_methods(["GET", "HEAD", "POST"])
def alias(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change another name."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.aliases, pk=pk)
    form = AliasForm(request.POST or None, process=process, row=row)
    to = reverse("processes:names", args=[slug])
    context = {
        "process": process,
        "part": "names",
        "heading": str(row),
        "row": row,
        "remove_url": reverse("processes:alias_remove", args=[slug, pk]),
    }

    def save() -> None:
        change_alias(alias=row, facts=form.facts(), version=form.seen_version, by=request.user)

    return answer_form(request, "processes/form.html", form, context, save=save, to=to)


@require_POST
def alias_remove(request: Request, slug: str, pk: int) -> HttpResponse:
    """Remove another name."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.aliases, pk=pk)
    form = RemovalForm(request.POST)
    to = reverse("processes:names", args=[slug])
    try:
        remove_alias(alias=row, version=form.seen_version, by=request.user)
    except ValidationError as error:
        return _refuse_removal(request, process, to, str(row), error)
    messages.success(request, _("“%(name)s” is removed.") % {"name": row})
    return redirect(to)


@require_safe
def areas(request: Request, slug: str) -> HttpResponse:
    """List the areas of interest with their themes, each with a way to change it."""
    process = get_editable(request, slug)
    listed = process.areas.select_related("part_of").prefetch_related("themes")
    context = {"process": process, "listed": listed, "part": "areas"}
    return render_page(request, "processes/areas.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def area_add(request: Request, slug: str) -> HttpResponse:
    """Add an area of interest."""
    process = get_editable(request, slug)
    form = AreaForm(request.POST or None, process=process)
    to = reverse("processes:areas", args=[slug])
    context = {
        "process": process,
        "part": "areas",
        "heading": _("Add an area of interest"),
    }

    def save() -> None:
        add_area(process=process, facts=form.facts(), by=request.user)

    return answer_form(request, "processes/form.html", form, context, save=save, to=to)


@require_http_methods(["GET", "HEAD", "POST"])
def area(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change an area of interest and its themes."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.areas, pk=pk)
    form = AreaForm(request.POST or None, process=process, row=row)
    to = reverse("processes:areas", args=[slug])
    context = {
        "process": process,
        "part": "areas",
        "heading": str(row),
        "row": row,
        "remove_url": reverse("processes:area_remove", args=[slug, pk]),
    }

    def save() -> None:
        change_area(area=row, facts=form.facts(), version=form.seen_version, by=request.user)

    return answer_form(request, "processes/form.html", form, context, save=save, to=to)


@require_POST
def area_remove(request: Request, slug: str, pk: int) -> HttpResponse:
    """Remove an area of interest."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.areas, pk=pk)
    form = RemovalForm(request.POST)
    to = reverse("processes:areas", args=[slug])
    try:
        remove_area(area=row, version=form.seen_version, by=request.user)
    except ValidationError as error:
        return _refuse_removal(request, process, to, str(row), error)
    messages.success(request, _("“%(name)s” is removed.") % {"name": row})
    return redirect(to)


def _refuse_removal(
    request: Request, process: Process, back: str, heading: str, error: ValidationError
) -> HttpResponse:
    context = {
        "process": process,
        "problems": error.messages,
        "back": back,
        "heading": heading,
    }
    return render_page(request, "processes/refused.html", context, status=422)
