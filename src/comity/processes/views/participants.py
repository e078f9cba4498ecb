"""The pages on which who takes part is edited."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.parties.models.parties import name_of
from comity.processes.forms import NewParticipationForm, ParticipationForm
from comity.processes.services import add_participation, change_participation
from comity.processes.views.editing import answer_form, get_editable, name_today
from comity.ui.requests import Request
from comity.ui.responses import render_page


@require_safe
def participants(request: Request, slug: str) -> HttpResponse:
    """List who takes part, took part or will, each with a way to change it."""
    process, today = get_editable(request, slug), timezone.localdate()
    listed = process.participations.annotate(
        party_name=name_of("party", today), territory_name=name_of("for_territory", today)
    ).select_related("since_meeting")
    context = {"process": process, "listed": listed, "part": "participants"}
    return render_page(request, "processes/participants.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def participant_add(request: Request, slug: str) -> HttpResponse:
    """Let a party take part."""
    process = get_editable(request, slug)
    form = NewParticipationForm(request.POST or None, process=process)
    to = reverse("processes:participants", args=[slug])
    context = {
        "process": process,
        "part": "participants",
        "heading": _("Add a participant"),
    }

    def save() -> None:
        add_participation(
            process=process,
            party=form.cleaned_data["party"],
            facts=form.facts(),
            by=request.user,
        )

    return answer_form(request, "processes/form.html", form, context, save=save, to=to)


@require_http_methods(["GET", "HEAD", "POST"])
def participant(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change how a party takes part, or say until when."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.participations, pk=pk)
    form = ParticipationForm(request.POST or None, process=process, row=row)
    to = reverse("processes:participants", args=[slug])
    context = {
        "process": process,
        "part": "participants",
        "heading": name_today(row.party_id),
    }

    def save() -> None:
        change_participation(
            participation=row, facts=form.facts(), version=form.seen_version, by=request.user
        )

    return answer_form(request, "processes/form.html", form, context, save=save, to=to)
