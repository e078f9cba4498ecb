"""The pages on which who takes part is edited."""

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.parties.models.parties import name_of, name_today
from comity.processes.forms import NewParticipationForm, OpenSetForm, ParticipationForm
from comity.processes.models import Participation
from comity.processes.services import (
    add_open_set,
    add_participation,
    change_open_set,
    change_participation,
    remove_open_set,
)
from comity.processes.views.editing import FormPage, get_editable
from comity.ui.requests import Request
from comity.ui.responses import render_page

# How the lines of the second list are marked: in the first, others have the same keys.
OPEN_SET = "open-set"


@require_safe
def participants(request: Request, slug: str) -> HttpResponse:
    """List who takes part, took part or will, each with a way to change it."""
    process, today = get_editable(request, slug), timezone.localdate()
    listed = process.participations.annotate(
        party_name=name_of("party", today),
        territory_name=name_of("for_territory", today),
        is_agreed=Exists(Participation.objects.filter(pk=OuterRef("pk")).agreed(today)),
    ).select_related("since_meeting")
    context = {
        "process": process,
        "listed": listed,
        "open_sets": process.open_sets.all(),
        "part": "participants",
    }
    return render_page(request, "processes/participants.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def participant_add(request: Request, slug: str) -> HttpResponse:
    """Let a party take part."""
    process = get_editable(request, slug)
    form = NewParticipationForm(request.POST or None, process=process)
    page = FormPage(process, "participants", _("Add a participant"))
    return page.answer(
        request,
        form,
        lambda: add_participation(
            process=process,
            party=form.cleaned_data["party"],
            facts=form.facts(),
            by=request.user,
            grounds=form.given_grounds,
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def participant(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change how a party takes part, or say until when."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.participations, pk=pk)
    form = ParticipationForm(request.POST or None, process=process, row=row)
    page = FormPage(process, "participants", name_today(row.party_id), row)
    return page.answer(
        request,
        form,
        lambda: change_participation(
            participation=row,
            facts=form.facts(),
            version=form.seen_version,
            by=request.user,
            grounds=form.given_grounds,
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def open_set_add(request: Request, slug: str) -> HttpResponse:
    """Keep participants that nobody enumerates."""
    process = get_editable(request, slug)
    form = OpenSetForm(request.POST or None, process=process)
    page = FormPage(process, "participants", _("Add participants not enumerated"), mark=OPEN_SET)
    return page.answer(
        request,
        form,
        lambda: add_open_set(
            process=process, **form.shown(), by=request.user, grounds=form.given_grounds
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def open_set(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change the words for participants that nobody enumerates."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.open_sets, pk=pk)
    form = OpenSetForm(request.POST or None, process=process, row=row)
    page = FormPage(
        process,
        "participants",
        str(row),
        row,
        mark=OPEN_SET,
        remove_url=reverse("processes:open_set_remove", args=[slug, pk]),
    )
    return page.answer(
        request,
        form,
        lambda: change_open_set(
            open_set=row,
            **form.shown(),
            version=form.seen_version,
            by=request.user,
            grounds=form.given_grounds,
        ),
    )


@require_POST
def open_set_remove(request: Request, slug: str, pk: int) -> HttpResponse:
    """Remove the words for participants that nobody enumerates."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.open_sets, pk=pk)
    page = FormPage(process, "participants", str(row))
    return page.answer_removal(
        request, lambda version: remove_open_set(open_set=row, version=version, by=request.user)
    )
