"""The pages about States, territories and organisations."""

from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comity.accounts.authority import may
from comity.core.addresses import whole_address
from comity.office.pdf import render_pdf
from comity.pages.exports import record_of
from comity.pages.queries.party import PartyPage
from comity.pages.queries.party_brief import Brief, read_brief
from comity.pages.queries.party_lists import list_organisations, list_parties
from comity.pages.views.days import day_of
from comity.parties.models import Party
from comity.parties.models.parties import SEATED
from comity.ui.pieces import Download
from comity.ui.requests import Request
from comity.ui.responses import render_page
from comity.ui.table_files import FORMS, table_file

MOST_LETTERS: Final = 100


@require_safe
def party_list(request: Request) -> HttpResponse:
    """List the States, territories and supranational bodies on record."""
    words = request.GET.get("q", "")[:MOST_LETTERS].strip()
    rows, page = list_parties(timezone.localdate(), request.GET.get("page"), words)
    context = {"rows": rows, "page": page, "words": words, "organisations": False}
    return render_page(request, "pages/parties.html", context, partial="results")


@require_safe
def organisation_list(request: Request) -> HttpResponse:
    """List the organisations, their offices and national agencies on record; of one, its own."""
    words = request.GET.get("q", "")[:MOST_LETTERS].strip()
    code = request.GET.get("part_of")
    today = timezone.localdate()
    whole = get_object_or_404(Party.objects.with_name(today), code=code) if code else None
    rows, page = list_organisations(today, request.GET.get("page"), words, whole)
    context = {"rows": rows, "page": page, "words": words, "organisations": True, "whole": whole}
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
    party = get_object_or_404(Party, code__iexact=code)
    if (party.kind in SEATED) != seated or party.code != code:
        return redirect(party, permanent=True)
    shown = day_of(request)
    file = "pages:party_file" if seated else "pages:organisation_file"
    context = {
        "party": party,
        "page": PartyPage(party, request.user, shown.on, timezone.localdate()),
        "can_edit": may(request.user, "parties.edit", party),
        "can_see_people": may(request.user, "parties.see_people", party),
        "shown": shown,
        "files": [
            Download(label, shown.at(reverse(file, args=[code, form])))
            for form, label in FORMS.items()
        ],
        "brief_url": shown.at(reverse("pages:party_brief", args=[code])) if seated else "",
        "no_date": _("The source gives no date for this."),
    }
    return render_page(request, "pages/party.html", context)


@require_safe
def party_file(request: Request, code: str, form: str) -> HttpResponseBase:
    """Hand out what is on record of a State, territory or supranational body."""
    return _hand_out(request, code, form, seated=True)


@require_safe
def organisation_file(request: Request, code: str, form: str) -> HttpResponseBase:
    """Hand out what is on record of an organisation, office or agency."""
    return _hand_out(request, code, form, seated=False)


def _hand_out(request: Request, code: str, form: str, *, seated: bool) -> HttpResponseBase:
    party = get_object_or_404(Party, code=code)
    if form not in FORMS or (party.kind in SEATED) != seated:
        raise Http404
    return table_file(record_of(party, day_of(request).on), form)


@require_safe
def party_brief(request: Request, code: str) -> HttpResponse:
    """Show what to know before a trip to a State, or to a meeting there, on a page to print."""
    brief = _read_brief(request, code)
    pdf = day_of(request).at(reverse("pages:party_brief_pdf", args=[code]))
    context = {"brief": brief, "page": brief.page, "shown": day_of(request), "pdf_url": pdf}
    return render_page(request, "pages/party_brief.html", context)


@require_safe
@login_required
def party_brief_pdf(request: Request, code: str) -> HttpResponse:
    """Hand out what to know before a trip as a PDF; to make one costs too much for strangers."""
    brief = _read_brief(request, code)
    context = {"brief": brief, "page": brief.page}
    body = str(render_to_string("pages/party_brief_body.html", context))
    # On paper, and in a file that travels, an address is whole.
    body = body.replace('href="/', f'href="{whole_address("/")}')
    pdf = render_pdf(body, title=brief.title, language=get_language() or "en")
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"{code}-{brief.on.isoformat()}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _read_brief(request: Request, code: str) -> Brief:
    party = get_object_or_404(Party.objects.seated(), code=code)
    return read_brief(party, request.user, day_of(request).on, timezone.localdate())
