"""The pages about States, territories and organisations."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from comity.accounts.authority import may
from comity.pages.queries.party import PartyPage
from comity.pages.queries.party_lists import list_organisations, list_parties
from comity.pages.views.days import day_of
from comity.parties.models import Party
from comity.parties.models.parties import SEATED
from comity.ui.requests import Request
from comity.ui.responses import render_page

MOST_LETTERS = 100


@require_safe
def party_list(request: Request) -> HttpResponse:
    """List the States, territories and supranational bodies on record."""
    words = request.GET.get("q", "")[:MOST_LETTERS].strip()
    rows, page = list_parties(timezone.localdate(), request.GET.get("page"), words)
    context = {"rows": rows, "page": page, "words": words, "organisations": False}
    return render_page(request, "pages/parties.html", context, partial="results")


@require_safe
def organisation_list(request: Request) -> HttpResponse:
    """List the organisations, their offices and national agencies on record."""
    words = request.GET.get("q", "")[:MOST_LETTERS].strip()
    rows, page = list_organisations(timezone.localdate(), request.GET.get("page"), words)
    context = {"rows": rows, "page": page, "words": words, "organisations": True}
    return render_page(request, "pages/parties.html", context, partial="results")


@require_safe
def party_detail(request: Request, code: str) -> HttpResponse:
    """Show one State, territory or supranational body."""
    return _show(request, code, seated=True)


@require_safe
def organisation_detail(request: Request, code: str) -> HttpResponse:
    """Show one organisation, office or agency."""
    return _show(request, code, seated=False)


def _show(request: Request, code: str, *, seated: bool) -> HttpResponse:
    party = get_object_or_404(Party.objects.select_related("part_of"), code__iexact=code)
    if (party.kind in SEATED) != seated or party.code != code:
        return redirect(party, permanent=True)
    shown = day_of(request)
    on = shown.on
    parts = list(Party.objects.filter(part_of=party).with_name(on))
    successors = list(party.successors.with_name(on))
    above = Party.objects.filter(parts=party).with_name(on).first()
    context = {
        "party": party,
        "page": PartyPage(party, on),
        "parts": parts,
        "successors": successors,
        "above": above,
        "can_edit": may(request.user, "parties.edit", party),
        "can_see_people": may(request.user, "parties.see_people", party),
        "shown": shown,
    }
    return render_page(request, "pages/party.html", context)
