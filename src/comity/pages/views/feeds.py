"""What is new and what has changed, for programs that read feeds (Atom, RFC 4287)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Max, Min, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from comity.audit.models import Event
from comity.core.addresses import whole_address
from comity.core.translated import text_in
from comity.documents.models import Document
from comity.pages.queries.lines import dated, words_of
from comity.processes.models import Meeting, Process
from comity.ui.requests import Request

MOST: Final = 30
New = Document | Meeting
# When a row was first and last changed, by its key.
Changes = Mapping[int, tuple[datetime, datetime]]


@require_safe
@conditional_page
def news(request: Request, slug: str = "") -> HttpResponse:
    """Hand out the latest documents and meetings of a process, or of all."""
    process = get_object_or_404(Process, slug=slug) if slug else None
    page = process.get_absolute_url() if process else "/"
    feed = Atom1Feed(
        title=f"{process} – Comity" if process else "Comity",
        link=whole_address(page),
        description=_("The latest documents and meetings."),
        language=get_language(),
        author_name=settings.INSTALLATION_NAME or "Comity",
        feed_url=whole_address(request.path),
    )
    for item, published, updated in _latest(process):
        address = whole_address(item.get_absolute_url())
        feed.add_item(
            title=_title(item),
            link=address,
            description=_remark(item),
            unique_id=address,
            pubdate=published,
            updateddate=updated,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml")


def _latest(process: Process | None) -> list[tuple[New, datetime, datetime]]:
    """Return the latest of both with when they came and changed, the last changed first.

    Nothing that is made up stands beside the rest.
    """
    documents = Document.objects.visible_to(AnonymousUser()).exclude(dated_earliest=None)
    meetings = Meeting.objects.exclude(days_earliest=None)
    if process:
        documents, meetings = documents.filter(process=process), meetings.filter(process=process)
    else:
        documents = documents.exclude(process__is_made_up=True)
        meetings = meetings.exclude(process__is_made_up=True)
    documents, meetings = documents.select_related("process"), meetings.select_related("process")
    rows: dict[int, Meeting] = {
        row.pk: row
        for part in (
            meetings.order_by(F("days_earliest").desc(), "pk")[:MOST],
            meetings.filter(pk__in=_last_changed(meetings)),
        )
        for row in part
    }
    changes = _changes_of(rows)
    begun = Event.objects.aggregate(at=Min("at"))["at"]
    latest: list[tuple[New, datetime, datetime]] = [
        *(
            (row, *_times(row, {}, begun))
            for row in documents.order_by(F("dated_earliest").desc(), "pk")[:MOST]
        ),
        *((row, *_times(row, changes, begun)) for row in rows.values()),
    ]
    return sorted(latest, key=lambda each: (each[2], _day(each[0])), reverse=True)[:MOST]


def _last_changed(meetings: QuerySet[Meeting]) -> list[int]:
    """Return the keys of the meetings that were changed last."""
    events = _events().filter(object_id__in=meetings.order_by().values("pk"))
    by_row = events.values("object_id").annotate(last=Max("pk")).order_by("-last")
    return list(by_row.values_list("object_id", flat=True)[:MOST])


def _changes_of(keys: Iterable[int]) -> Changes:
    events = _events().filter(object_id__in=list(keys)).order_by().values("object_id")
    rows = events.annotate(first=Min("at"), last=Max("at"))
    return {
        key: (first, last) for key, first, last in rows.values_list("object_id", "first", "last")
    }


def _events() -> QuerySet[Event]:
    return Event.objects.filter(content_type=ContentType.objects.get_for_model(Meeting))


def _times(item: New, changes: Changes, begun: datetime | None) -> tuple[datetime, datetime]:
    """Return when it became public and when it last changed; neither lies ahead.

    What the log says nothing of has the day it is of; where that lies ahead, it was on record
    when the log began.
    """
    if isinstance(item, Document) and item.out_at:
        return item.out_at, item.out_at
    if item.pk in changes:
        return changes[item.pk]
    day = datetime.combine(_day(item), time(), UTC)
    if day > timezone.now():
        day = begun or datetime.combine(timezone.localdate(), time(), UTC)
    return day, day


def _title(item: New) -> str:
    """Return its title, and that it was called off."""
    title = text_in(item.title)
    if isinstance(item, Meeting) and item.is_off:
        return f"{title} ({item.get_status_display()})"
    return title


def _remark(item: New) -> str:
    """Say what it is, of which process, and when; of a meeting also where and how it stands."""
    when = item.dated if isinstance(item, Document) else item.days
    words = [words_of(item.kind), str(item.process or ""), dated(when)]
    if isinstance(item, Meeting):
        words += [item.place, item.get_status_display()]
    return ", ".join(filter(None, words))


def _day(item: New) -> date:
    day = item.dated_earliest if isinstance(item, Document) else item.days_earliest
    return day or date.min
