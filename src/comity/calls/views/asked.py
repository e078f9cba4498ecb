"""The page that says what is asked of the reader's parties, in all their processes."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from comity.accounts.models import User
from comity.calls.queries.asked import done_with, items_of, read_asked, replies_asked, still_to_do
from comity.ui.desk import by_time
from comity.ui.requests import Request
from comity.ui.responses import render_page

PAGE_SIZE = 50


@login_required
@require_safe
def asked(request: Request) -> HttpResponse:
    """List what is asked of the reader's parties: first what waits, then what is behind them."""
    assert isinstance(request.user, User)
    now = timezone.now()
    replies = replies_asked(request.user, timezone.localdate(now))
    shows_past = "past" in request.GET
    listed = done_with(replies, now) if shows_past else still_to_do(replies, now)
    page = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    items = items_of(read_asked(page.object_list, now))
    context = {
        "page": page,
        "stretches": [] if shows_past else by_time(items, now),
        "items": items,
        "shows_past": shows_past,
    }
    return render_page(request, "calls/asked_list.html", context)
