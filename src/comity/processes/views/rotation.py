"""The page of the chair through time, and those on which its order is edited."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.accounts.authority import may
from comity.parties.models import Party
from comity.parties.models.parties import name_today
from comity.processes.forms import ReasonForm, RotationForm
from comity.processes.models import COUNTED, Process
from comity.processes.queries import rotation_of
from comity.processes.services import pass_over, restore_turn, set_rotation
from comity.processes.views.editing import FormPage, get_editable
from comity.ui.requests import Request
from comity.ui.responses import render_page


@require_safe
def rotation(request: Request, slug: str) -> HttpResponse:
    """Show who presided, presides and comes next.

    Terms of office are for everybody; whose turn it would be, for members.
    """
    process = get_object_or_404(Process, slug=slug)
    chair = rotation_of(process, timezone.localdate())
    context = {
        "process": process,
        "chair": chair,
        "before": chair.past[0] if chair.past else None,
        "next_term": chair.following[0] if chair.following else None,
        "terms": [*reversed(chair.following), *chair.present, *chair.past],
        "reads_order": may(request.user, "processes.read_rotation", process),
        "can_edit": may(request.user, "processes.edit", process),
    }
    return render_page(request, "processes/rotation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rotation_edit(request: Request, slug: str) -> HttpResponse:
    """Change the order in which the presidency goes round."""
    process = get_editable(request, slug)
    order = process.rotation.values_list("party", flat=True)
    places = {party: place for place, party in enumerate(order, 1)}
    parties = sorted(
        _could_preside(process), key=lambda party: places.get(party.pk, len(places) + 1)
    )
    form = RotationForm(
        request.POST or None, process=process, row=process, parties=parties, places=places
    )
    page = FormPage(process, "rotation", _("Order of rotation"), template="processes/turns.html")
    return page.answer(
        request,
        form,
        lambda: set_rotation(
            process=process, parties=form.order(), version=form.seen_version, by=request.user
        ),
    )


def _could_preside(process: Process) -> list[Party]:
    """Return who takes part fully today, and who has a turn already."""
    today = timezone.localdate()
    taking_part = process.participations.on(today).filter(status__in=COUNTED).order_by("order")
    order = list(taking_part.values_list("party", flat=True))
    wanted = Q(pk__in=order) | Q(turns__process=process)
    found = Party.objects.with_name(today).filter(wanted).distinct()
    ranks = {party: rank for rank, party in enumerate(order)}
    return sorted(found, key=lambda party: ranks.get(party.pk, -1))


@require_http_methods(["GET", "HEAD", "POST"])
def turn_pass_over(request: Request, slug: str, pk: int) -> HttpResponse:
    """Pass a turn over until another presidency begins, for a reason."""
    process = get_editable(request, slug)
    turn = get_object_or_404(process.rotation, pk=pk)
    form = ReasonForm(request.POST or None, process=process, row=process)
    heading = _("Pass over the turn of %(party)s") % {"party": name_today(turn.party_id)}
    page = FormPage(process, "rotation", heading)
    return page.answer(
        request,
        form,
        lambda: pass_over(turn=turn, **form.shown(), version=form.seen_version, by=request.user),
    )


@require_POST
def turn_restore(request: Request, slug: str, pk: int) -> HttpResponse:
    """Let a turn count again."""
    process = get_editable(request, slug)
    turn = get_object_or_404(process.rotation, pk=pk)
    heading = _("The turn of %(party)s") % {"party": name_today(turn.party_id)}
    page = FormPage(process, "rotation", heading)
    return page.answer_change(
        request, lambda version: restore_turn(turn=turn, version=version, by=request.user)
    )
