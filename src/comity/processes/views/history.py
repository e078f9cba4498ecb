"""The page on which one reads what was done to the record of a process."""

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from comity.audit.models import EventQuerySet
from comity.audit.queries import read_history
from comity.processes import models as tables
from comity.processes.queries import record_events
from comity.processes.views.editing import get_editable
from comity.ui.requests import Request
from comity.ui.responses import render_page

PAGE_SIZE = 50
# What one may want to read alone, as in the address, and the models that hold it.
SUBJECTS: dict[str, tuple[str | Promise, tuple[type[models.Model], ...]]] = {
    "participants": (_("Participants"), (tables.Participation, tables.OpenSet)),
    "bodies": (_("Bodies"), (tables.Body, tables.Seat)),
    "terms": (_("Terms of office"), (tables.Term,)),
    "names": (_("Names"), (tables.Alias,)),
    "areas": (_("Areas of interest"), (tables.Area,)),
    "meetings": (_("Meetings"), (tables.Meeting, tables.Series)),
    "partners": (_("Partners and agreements"), (tables.Partnership, tables.Agreement)),
    "process": (_("The process itself"), (tables.Process, tables.Stage)),
}


@require_safe
def history(request: Request, slug: str) -> HttpResponse:
    """Show who changed what in the record of a process, and when, latest first."""
    process = get_editable(request, slug)
    about = request.GET.get("about", "")
    events = _about(record_events(process), about).select_related("content_type")
    page = Paginator(events, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "process": process,
        "page": page,
        "entries": read_history(page),
        "subjects": [(name, label) for name, (label, _models) in SUBJECTS.items()],
        "about": about if about in SUBJECTS else "",
        "part": "history",
    }
    return render_page(request, "processes/history.html", context)


def _about(events: EventQuerySet, subject: str) -> EventQuerySet:
    """Keep the events of one subject; all of them where it is none that we know."""
    if subject not in SUBJECTS:
        return events
    kinds = ContentType.objects.get_for_models(*SUBJECTS[subject][1])
    return events.filter(content_type__in=[kind.pk for kind in kinds.values()])
