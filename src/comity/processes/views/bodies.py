"""The pages on which bodies and their seats are edited."""

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.parties.models.parties import name_of
from comity.processes.forms import BodyForm, NewSeatForm, SeatForm
from comity.processes.services import add_body, add_seat, change_body, change_seat
from comity.processes.views.editing import answer_form, get_editable, name_today
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
    to = reverse("processes:bodies", args=[slug])
    context = {
        "process": process,
        "part": "bodies",
        "heading": _("Add a body"),
    }

    def save() -> None:
        add_body(process=process, facts=form.facts(), by=request.user)

    return answer_form(request, "processes/form.html", form, context, save=save, to=to)


@require_http_methods(["GET", "HEAD", "POST"])
def body(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change what a body is; below stand its seats."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.bodies, pk=pk)
    form = BodyForm(request.POST or None, process=process, row=row)
    to = reverse("processes:bodies", args=[slug])
    context = {
        "process": process,
        "part": "bodies",
        "heading": str(row),
        "body": row,
        "seats": row.seats.annotate(party_name=name_of("party", timezone.localdate())),
    }

    def save() -> None:
        change_body(body=row, facts=form.facts(), version=form.seen_version, by=request.user)

    return answer_form(request, "processes/body.html", form, context, save=save, to=to)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_add(request: Request, slug: str, pk: int) -> HttpResponse:
    """Give a party a seat in a body."""
    process = get_editable(request, slug)
    seated_in = get_object_or_404(process.bodies, pk=pk)
    form = NewSeatForm(request.POST or None, process=process)
    to = reverse("processes:body", args=[slug, pk])
    context = {
        "process": process,
        "part": "bodies",
        "heading": _("Add a seat in %(body)s") % {"body": seated_in},
    }

    def save() -> None:
        add_seat(body=seated_in, **form.shown(), by=request.user)

    return answer_form(request, "processes/form.html", form, context, save=save, to=to)


@require_http_methods(["GET", "HEAD", "POST"])
def seat(request: Request, slug: str, pk: int, seat_pk: int) -> HttpResponse:
    """Change since when and until when a party sits in a body."""
    process = get_editable(request, slug)
    seated_in = get_object_or_404(process.bodies, pk=pk)
    row = get_object_or_404(seated_in.seats, pk=seat_pk)
    words = {"party": name_today(row.party_id), "body": seated_in}
    form = SeatForm(request.POST or None, process=process, row=row)
    to = reverse("processes:body", args=[slug, pk])
    context = {
        "process": process,
        "part": "bodies",
        "heading": _("%(party)s in %(body)s") % words,
    }

    def save() -> None:
        change_seat(seat=row, **form.shown(), version=form.seen_version, by=request.user)

    return answer_form(request, "processes/form.html", form, context, save=save, to=to)
