"""The first page, and the desk of who is signed in."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comity.pages.queries import home as queries
from comity.pages.queries.desk import read_desk
from comity.pages.queries.pictures import map_of_engagement
from comity.ui.requests import Request
from comity.ui.responses import render_page

MOST_ROWS = 8


@require_safe
def home(request: Request) -> HttpResponse:
    """Show who is engaged where, and what comes next."""
    on = timezone.localdate()
    regions, _made_up = queries.read_processes(request.user, on)
    context = {
        "figures": queries.read_figures(request.user, regions),
        "regions": regions,
        "most": max((row.participants for each in regions for row in each.rows), default=0),
        "shades": [_("none"), "1", "2", "3", "4", _("5 or more")],
        "drawing": map_of_engagement(on),
        "notes": queries.read_notes(),
        "ahead": queries.read_ahead(),
        "latest": queries.read_latest(request.user),
        "themes": queries.read_themes()[:MOST_ROWS],
        "overlaps": queries.read_overlaps(on)[:MOST_ROWS],
    }
    return render_page(request, "pages/home.html", context)


@require_safe
def desk(request: Request) -> HttpResponse:
    """Show the person's own processes and what they may do there."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return render_page(request, "pages/desk.html", {"desk": read_desk(request.user)})
