"""The pages on which terms of office are edited and offices handed over."""

from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.accounts.authority import may
from comity.parties.models.parties import name_of, name_today
from comity.processes.forms import HandOverForm, NewTermForm, TermForm
from comity.processes.models import Office, Term
from comity.processes.queries import troika
from comity.processes.services import add_term, change_term, hand_over
from comity.processes.standing import preview_hand_over
from comity.processes.views.editing import FormPage, get_editable
from comity.ui.requests import Request
from comity.ui.responses import render_page


@require_safe
def terms(request: Request, slug: str) -> HttpResponse:
    """List the terms of office, each with a way to change it."""
    process, today = get_editable(request, slug), timezone.localdate()
    named = process.terms.annotate(party_name=name_of("party", today))
    listed = [
        (term, not (term.ends_latest and term.ends_latest < today))
        for term in named.select_related("body")
    ]
    context = {"process": process, "listed": listed, "part": "terms"}
    return render_page(request, "processes/terms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def term_add(request: Request, slug: str) -> HttpResponse:
    """Entrust a party with an office."""
    process = get_editable(request, slug)
    form = NewTermForm(request.POST or None, process=process)
    page = FormPage(process, "terms", _("Add a term of office"))
    return page.answer(
        request,
        form,
        lambda: add_term(
            process=process,
            **form.chosen(),
            facts=form.facts(),
            by=request.user,
            grounds=form.given_grounds,
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def term(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change when a term of office runs, or end it."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.terms.select_related("body"), pk=pk)
    office = [row.get_office_display(), *([str(row.body)] if row.body else [])]
    form = TermForm(request.POST or None, process=process, row=row)
    page = FormPage(process, "terms", " · ".join([name_today(row.party_id), *office]), row)
    response = page.answer(
        request,
        form,
        lambda: change_term(
            term=row,
            facts=form.facts(),
            version=form.seen_version,
            by=request.user,
            grounds=form.given_grounds,
        ),
    )
    return _lead_on(request, page, response)


@require_http_methods(["GET", "HEAD", "POST"])
def term_hand_over(request: Request, slug: str) -> HttpResponse:
    """Hand an office over on a day, once its editor has read what that does.

    The present term ends the day before, the next begins.
    """
    process = get_editable(request, slug)
    chosen = request.GET.get("term", "")
    form = HandOverForm(request.POST or None, process=process, chosen=chosen)
    page = FormPage(process, "terms", _("Hand an office over"), template="processes/hand_over.html")
    if request.method == "POST" and "confirmed" not in request.POST and form.is_valid():
        reviewed = _review(request, page, form)
        if reviewed:
            return reviewed
    return _lead_on(request, page, page.answer(request, form, lambda: _hand_over(request, form)))


def _lead_on(request: Request, page: FormPage, response: HttpResponse) -> HttpResponse:
    """Lead whose own right to edit has just ended to the page that everybody reads."""
    if response.status_code == HTTPStatus.FOUND and not may(
        request.user, "processes.edit", page.process
    ):
        return redirect(page.process)
    return response


def _hand_over(request: Request, form: HandOverForm) -> Term:
    typed = form.cleaned_data
    return hand_over(
        term=typed["held"].term,
        to=typed["party"],
        on=typed["on"],
        version=typed["held"].version,
        by=request.user,
        grounds=typed["grounds"],
    )


def _review(request: Request, page: FormPage, form: HandOverForm) -> HttpResponse | None:
    """Show what the hand-over would do; nothing where it would be refused, which then shows."""
    typed = form.cleaned_data
    term, on = typed["held"].term, typed["on"]
    try:
        with transaction.atomic():
            now = troika(page.process, timezone.localdate())
            _hand_over(request, form)
            troikas = now, troika(page.process, on)
            transaction.set_rollback(True)
    except ValidationError:
        return None
    about_chair = troikas if term.office == Office.PRESIDENCY else None
    preview = preview_hand_over(term, typed["party"], on, about_chair)
    return render_page(request, page.template, page.context(form) | {"preview": preview})
