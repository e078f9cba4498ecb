"""The pages on which the secretariat prepares the names of a process, and has them approved."""

import uuid
from datetime import date

from django.db.models import Count, F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.audit.queries import read_history
from comity.core.languages import language_name
from comity.parties.models.parties import name_of
from comity.processes.approved import approved_events, preview_names
from comity.processes.approved_workbook import KIND, names_workbook, plan_names
from comity.processes.forms.approved import StartListForm
from comity.processes.models import TAKING_PART, ApprovedList, Participation, Process
from comity.processes.services.approvals import (
    approve_list,
    discard_list,
    problems_of,
    start_list,
)
from comity.processes.services.approved_names import number_by_alphabet
from comity.processes.views.approving import answer_approval, answer_discarding, answer_end
from comity.processes.views.editing import FormPage, get_editable
from comity.processes.views.workbooks import WorkbookPage, workbook_file
from comity.ui.pieces import Download
from comity.ui.requests import Request
from comity.ui.responses import render_page

LATEST = 30


@require_safe
def approved(request: Request, slug: str) -> HttpResponse:
    """Show what is in force, what is prepared and what was in force: names and maps."""
    process, today = get_editable(request, slug, "processes.run"), timezone.localdate()
    latest_first = F("begins").desc(nulls_first=True)
    counted = process.approved_lists.annotate(names_listed=Count("names"))
    lists = list(counted.order_by(latest_first, "-pk"))
    maps = list(process.approved_maps.all())
    context = {
        "process": process,
        "part": "approved",
        "lists": lists,
        "maps": maps,
        "current_list": next((each for each in lists if each.is_in_force(today)), None),
        "current_map": next((each for each in maps if each.is_in_force(today)), None),
        "prepared_list": next((each for each in lists if each.is_prepared), None),
        "entries": read_history(approved_events(process)[:LATEST]),
    }
    return render_page(request, "processes/approved.html", context)


def get_list(process: Process, pk: int, *, prepared: bool = False) -> ApprovedList:
    """Return a list of ``process``; with ``prepared``, only one that nobody has approved."""
    rows = process.approved_lists.select_related("process")
    return get_object_or_404(rows.filter(begins=None) if prepared else rows, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def approved_list_start(request: Request, slug: str) -> HttpResponse:
    """Begin to prepare a list of names."""
    process = get_editable(request, slug, "processes.run")
    form = StartListForm(request.POST or None, process=process)
    page = FormPage(process, "approved", _("Prepare a list of names"))
    return page.answer(
        request,
        form,
        lambda: start_list(
            process=process, languages=form.cleaned_data["languages"], by=request.user
        ),
    )


@require_safe
def approved_list(request: Request, slug: str, pk: int) -> HttpResponse:
    """Show a list as its readers will see it in one of its languages, with ways to change it."""
    process = get_editable(request, slug, "processes.run")
    listed, today = get_list(process, pk), timezone.localdate()
    language = _chosen(request.GET.get("in", ""), listed)
    names, rows = preview_names(listed, language, today)
    shown = [(row, names.called[row.party_id]) for row in rows]
    context = {
        "process": process,
        "part": "approved",
        "listed": listed,
        "is_in_force": listed.is_in_force(today),
        "shown_in": language,
        "language_name": language_name(language),
        "languages": [(code, language_name(code)) for code in listed.languages],
        "shown": shown,
        "footnotes": [(each, each.text.get(language, "")) for each in listed.footnotes.all()],
        "left_out": _left_out(process, {row.party_id for row in rows}, today),
        "problems": list(problems_of(listed)) if listed.is_prepared else [],
    }
    return render_page(request, "processes/approved_list.html", context)


def _chosen(asked: str, listed: ApprovedList) -> str:
    """Return the language asked for, else the reader's, else the first of the list."""
    wanted = (asked, get_language() or "")
    found: str = next((code for code in wanted if code in listed.languages), listed.languages[0])
    return found


def _left_out(process: Process, listed: set[int], today: date) -> list[str]:
    """Return who takes part today and is not in the list: they keep the name of the record."""
    present = Participation.objects.on(today).filter(process=process, status__in=TAKING_PART)
    missing = present.exclude(party__in=listed).annotate(called=name_of("party", today))
    return list(missing.order_by("order", "pk").values_list("called", flat=True))


@require_http_methods(["GET", "HEAD", "POST"])
def approved_list_approve(request: Request, slug: str, pk: int) -> HttpResponse:
    """Say from which day on the pages of the process follow a list."""
    process = get_editable(request, slug, "processes.run")
    row = get_list(process, pk, prepared=True)
    return answer_approval(request, row, _("Have the list of names in force"), approve_list)


@require_http_methods(["GET", "HEAD", "POST"])
def approved_list_end(request: Request, slug: str, pk: int) -> HttpResponse:
    """Say on which day a list is followed for the last time."""
    process = get_editable(request, slug, "processes.run")
    row = get_object_or_404(process.approved_lists.exclude(begins=None), pk=pk)
    return answer_end(request, row, _("End the list of names"))


@require_POST
def approved_list_discard(request: Request, slug: str, pk: int) -> HttpResponse:
    """Remove a list that was never approved."""
    process = get_editable(request, slug, "processes.run")
    row = get_list(process, pk, prepared=True)
    return answer_discarding(request, row, discard_list)


@require_POST
def approved_list_number(request: Request, slug: str, pk: int) -> HttpResponse:
    """Number the names in the order of the alphabet of each language."""
    process = get_editable(request, slug, "processes.run")
    row = get_list(process, pk, prepared=True)
    page = FormPage(process, "approved", str(row), row, to=row.get_absolute_url())
    return page.answer_change(
        request,
        lambda version: number_by_alphabet(prepared=row, version=version, by=request.user),
        _("The names are numbered in the order of the alphabet of each language."),
    )


@require_safe
def approved_names_fetch(request: Request, slug: str, pk: int) -> HttpResponse:
    """Hand a list out as a workbook that can be sent back."""
    process = get_editable(request, slug, "processes.run")
    listed = get_list(process, pk, prepared=True)
    today = timezone.localdate().isoformat()
    return workbook_file(names_workbook(listed), f"{slug}-names-{today}")


@require_http_methods(["GET", "HEAD", "POST"])
def approved_names_send(request: Request, slug: str, pk: int) -> HttpResponse:
    """Take back a workbook of names."""
    return _of_names(request, slug, pk).answer_sending(request)


@require_http_methods(["GET", "HEAD", "POST"])
def approved_names_confirm(request: Request, slug: str, pk: int, token: uuid.UUID) -> HttpResponse:
    """Show what a workbook of names would change, and do it."""
    return _of_names(request, slug, pk).answer_confirming(request, token)


def _of_names(request: Request, slug: str, pk: int) -> WorkbookPage:
    process = get_editable(request, slug, "processes.run")
    listed = get_list(process, pk, prepared=True)
    return WorkbookPage(
        process=process,
        subject=f"{KIND}:{listed.pk}",
        template="processes/approved_workbook.html",
        heading=_("Names in a workbook"),
        part="approved",
        list_url=listed.get_absolute_url(),
        send_url=reverse("processes:approved_names_send", args=[slug, pk]),
        address=lambda token: reverse("processes:approved_names_confirm", args=[slug, pk, token]),
        plan=lambda stream, name, _grounds: plan_names(listed, stream, name=name, by=request.user),
        files=[Download("Excel", reverse("processes:approved_names_fetch", args=[slug, pk]))],
    )
