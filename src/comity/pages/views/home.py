"""The first page, and the desk of who is signed in."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comity.pages.queries.calendar import read_together
from comity.pages.queries.desk import read_desk
from comity.pages.queries.front import read_front
from comity.ui.requests import Request
from comity.ui.responses import render_page


@require_safe
def home(request: Request) -> HttpResponse:
    """Show who is engaged where, and what comes next."""
    context = {
        "front": read_front(request.user, timezone.localdate()),
        "shades": [_("none"), "1", "2", "3", "4", _("5 or more")],
    }
    return render_page(request, "pages/home.html", context)


@require_safe
def desk(request: Request) -> HttpResponse:
    """Show the person's own processes and what they may do there."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    context = {
        "desk": read_desk(request.user),
        "together": read_together(request.user, timezone.localdate()),
    }
    return render_page(request, "pages/desk.html", context)
