"""What every page of editing of a party does: find the party, answer a form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from comity.accounts.authority import may
from comity.audit.models import Versioned
from comity.parties.forms import DayForm
from comity.parties.models import Party
from comity.ui.answering import answer_form
from comity.ui.forms import VersionedForm
from comity.ui.requests import Request


def get_party(request: Request, code: str, permission: str) -> Party:
    """Return the party of that code, called by its name of today.

    Whoever does not hold ``permission`` on it finds no such page.
    """
    party = get_object_or_404(Party.objects.with_name(timezone.localdate()), code=code)
    if not may(request.user, permission, party):
        raise Http404
    return party


def day_of(request: Request) -> tuple[date, DayForm]:
    """Return the day that the address names, else today, and the form in which it is chosen."""
    form = DayForm(request.GET if request.GET.get("on") else None)
    today = timezone.localdate()
    chosen = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    return chosen or today, form


@dataclass(frozen=True)
class PartyPage:
    """A page with one form: on a row of a party that exists, or on a new one.

    ``part`` names the list to which it belongs and to which saving leads back. A row that can be
    removed has a ``remove_url``.
    """

    party: Party
    part: str
    heading: str
    row: Versioned | None = None
    back: str = ""
    remove_url: str = ""
    template: str = "parties/form.html"
    more: Mapping[str, object] = field(default_factory=dict)

    def answer(
        self, request: Request, form: VersionedForm, save: Callable[[], object]
    ) -> HttpResponse:
        """Show ``form``; when it is sent, ``save`` and lead to the list."""
        to = reverse(f"parties:{self.part}", args=[self.party.code])
        context = {
            "party": self.party,
            "part": self.part,
            "heading": self.heading,
            "row": self.row,
            "remove_url": self.remove_url,
            "back": self.back or to,
            **self.more,
        }
        return answer_form(request, self.template, form, context, save=save, to=to)
