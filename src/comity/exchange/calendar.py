"""The meetings of other installations in our calendars, each said to be theirs."""

from typing import Final

from django.db.models import QuerySet

from comity.accounts.authority import Actor
from comity.exchange.models import RemoteMeeting
from comity.processes.calendar import Dated, Entry, Wanted


def _rows(_actor: Actor, wanted: Wanted) -> QuerySet[RemoteMeeting]:
    """Return the meetings of subscribed processes, which are public.

    Processes, parties, themes and whom a reader belongs to are narrowed by our record, of which
    theirs are no part: a calendar of one of them, or of one's own, shows ours alone.
    """
    rows = RemoteMeeting.objects.filter(process__is_made_up=wanted.made_up)
    if wanted.own or wanted.process or wanted.party or wanted.theme:
        return rows.none()
    if wanted.first:
        rows = rows.filter(days_latest__gte=wanted.first)
    if wanted.last:
        rows = rows.filter(days_earliest__lte=wanted.last)
    return rows.select_related("process__subscription")


def _entry(row: RemoteMeeting) -> Entry:
    return Entry(
        key=f"theirs-{row.process_id}-{row.slug}",
        version=row.their_version,
        title=row.title,
        url=row.get_absolute_url(),
        days=row.days,
        place=row.place,
        kind=row.kind,
        status=row.status,
        process=None,
        is_off=row.is_off,
        is_tentative=row.is_tentative,
        whose=row.process.subscription.name,
    )


their_meetings: Final = Dated(
    _rows,
    _entry,
    (
        "slug",
        "their_version",
        "days",
        "place",
        "kind",
        "status",
        "process",
        "process__slug",
        "process__subscription__slug",
        "process__subscription__name",
    ),
)
