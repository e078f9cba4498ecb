"""Pages that show every piece of the interface at once, to be looked at and checked."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator

from comity.core.dates import FuzzyDateFormField
from comity.office.problems import Problem
from comity.ui.forms import TranslatedFormField, VersionedForm
from comity.ui.pieces import Download, Label
from comity.ui.responses import refuse, render_page


class BodyForm(VersionedForm):
    """One field of each sort."""

    name = TranslatedFormField(label="Name", languages=["en", "es", "ar"])
    begins = FuzzyDateFormField(label="From")
    kind = forms.ChoiceField(label="Kind", choices=[("wg", "Working group"), ("nw", "Network")])
    place = forms.ChoiceField(
        label="Place", widget=forms.RadioSelect, choices=[("a", "Here"), ("b", "There")]
    )
    mandate = forms.CharField(label="Mandate", widget=forms.Textarea, required=False)
    is_open = forms.BooleanField(label="Open to observers", required=False)


@dataclass(frozen=True)
class Conflict:
    """What a service raises when the second of two editors saves."""

    messages: tuple[str, ...] = ("Somebody changed this on 3 May, after you opened it.",)
    differences: tuple[SimpleNamespace, ...] = field(
        default_factory=lambda: (
            SimpleNamespace(
                label="Name",
                yours="Network on Returns",
                theirs="Network on Return",
                who="M. Santos",
                at=datetime(2026, 5, 3, 12, 30, tzinfo=UTC),
            ),
        )
    )


def page(request):
    """Show every piece."""
    kinds = ["awaited", "draft", "submitted", "returned", "cleared", "late", "due", "done"]
    context = {
        "files": [Download("CSV", "/x.csv"), Download("Excel", "/x.xlsx")],
        "labels": [Label("Budapest Process", "/", "europe"), Label("Return")],
        "title": {"fr": "Réseau"},
        "kinds": kinds,
        "shades": ["1", "2–5", "6–10"],
        "page": Paginator(list(range(50)), 10).get_page(request.GET.get("page")),
    }
    return render_page(request, "patterns.html", context)


def form(request):
    """Show a form, and after sending it everything that can be wrong."""
    shown = BodyForm(request.POST or None, initial={"version": 1})
    context = {"form": shown}
    if request.method == "POST":
        problems = [
            Problem("bodies.csv", "", 7, "begins", "“2003-13” is no date."),
            Problem("bodies.xlsx", "Bodies", 9, "name", "A name is missing."),
        ]
        context |= {"conflict": Conflict()}
        return refuse(request, "form.html", context, problems=problems)
    return render_page(request, "form.html", context)


def fails(request):
    """Fail, as a page with a mistake in it does."""
    raise RuntimeError


def forbids(request):
    """Refuse."""
    raise PermissionDenied
