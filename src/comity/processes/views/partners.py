"""The pages on which partners and agreements are edited."""

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.parties.models import Party
from comity.processes.forms import AgreementForm, PartnershipForm
from comity.processes.models import Agreement
from comity.processes.services import (
    add_agreement,
    add_partnership,
    change_agreement,
    change_partnership,
    remove_partnership,
)
from comity.processes.services.slugs import free_slug
from comity.processes.views.editing import FormPage, get_editable
from comity.ui.requests import Request
from comity.ui.responses import render_page


@require_safe
def partners(request: Request, slug: str) -> HttpResponse:
    """List the partners and what each does, with a way to change it."""
    process = get_editable(request, slug)
    context = {"process": process, "listed": process.partnerships.all(), "part": "partners"}
    return render_page(request, "processes/partners.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def partner_add(request: Request, slug: str) -> HttpResponse:
    """Keep what a partner does for the process."""
    process = get_editable(request, slug)
    form = PartnershipForm(request.POST or None, process=process)
    page = FormPage(process, "partners", _("Add a partner"))
    return page.answer(
        request,
        form,
        lambda: add_partnership(
            process=process, facts=form.facts(), by=request.user, grounds=form.given_grounds
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def partner(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change what a partner does."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.partnerships, pk=pk)
    form = PartnershipForm(request.POST or None, process=process, row=row)
    page = FormPage(
        process,
        "partners",
        row.name_in_source,
        row,
        remove_url=reverse("processes:partner_remove", args=[slug, pk]),
    )
    return page.answer(
        request,
        form,
        lambda: change_partnership(
            partnership=row,
            facts=form.facts(),
            version=form.seen_version,
            by=request.user,
            grounds=form.given_grounds,
        ),
    )


@require_POST
def partner_remove(request: Request, slug: str, pk: int) -> HttpResponse:
    """Remove what a partner does."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.partnerships, pk=pk)
    page = FormPage(process, "partners", row.name_in_source)
    return page.answer_removal(
        request,
        lambda version: remove_partnership(partnership=row, version=version, by=request.user),
    )


@require_safe
def agreements(request: Request, slug: str) -> HttpResponse:
    """List the agreements of the process, each with a way to change it."""
    process, today = get_editable(request, slug), timezone.localdate()
    parties = Prefetch("parties", Party.objects.with_name(today).order_by("code"))
    listed = process.agreements.prefetch_related(parties)
    context = {"process": process, "listed": listed, "part": "agreements"}
    return render_page(request, "processes/agreements.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_add(request: Request, slug: str) -> HttpResponse:
    """Keep an agreement of the process."""
    process = get_editable(request, slug)
    form = AgreementForm(request.POST or None, process=process)
    page = FormPage(process, "agreements", _("Add an agreement"))

    def save() -> Agreement:
        facts = form.facts()
        free = free_slug(Agreement, process, facts.title)
        return add_agreement(
            process=process, slug=free, facts=facts, by=request.user, grounds=form.given_grounds
        )

    return page.answer(request, form, save)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change an agreement."""
    process = get_editable(request, slug)
    row = get_object_or_404(process.agreements, pk=pk)
    form = AgreementForm(request.POST or None, process=process, row=row)
    page = FormPage(process, "agreements", str(row), row)
    return page.answer(
        request,
        form,
        lambda: change_agreement(
            agreement=row,
            facts=form.facts(),
            version=form.seen_version,
            by=request.user,
            grounds=form.given_grounds,
        ),
    )
