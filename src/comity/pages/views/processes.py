"""The pages about processes and the groupings beside them."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comity.accounts.authority import may
from comity.pages.exports import participants_of
from comity.pages.queries.home import (
    notes_of,
    read_beside,
    read_groupings,
    read_processes,
)
from comity.pages.queries.pictures import map_of_process
from comity.pages.queries.process import ProcessPage
from comity.pages.queries.process_links import read_links
from comity.pages.views.days import day_of
from comity.parties.models import Region
from comity.processes.models import Process, Theme
from comity.sources.queries import differences_of
from comity.ui.pieces import Download
from comity.ui.requests import Request
from comity.ui.responses import render_page
from comity.ui.table_files import FORMS, table_file


@require_safe
def process_detail(request: Request, slug: str) -> HttpResponse:
    """Show one process or forum, today or as of the day that the address names."""
    process = Process.objects.filter(slug=slug).first()
    if process is None:
        # An acronym typed in capitals leads on, as the code of a party does.
        found = get_object_or_404(Process.objects.exclude(slug=slug), slug=slug.lower())
        return redirect(found, permanent=True)
    shown = day_of(request)
    page = ProcessPage(process, request.user, shown.on, timezone.localdate())
    links = read_links(request.user, process)
    edit = reverse("processes:edit", args=[slug])
    context = {
        "process": process,
        "page": page,
        "map": map_of_process(page),
        "differences": differences_of(process) if page.is_told_in_two_ways else [],
        "shown": shown,
        "participant_files": [
            Download(label, shown.at(reverse("pages:process_participants", args=[slug, form])))
            for form, label in FORMS.items()
        ],
        "no_date": _("The source gives no date for this."),
        "kind_words": f"{process.get_kind_display()}, {process.get_region_display()}",
        "links": links,
        "can_edit": any(link.url == edit for link in links),
    }
    return render_page(request, "pages/process.html", context)


@require_safe
def process_list(request: Request) -> HttpResponse:
    """List the processes by region, the forums beside them, and those that are made up."""
    slug = request.GET.get("theme")
    theme = get_object_or_404(Theme, slug=slug) if slug else None
    found = read_processes(request.user, timezone.localdate(), request.GET.get("page"), theme)
    rows = [row for region in [*found.regions, *found.made_up] for row in region.rows]
    context = {
        "found": found,
        **({} if theme else _beside()),
        "most": max((row.participants for row in rows), default=0),
    }
    return render_page(request, "pages/processes.html", context)


def _beside() -> dict[str, object]:
    """Return what stands below the whole list of processes."""
    partners, forums = read_beside()
    return {"notes": notes_of(), "partners": partners, "forums": forums}


@require_safe
def grouping_list(request: Request) -> HttpResponse:
    """List the regional groupings with a focus on migration or an interest in it."""
    can_edit = any(may(request.user, "processes.edit_groupings", region) for region in Region)
    context = {"groups": read_groupings(), "can_edit": can_edit}
    return render_page(request, "pages/groupings.html", context)


@require_safe
def process_participants(request: Request, slug: str, form: str) -> HttpResponseBase:
    """Hand out the participants of a process as a table."""
    process = get_object_or_404(Process, slug=slug)
    if form not in FORMS:
        raise Http404
    shown = day_of(request)
    name = f"{slug}-participants-{shown.on}" if shown.is_chosen else f"{slug}-participants"
    return table_file(participants_of(process, shown.on, name), form)
