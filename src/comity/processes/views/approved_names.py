"""The pages on which the names and footnotes of a list in preparation are edited."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comity.processes.forms.approved import ApprovedNameForm, FootnoteForm, NewApprovedNameForm
from comity.processes.models import ApprovedList, Process
from comity.processes.services.approved_names import (
    add_footnote,
    add_name,
    change_footnote,
    change_name,
    remove_footnote,
    remove_name,
)
from comity.processes.views.approved import get_list
from comity.processes.views.editing import FormPage, get_editable
from comity.ui.requests import Request


def _prepared(request: Request, slug: str, pk: int) -> tuple[Process, ApprovedList]:
    process = get_editable(request, slug, "processes.run")
    return process, get_list(process, pk, prepared=True)


@require_http_methods(["GET", "HEAD", "POST"])
def approved_name_add(request: Request, slug: str, pk: int) -> HttpResponse:
    """Put a party in the list."""
    process, listed = _prepared(request, slug, pk)
    form = NewApprovedNameForm(request.POST or None, process=process, listed_in=listed)
    page = FormPage(process, "approved", _("Add a party to the list"), to=listed.get_absolute_url())
    return page.answer(
        request,
        form,
        lambda: add_name(
            listed_in=listed,
            party=form.cleaned_data["party"],
            facts=form.facts(),
            by=request.user,
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def approved_name(request: Request, slug: str, pk: int, name_pk: int) -> HttpResponse:
    """Change what a party is called, and where it stands."""
    process, listed = _prepared(request, slug, pk)
    row = get_object_or_404(listed.names.select_related("listed_in__process", "party"), pk=name_pk)
    form = ApprovedNameForm(request.POST or None, process=process, listed_in=listed, row=row)
    page = FormPage(
        process,
        "approved",
        str(row),
        row,
        to=listed.get_absolute_url(),
        remove_url=reverse("processes:approved_name_remove", args=[slug, pk, name_pk]),
    )
    return page.answer(
        request,
        form,
        lambda: change_name(
            name=row, facts=form.facts(), version=form.seen_version, by=request.user
        ),
    )


@require_POST
def approved_name_remove(request: Request, slug: str, pk: int, name_pk: int) -> HttpResponse:
    """Take a party out of the list."""
    process, listed = _prepared(request, slug, pk)
    row = get_object_or_404(listed.names.select_related("listed_in__process"), pk=name_pk)
    page = FormPage(process, "approved", str(row), to=listed.get_absolute_url())
    return page.answer_removal(
        request, lambda version: remove_name(name=row, version=version, by=request.user)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def footnote_add(request: Request, slug: str, pk: int) -> HttpResponse:
    """Add a footnote."""
    process, listed = _prepared(request, slug, pk)
    form = FootnoteForm(request.POST or None, process=process, listed_in=listed)
    page = FormPage(process, "approved", _("Add a footnote"), to=listed.get_absolute_url())
    return page.answer(
        request, form, lambda: add_footnote(listed_in=listed, **form.shown(), by=request.user)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def footnote(request: Request, slug: str, pk: int, footnote_pk: int) -> HttpResponse:
    """Change a footnote."""
    process, listed = _prepared(request, slug, pk)
    row = get_object_or_404(listed.footnotes.select_related("listed_in__process"), pk=footnote_pk)
    form = FootnoteForm(request.POST or None, process=process, listed_in=listed, row=row)
    page = FormPage(
        process,
        "approved",
        _("Footnote %(mark)s") % {"mark": row.mark},
        row,
        to=listed.get_absolute_url(),
        remove_url=reverse("processes:footnote_remove", args=[slug, pk, footnote_pk]),
    )
    return page.answer(
        request,
        form,
        lambda: change_footnote(
            footnote=row, **form.shown(), version=form.seen_version, by=request.user
        ),
    )


@require_POST
def footnote_remove(request: Request, slug: str, pk: int, footnote_pk: int) -> HttpResponse:
    """Remove a footnote that no name has."""
    process, listed = _prepared(request, slug, pk)
    row = get_object_or_404(listed.footnotes.select_related("listed_in__process"), pk=footnote_pk)
    heading = _("Footnote %(mark)s") % {"mark": row.mark}
    page = FormPage(process, "approved", heading, to=listed.get_absolute_url())
    return page.answer_removal(
        request, lambda version: remove_footnote(footnote=row, version=version, by=request.user)
    )
