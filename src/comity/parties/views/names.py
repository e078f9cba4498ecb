"""The pages on which the names of a party through time, its place and its offices are edited."""

from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.core.languages import language_name
from comity.parties.forms import NameForm, OfficeForm, PartyForm, RenamingForm
from comity.parties.models import NameKind, Party
from comity.parties.models.parties import SEATED
from comity.parties.services import (
    add_office,
    change_name,
    change_party,
    rename_in_languages,
)
from comity.parties.views.editing import PartyPage, get_party
from comity.ui.requests import Request
from comity.ui.responses import render_page


@require_safe
def names(request: Request, code: str) -> HttpResponse:
    """Show what a party is and was called in each language, its place and its offices."""
    party = get_party(request, code, "parties.edit")
    official = party.names.filter(kind=NameKind.OFFICIAL)
    context = {
        "party": party,
        "part": "names",
        "languages": [
            (language, language_name(language), list(found))
            for language, found in groupby(official, key=lambda name: name.language)
        ],
        "in_sources": party.names.filter(kind=NameKind.IN_SOURCE),
        "offices": Party.objects.filter(part_of=party).with_name(timezone.localdate()),
        "has_offices": party.kind not in SEATED,
    }
    return render_page(request, "parties/names.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: Request, code: str) -> HttpResponse:
    """Give a party a new name from a day on, in one language or several."""
    party = get_party(request, code, "parties.edit")
    form = RenamingForm(request.POST or None, party=party, row=party, initial={"names": {}})
    page = PartyPage(party, "names", _("A new name"))

    def save() -> None:
        typed = form.cleaned_data
        rename_in_languages(
            party=party,
            names=typed["names"],
            on=typed["on"],
            source=typed["source"],
            version=form.seen_version,
            by=request.user,
        )

    return page.answer(request, form, save)


@require_http_methods(["GET", "HEAD", "POST"])
def name(request: Request, code: str, pk: int) -> HttpResponse:
    """Correct one name of a party, or when it was used."""
    party = get_party(request, code, "parties.edit")
    row = get_object_or_404(party.names.filter(kind=NameKind.OFFICIAL), pk=pk)
    initial = {
        "name": row.name,
        "begins": row.begins,
        "ends": row.ends,
        "source": row.source,
    }
    form = NameForm(request.POST or None, party=party, row=party, initial=initial)
    page = PartyPage(party, "names", f"{row.name} ({language_name(row.language)})")

    def save() -> None:
        change_name(name=row, facts=form.facts(), version=form.seen_version, by=request.user)

    return page.answer(request, form, save)


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: Request, code: str) -> HttpResponse:
    """Change the acronym and place of a party, or say until when it existed."""
    party = get_party(request, code, "parties.edit")
    form = PartyForm(request.POST or None, party=party, row=party)
    page = PartyPage(party, "names", _("Acronym, place and end"))

    def save() -> None:
        change_party(party=party, facts=form.facts(), version=form.seen_version, by=request.user)

    return page.answer(request, form, save)


@require_http_methods(["GET", "HEAD", "POST"])
def office_add(request: Request, code: str) -> HttpResponse:
    """Add a regional office or mission to an organisation."""
    party = get_party(request, code, "parties.edit")
    if party.kind in SEATED:
        raise Http404
    form = OfficeForm(request.POST or None, party=party)
    page = PartyPage(party, "names", _("Add an office or a mission"))

    def save() -> None:
        typed = form.cleaned_data
        add_office(
            organisation=party,
            code=typed["code"],
            names=typed["names"],
            facts=form.facts(),
            by=request.user,
        )

    return page.answer(request, form, save)
