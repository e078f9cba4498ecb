"""The pages across all processes: who takes part where, what they share, since when."""

from collections.abc import Sequence
from typing import Final

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from comity.pages.exports import overlaps_of, participation_of, themes_of, timeline_of
from comity.pages.forms import ANY, RecordForm, TableForm
from comity.pages.queries.home import notes_of
from comity.pages.queries.overlaps import SHADES, read_overlaps
from comity.pages.queries.participation import read_table
from comity.pages.queries.themes import read_convergence
from comity.pages.queries.timeline import read_timeline
from comity.pages.views.choices import choices_of, kept_beside, query_of
from comity.parties.models import Region
from comity.ui.pieces import Download
from comity.ui.requests import Request
from comity.ui.responses import render_page
from comity.ui.table_files import FORMS, TableFile, table_file

# Some 30 µs of CPU a filled cell: beyond this a workbook takes a third of a second.
MOST_CELLS: Final = 12_000


class OverlapsForm(RecordForm):
    """Which processes are paired; only where they are many is there a region to choose."""

    region = forms.ChoiceField(
        label=gettext_lazy("Region"), required=False, choices=[ANY, *Region.choices]
    )

    @property
    def in_region(self) -> str:
        """The region chosen; none where none is, or one that cannot be."""
        self.is_valid()
        chosen: str = self.cleaned_data.get("region", "")
        return chosen


@require_safe
def participation(request: Request) -> HttpResponse:
    """Show who takes part where, today or as of the day that the address names."""
    form = TableForm(request.GET)
    choice = form.choice()
    table = read_table(choice)
    context = {
        "form": form,
        "choice": choice,
        "table": table,
        "choices": [
            choices_of(request, form, "region", table.regions),
            choices_of(request, form, "status", table.statuses),
            choices_of(request, form, "order"),
            choices_of(request, form, "record"),
        ],
        "kept": kept_beside(request, ["on"]),
        "notes": [] if choice.made_up else notes_of(),
        "files": _files("pages:participation_file", request, form),
    }
    return render_page(request, "pages/participation.html", context, partial="table")


@require_safe
def participation_file(request: Request, form: str) -> HttpResponseBase:
    """Hand out the participation table as the address filters it."""
    _known(form)
    asked = TableForm(request.GET)
    choice = asked.choice()
    if asked.errors:
        raise Http404
    return _handed_out(request, participation_of(choice), form)


@require_safe
def overlaps(request: Request) -> HttpResponse:
    """Show which processes share participants, today or on the day that the address names."""
    form = OverlapsForm(request.GET)
    region = form.in_region
    found = read_overlaps(form.on_day, made_up=form.is_made_up, region=region)
    names = ["region", "record"] if region or found.is_cut else ["record"]
    context = {
        "form": form,
        "overlaps": found,
        "shades": [_("none"), *_steps(SHADES)],
        "choices": [choices_of(request, form, name) for name in names],
        "kept": kept_beside(request, ["on"]),
        "files": _files("pages:overlaps_file", request, form),
    }
    return render_page(request, "pages/overlaps.html", context)


@require_safe
def overlaps_file(request: Request, form: str) -> HttpResponseBase:
    """Hand out all pairs of processes with the participants that they share."""
    _known(form)
    asked = OverlapsForm(request.GET)
    if asked.errors:
        raise Http404
    table = overlaps_of(asked.on_day, made_up=asked.is_made_up, region=asked.in_region)
    return _handed_out(request, table, form)


@require_safe
def themes(request: Request) -> HttpResponse:
    """Show which themes processes share, and the words of each process under them."""
    form = RecordForm(request.GET)
    form.is_valid()
    context = {
        "form": form,
        "convergence": read_convergence(made_up=form.is_made_up),
        "choices": [choices_of(request, form, "record")],
        "files": _files("pages:themes_file", request, form),
    }
    return render_page(request, "pages/themes.html", context)


@require_safe
def themes_file(request: Request, form: str) -> HttpResponseBase:
    """Hand out the themes with the words of each process."""
    _known(form)
    return table_file(themes_of(made_up=RecordForm(request.GET).is_made_up), form)


@require_safe
def timeline(request: Request) -> HttpResponse:
    """Show all processes through the years."""
    form = RecordForm(request.GET)
    form.is_valid()
    context = {
        "form": form,
        "timeline": read_timeline(request.user, timezone.localdate(), made_up=form.is_made_up),
        "choices": [choices_of(request, form, "record")],
        "files": _files("pages:timeline_file", request, form),
    }
    return render_page(request, "pages/timeline.html", context)


@require_safe
def timeline_file(request: Request, form: str) -> HttpResponseBase:
    """Hand out what happened in all processes, a row an event."""
    _known(form)
    made_up = RecordForm(request.GET).is_made_up
    return table_file(timeline_of(request.user, timezone.localdate(), made_up=made_up), form)


def _steps(least: Sequence[int]) -> list[str]:
    """Return the words of the shades: from how many to how many."""
    ends = [each - 1 for each in least[1:]]
    steps = [f"{one}–{end}" for one, end in zip(least, ends, strict=False)]
    return [*steps, _("%(count)d or more") % {"count": least[-1]}]


def _files(name: str, request: Request, form: RecordForm) -> list[Download]:
    query = query_of(request, form)
    return [Download(label, reverse(name, args=[form]) + query) for form, label in FORMS.items()]


def _handed_out(request: Request, table: TableFile, form: str) -> HttpResponseBase:
    """Return the file; a workbook so large that it keeps a process busy needs a signed-in reader.

    The same table as text is for everybody.
    """
    is_large = len(table.rows) * len(table.columns) > MOST_CELLS
    if form == "xlsx" and is_large and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return table_file(table, form)


def _known(form: str) -> None:
    if form not in FORMS:
        raise Http404(_("There is no such form of this table."))
