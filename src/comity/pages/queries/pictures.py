"""The maps of the pages: asked for here, drawn in the worker."""

from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.core.facts import perhaps_in_force
from comity.office.models import PUBLIC, Boundaries, Drawing
from comity.office.pictures import Table, WorldMap
from comity.office.services import request_drawing
from comity.pages.queries.lists import named_parties
from comity.processes.models import COUNTED, ProcessKind

MOST_SHADES = 5


def map_of_engagement(on: date) -> Drawing | None:
    """Return the map of how many processes each State takes part in, or none without outlines."""
    if not Boundaries.objects.exists():
        return None
    taking_part = Count(
        "participations__process",
        filter=perhaps_in_force(on, "participations__")
        & Q(
            participations__status__in=COUNTED,
            participations__process__kind=ProcessKind.PROCESS,
            participations__process__is_made_up=False,
        ),
        distinct=True,
    )
    rows = list(
        named_parties()
        .filter(is_made_up=False)
        .with_name(on)
        .annotate(count=taking_part)
        .order_by("name")
        .values_list("m49", "name", "count")
    )
    words = {
        m49: ngettext("%(name)s: %(count)d process", "%(name)s: %(count)d processes", count)
        % {"name": name, "count": count}
        for m49, name, count in rows
        if m49 and count
    }
    return request_drawing(
        picture=WorldMap(
            values={m49: min(count, MOST_SHADES) for m49, _name, count in rows if m49 and count},
            labels=words,
        ),
        title=_("How many processes each State takes part in"),
        table=Table([_("Party"), _("Processes")], [[name, count] for _m49, name, count in rows]),
        access=PUBLIC,
        source=_("MC/INF/266, Annex II. Boundaries: Natural Earth."),
    )
