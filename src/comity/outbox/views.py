"""The page of the outbox."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comity.accounts.authority import may
from comity.outbox.causes import cause_words
from comity.outbox.models import Message

PAGE_SIZE = 50


@require_safe
def message_list(request: HttpRequest) -> HttpResponse:
    """List what was sent, what waits and what was given up, newest first.

    The texts are shown in a demonstration alone: in production they hold addresses by which
    anybody could set somebody else's password.
    """
    if not may(request.user, "outbox.read", None):
        raise Http404
    messages = Message.objects.select_related("content_type").prefetch_related("attachments")
    page = Paginator(messages, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(message, cause_words(message.cause)) for message in page],
        "is_kept_here": not settings.OUTBOX_TRANSPORT,
        "shows_texts": not settings.PRODUCTION,
    }
    return render(request, "outbox/list.html", context)
