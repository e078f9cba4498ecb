"""The pages on which terms of office are edited and offices handed over."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.parties.models.parties import name_of
from comity.processes.forms import HandOverForm, NewTermForm, TermForm
from comity.processes.services import add_term, change_term, hand_over
from comity.processes.views.editing import answer_form, get_editable, name_today
from comity.ui.requests import Request
from comity.ui.responses import render_page


@require_safe
def terms(request: Request, slug: str) -> HttpResponse:
    """List the terms of office, each with a way to change it."""
    process, today = get_editable(request, slug), timezone.localdate()
    named = process.terms.annotate(party_name=name_of("party", today))
    context = {
        "process": process,
        "listed": named.select_related("body"),
        "part": "terms",
    }
    return render_page(request, "processes/terms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def term_add(request: Request, slug: str) -> HttpResponse:
    """Entrust a party with an office."""
    process = get_editable(request, slug)
    form = NewTermForm(request.POST or None, process=process)
    to = reverse("processes:terms", args=[slug])
    context = {
        "process": process,
        "part": "terms",
        "heading": _("Add a term of office"),
    }

    def save() -> None:
        typed = form.cleaned_data
        add_term(
            process=process,
            office=typed["office"],
            party=typed["party"],
            body=typed["body"],
            facts=form.facts(),
            by=request.user,
        )

    return answer_form(request, "processes/form.html", form, context, save=save, to=to)


@require_http_methods(["GET", "HEAD", "POST"])
def term(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change when a term of office runs, or end it."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.terms.select_related("body"), pk=pk)
    form = TermForm(request.POST or None, process=process, row=row)
    to = reverse("processes:terms", args=[slug])
    office = [row.get_office_display(), *([str(row.body)] if row.body else [])]
    context = {
        "process": process,
        "part": "terms",
        "heading": " · ".join([name_today(row.party_id), *office]),
    }

    def save() -> None:
        change_term(term=row, facts=form.facts(), version=form.seen_version, by=request.user)

    return answer_form(request, "processes/form.html", form, context, save=save, to=to)


@require_http_methods(["GET", "HEAD", "POST"])
def term_hand_over(request: Request, slug: str) -> HttpResponse:
    """Hand an office over on a day: the present term ends the day before, the next begins."""
    process = get_editable(request, slug)
    form = HandOverForm(request.POST or None, process=process)
    to = reverse("processes:terms", args=[slug])
    context = {
        "process": process,
        "part": "terms",
        "heading": _("Hand an office over"),
    }

    def save() -> None:
        held = form.cleaned_data["held"]
        hand_over(
            term=held.term,
            to=form.cleaned_data["party"],
            on=form.cleaned_data["on"],
            version=held.version,
            by=request.user,
        )

    return answer_form(request, "processes/form.html", form, context, save=save, to=to)
