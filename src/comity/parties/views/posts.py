"""The pages on which the ministries and posts of a party are edited."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comity.parties.forms import MinistryForm, PostForm, RowRemovalForm
from comity.parties.services import (
    add_ministry,
    add_post,
    change_post,
    remove_ministry,
    remove_post,
    rename_ministry,
)
from comity.parties.views.editing import PartyPage, get_party
from comity.ui.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def ministry_add(request: Request, code: str) -> HttpResponse:
    """Add a ministry to a party."""
    party = get_party(request, code, "parties.keep_people")
    form = MinistryForm(request.POST or None, party=party)
    page = PartyPage(party, "people", _("Add a ministry"))
    return page.answer(
        request,
        form,
        lambda: add_ministry(party=party, name=form.cleaned_data["name"], by=request.user),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ministry(request: Request, code: str, pk: int) -> HttpResponse:
    """Change what a ministry is called."""
    party = get_party(request, code, "parties.keep_people")
    row = get_object_or_404(party.ministries, pk=pk)
    form = MinistryForm(request.POST or None, party=party, row=row)
    remove_url = reverse("parties:ministry_remove", args=[code, pk])
    page = PartyPage(party, "people", str(row), row, remove_url=remove_url)
    return page.answer(
        request,
        form,
        lambda: rename_ministry(
            ministry=row,
            name=form.cleaned_data["name"],
            version=form.seen_version,
            by=request.user,
        ),
    )


@require_POST
def ministry_remove(request: Request, code: str, pk: int) -> HttpResponse:
    """Remove a ministry in which no post stands."""
    party = get_party(request, code, "parties.keep_people")
    row = get_object_or_404(party.ministries, pk=pk)
    form = RowRemovalForm(request.POST, party=party, row=row)
    page = PartyPage(party, "people", str(row), template="parties/refused.html")
    return page.answer(
        request,
        form,
        lambda: remove_ministry(ministry=row, version=form.seen_version, by=request.user),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def post_add(request: Request, code: str) -> HttpResponse:
    """Add a post to a party."""
    party = get_party(request, code, "parties.keep_people")
    form = PostForm(request.POST or None, party=party)
    page = PartyPage(party, "people", _("Add a post"))
    return page.answer(
        request, form, lambda: add_post(party=party, facts=form.facts(), by=request.user)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def post(request: Request, code: str, pk: int) -> HttpResponse:
    """Change what a post is called and where it stands."""
    party = get_party(request, code, "parties.keep_people")
    row = get_object_or_404(party.posts, pk=pk)
    form = PostForm(request.POST or None, party=party, row=row)
    remove_url = reverse("parties:post_remove", args=[code, pk])
    page = PartyPage(party, "people", str(row), row, remove_url=remove_url)
    return page.answer(
        request,
        form,
        lambda: change_post(
            post=row, facts=form.facts(), version=form.seen_version, by=request.user
        ),
    )


@require_POST
def post_remove(request: Request, code: str, pk: int) -> HttpResponse:
    """Remove a post that nobody ever held."""
    party = get_party(request, code, "parties.keep_people")
    row = get_object_or_404(party.posts, pk=pk)
    form = RowRemovalForm(request.POST, party=party, row=row)
    page = PartyPage(party, "people", str(row), template="parties/refused.html")
    return page.answer(
        request, form, lambda: remove_post(post=row, version=form.seen_version, by=request.user)
    )
