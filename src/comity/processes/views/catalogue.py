"""The pages on which names, other names and areas of interest are edited."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.processes.forms import AliasForm, AreaForm, NamesForm
from comity.processes.services import (
    add_alias,
    add_area,
    change_alias,
    change_area,
    change_names,
    remove_alias,
    remove_area,
)
from comity.processes.views.editing import FormPage, get_editable
from comity.ui.requests import Request
from comity.ui.responses import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def names(request: Request, slug: str) -> HttpResponse:
    """Change what the process is called; below stand its other names."""
    process = get_editable(request, slug)
    form = NamesForm(request.POST or None, process=process, row=process)
    page = FormPage(
        process,
        "names",
        _("Names"),
        back=reverse("processes:edit", args=[slug]),
        template="processes/names.html",
        more={"aliases": process.aliases.all()},
    )
    return page.answer(
        request,
        form,
        lambda: change_names(
            process=process,
            **form.shown(),
            version=form.seen_version,
            by=request.user,
            grounds=form.given_grounds,
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def alias_add(request: Request, slug: str) -> HttpResponse:
    """Add another name."""
    process = get_editable(request, slug)
    form = AliasForm(request.POST or None, process=process)
    page = FormPage(process, "names", _("Add another name"))
    return page.answer(
        request,
        form,
        lambda: add_alias(
            process=process, facts=form.facts(), by=request.user, grounds=form.given_grounds
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def alias(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change another name."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.aliases, pk=pk)
    form = AliasForm(request.POST or None, process=process, row=row)
    page = FormPage(
        process,
        "names",
        str(row),
        row,
        remove_url=reverse("processes:alias_remove", args=[slug, pk]),
    )
    return page.answer(
        request,
        form,
        lambda: change_alias(
            alias=row,
            facts=form.facts(),
            version=form.seen_version,
            by=request.user,
            grounds=form.given_grounds,
        ),
    )


@require_POST
def alias_remove(request: Request, slug: str, pk: int) -> HttpResponse:
    """Remove another name."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.aliases, pk=pk)
    page = FormPage(process, "names", str(row))
    return page.answer_removal(
        request, lambda version: remove_alias(alias=row, version=version, by=request.user)
    )


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
    page = FormPage(process, "areas", _("Add an area of interest"))
    return page.answer(
        request,
        form,
        lambda: add_area(
            process=process, facts=form.facts(), by=request.user, grounds=form.given_grounds
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def area(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change an area of interest and its themes."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.areas, pk=pk)
    form = AreaForm(request.POST or None, process=process, row=row)
    page = FormPage(
        process,
        "areas",
        str(row),
        row,
        remove_url=reverse("processes:area_remove", args=[slug, pk]),
    )
    return page.answer(
        request,
        form,
        lambda: change_area(
            area=row,
            facts=form.facts(),
            version=form.seen_version,
            by=request.user,
            grounds=form.given_grounds,
        ),
    )


@require_POST
def area_remove(request: Request, slug: str, pk: int) -> HttpResponse:
    """Remove an area of interest."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.areas, pk=pk)
    page = FormPage(process, "areas", str(row))
    return page.answer_removal(
        request, lambda version: remove_area(area=row, version=version, by=request.user)
    )
