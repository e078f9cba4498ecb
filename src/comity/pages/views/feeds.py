"""What is new, for programs that read feeds (Atom, RFC 4287)."""

from datetime import UTC, date, datetime, time
from typing import Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from comity.core.translated import text_in
from comity.documents.models import Document
from comity.pages.queries.lines import dated, words_of
from comity.processes.models import Meeting, Process
from comity.ui.requests import Request

MOST: Final = 30
New = Document | Meeting


@require_safe
@conditional_page
def news(request: Request, slug: str = "") -> HttpResponse:
    """Hand out the latest documents and meetings of a process, or of all."""
    process = get_object_or_404(Process, slug=slug) if slug else None
    page = process.get_absolute_url() if process else "/"
    feed = Atom1Feed(
        title=f"{process} – Comity" if process else "Comity",
        link=settings.SITE_ADDRESS + page,
        description=_("The latest documents and meetings."),
        language=get_language(),
        feed_url=settings.SITE_ADDRESS + request.path,
    )
    for item in _latest(process):
        address = settings.SITE_ADDRESS + item.get_absolute_url()
        feed.add_item(
            title=text_in(item.title),
            link=address,
            description=_remark(item),
            unique_id=address,
            updateddate=_updated(item),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml")


def _latest(process: Process | None) -> list[New]:
    """Return the latest of both, the latest first; nothing that is made up beside the rest."""
    documents = Document.objects.visible_to(AnonymousUser()).exclude(dated_earliest=None)
    meetings = Meeting.objects.exclude(days_earliest=None)
    if process:
        documents, meetings = documents.filter(process=process), meetings.filter(process=process)
    else:
        documents = documents.exclude(process__is_made_up=True)
        meetings = meetings.exclude(process__is_made_up=True)
    latest: list[New] = [
        *documents.select_related("process").order_by(F("dated_earliest").desc(), "pk")[:MOST],
        *meetings.select_related("process").order_by(F("days_earliest").desc(), "pk")[:MOST],
    ]
    return sorted(latest, key=_day, reverse=True)[:MOST]


def _remark(item: New) -> str:
    """Say what it is, of which process, and when."""
    when = item.dated if isinstance(item, Document) else item.days
    return ", ".join(filter(None, [words_of(item.kind), str(item.process or ""), dated(when)]))


def _updated(item: New) -> datetime:
    """Return when it became public, or the day it is of."""
    if isinstance(item, Document) and item.published_at:
        return item.published_at
    return datetime.combine(_day(item), time(), UTC)


def _day(item: New) -> date:
    day = item.dated_earliest if isinstance(item, Document) else item.days_earliest
    return day or date.min
