"""The pages on which the list of regional groupings is edited."""

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.accounts.authority import may
from comity.audit.models import Event
from comity.audit.queries import history_of, read_history
from comity.parties.models import Region
from comity.parties.models.parties import name_of
from comity.processes.forms import RemovalForm
from comity.processes.forms.groupings import GroupingForm
from comity.processes.models import Grouping
from comity.processes.services.groupings import add_grouping, change_grouping, remove_grouping
from comity.ui.answering import answer_form
from comity.ui.requests import Request
from comity.ui.responses import render_page

PAGE_SIZE = 50
TEMPLATE = "processes/grouping.html"


@require_safe
def groupings(request: Request) -> HttpResponse:
    """List the groupings that the reader may change, and what was done to the list."""
    regions = _regions_or_404(request)
    called = name_of("party_id", timezone.localdate())
    listed = Grouping.objects.filter(region__in=regions).annotate(party_name=called)
    rows = listed.select_related("process", "party")
    kind = ContentType.objects.get_for_model(Grouping)
    events = Event.objects.filter(content_type=kind).order_by("-pk").select_related("content_type")
    page = Paginator(events, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"listed": rows, "page": page, "entries": read_history(page)}
    return render_page(request, "processes/groupings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def grouping_add(request: Request) -> HttpResponse:
    """Put a grouping into the list of a region."""
    form = GroupingForm(request.POST or None, regions=_regions_or_404(request))
    context: dict[str, object] = {"heading": _("Add a grouping")}

    def save() -> None:
        grounds = form.cleaned_data["grounds"]
        add_grouping(facts=form.facts(), by=request.user, grounds=grounds)

    to = reverse("processes:groupings")
    return answer_form(request, TEMPLATE, form, context, save=save, to=to)


@require_http_methods(["GET", "HEAD", "POST"])
def grouping(request: Request, pk: int) -> HttpResponse:
    """Change a grouping; its history stands below."""
    regions, row = _regions_or_404(request), _editable_or_404(request, pk)
    form = GroupingForm(request.POST or None, regions=regions, row=row)
    context: dict[str, object] = {
        "heading": str(row),
        "row": row,
        "entries": read_history(history_of(row)),
    }

    def save() -> None:
        typed = form.cleaned_data
        change_grouping(
            grouping=row,
            facts=form.facts(),
            version=typed["version"],
            by=request.user,
            grounds=typed["grounds"],
        )

    to = reverse("processes:groupings")
    return answer_form(request, TEMPLATE, form, context, save=save, to=to)


@require_POST
def grouping_remove(request: Request, pk: int) -> HttpResponse:
    """Take a grouping out of the list."""
    row, form = _editable_or_404(request, pk), RemovalForm(request.POST)

    def save() -> None:
        remove_grouping(grouping=row, version=form.seen_version, by=request.user)

    to = reverse("processes:groupings")
    context: dict[str, object] = {"heading": str(row)}
    return answer_form(request, "processes/grouping_refused.html", form, context, save=save, to=to)


def _regions_or_404(request: Request) -> list[Region]:
    """Return the regions whose list the reader keeps; who keeps none finds no such page."""
    found = [each for each in Region if may(request.user, "processes.edit_groupings", each)]
    if not found:
        raise Http404
    return found


def _editable_or_404(request: Request, pk: int) -> Grouping:
    row = get_object_or_404(Grouping, pk=pk)
    if not may(request.user, "processes.edit_groupings", Region(row.region)):
        raise Http404
    return row
