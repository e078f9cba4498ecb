"""The pages on which bodies and their seats are edited."""

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.parties.models.parties import name_of, name_today
from comity.processes.forms import BodyForm, NewSeatForm, SeatForm
from comity.processes.queries import in_troika, is_of_troika, troika
from comity.processes.services import (
    add_body,
    add_seat,
    change_body,
    change_seat,
    remove_body,
)
from comity.processes.views.editing import FormPage, get_editable
from comity.ui.requests import Request
from comity.ui.responses import render_page


@require_safe
def bodies(request: Request, slug: str) -> HttpResponse:
    """List the bodies, each with a way to change it."""
    process = get_editable(request, slug)
    listed = process.bodies.select_related("part_of").annotate(seat_count=Count("seats"))
    context = {"process": process, "listed": listed, "part": "bodies"}
    return render_page(request, "processes/bodies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def body_add(request: Request, slug: str) -> HttpResponse:
    """Add a body."""
    process = get_editable(request, slug)
    form = BodyForm(request.POST or None, process=process)
    page = FormPage(process, "bodies", _("Add a body"))
    return page.answer(
        request,
        form,
        lambda: add_body(
            process=process, facts=form.facts(), by=request.user, grounds=form.given_grounds
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def body(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change what a body is; below stand its seats."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.bodies, pk=pk)
    today = timezone.localdate()
    places = in_troika(troika(process, today))
    seats = list(row.seats.annotate(party_name=name_of("party", today)))
    sitting = [seat.party_id for seat in seats if not seat.ends_latest or seat.ends_latest >= today]
    if not is_of_troika(sitting, places):
        places = {}
    below = {
        "body": row,
        "seats": [(seat, places.get(seat.party_id, "")) for seat in seats],
    }
    form = BodyForm(request.POST or None, process=process, row=row)
    page = FormPage(
        process,
        "bodies",
        str(row),
        row,
        remove_url=reverse("processes:body_remove", args=[slug, pk]),
        template="processes/body.html",
        more=below,
    )
    return page.answer(
        request,
        form,
        lambda: change_body(
            body=row,
            facts=form.facts(),
            version=form.seen_version,
            by=request.user,
            grounds=form.given_grounds,
        ),
    )


@require_POST
def body_remove(request: Request, slug: str, pk: int) -> HttpResponse:
    """Remove a body to which nothing belongs."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.bodies, pk=pk)
    page = FormPage(process, "bodies", str(row))
    return page.answer_removal(
        request, lambda version: remove_body(body=row, version=version, by=request.user)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def seat_add(request: Request, slug: str, pk: int) -> HttpResponse:
    """Give a party a seat in a body."""
    process = get_editable(request, slug)
    body = get_object_or_404(process.bodies, pk=pk)
    form = NewSeatForm(request.POST or None, process=process)
    heading = _("Add a seat in %(body)s") % {"body": body}
    page = FormPage(process, "bodies", heading, to=reverse("processes:body", args=[slug, pk]))
    return page.answer(
        request,
        form,
        lambda: add_seat(body=body, **form.shown(), by=request.user, grounds=form.given_grounds),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def seat(request: Request, slug: str, pk: int, seat_pk: int) -> HttpResponse:
    """Change since when and until when a party sits in a body."""
    process = get_editable(request, slug)
    body = get_object_or_404(process.bodies, pk=pk)
    row = get_object_or_404(body.seats, pk=seat_pk)
    form = SeatForm(request.POST or None, process=process, row=row)
    heading = _("%(party)s in %(body)s") % {"party": name_today(row.party_id), "body": body}
    page = FormPage(process, "bodies", heading, row, to=reverse("processes:body", args=[slug, pk]))
    return page.answer(
        request,
        form,
        lambda: change_seat(
            seat=row,
            **form.shown(),
            version=form.seen_version,
            by=request.user,
            grounds=form.given_grounds,
        ),
    )
