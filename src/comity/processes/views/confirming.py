"""The pages on which a party says whether it takes part in a process that lists it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.accounts.authority import may
from comity.parties.models.parties import name_today
from comity.processes.forms import ReasonForm
from comity.processes.models import Participation
from comity.processes.queries import participations_to_confirm
from comity.processes.services import confirm_participation, contest_participation
from comity.processes.views.editing import FormPage
from comity.ui.requests import Request
from comity.ui.responses import render_page


@login_required
@require_safe
def confirmations(request: Request) -> HttpResponse:
    """List what processes say of the reader's parties, which they have still to confirm."""
    rows = participations_to_confirm(request.user, timezone.localdate())
    return render_page(request, "processes/confirmations.html", {"rows": rows})


@require_POST
def participation_confirm(request: Request, pk: int) -> HttpResponse:
    """Say for a party that it takes part."""
    row = _spoken_for_or_404(request, pk)
    words = _("Confirmed. The process now reaches the people that your party shows.")
    return _page(row).answer_change(
        request,
        lambda version: confirm_participation(participation=row, version=version, by=request.user),
        words,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def participation_contest(request: Request, pk: int) -> HttpResponse:
    """Say for a party that it does not take part as listed, and why."""
    row = _spoken_for_or_404(request, pk)
    form = ReasonForm(request.POST or None, process=row.process, row=row)
    return _page(row).answer(
        request,
        form,
        lambda: contest_participation(
            participation=row,
            reason=form.cleaned_data["reason"],
            version=form.seen_version,
            by=request.user,
        ),
    )


def _spoken_for_or_404(request: Request, pk: int) -> Participation:
    row = get_object_or_404(Participation.objects.select_related("process", "party"), pk=pk)
    if not may(request.user, "processes.confirm", row):
        raise Http404
    return row


def _page(row: Participation) -> FormPage:
    names = {"party": name_today(row.party_id), "process": str(row.process)}
    return FormPage(
        row.process,
        "confirmations",
        _("%(party)s does not take part as %(process)s says") % names,
        row,
        to=reverse("processes:confirmations"),
        template="processes/contest.html",
    )
