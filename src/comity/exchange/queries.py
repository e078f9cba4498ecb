"""What the pages on other installations show, in a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, Prefetch, QuerySet
from django.utils.functional import Promise

from comity.audit.models import Event, EventQuerySet
from comity.exchange.models import RemoteMeeting, RemoteProcess, Subscription
from comity.parties.models import Region
from comity.processes.models import MeetingStatus

STATUSES: Final[Mapping[str, str | Promise]] = dict(MeetingStatus.choices)
REGIONS: Final[Mapping[str, str | Promise]] = dict(Region.choices)
# What a meeting of which no more is said has come to.
UNSAID: Final = (MeetingStatus.HELD, MeetingStatus.LISTED)


@dataclass(frozen=True)
class ProcessLine:
    """A process of another installation in the list of all."""

    row: RemoteProcess
    region: str
    meetings: int


@dataclass(frozen=True)
class Installation:
    """Another installation with its processes, those made up apart from the others."""

    name: str
    address: str
    fetched_at: datetime | None
    processes: list[ProcessLine] = field(default_factory=list)


@dataclass(frozen=True)
class MeetingLine:
    """A meeting of another installation; ``status`` is said where it is not simply held."""

    row: RemoteMeeting
    status: str


def installations() -> list[Installation]:
    """Return the installations from which something was fetched, each with its processes."""
    processes: QuerySet[RemoteProcess] = RemoteProcess.objects.annotate(
        meeting_count=Count("meetings")
    ).order_by("order", "pk")
    rows = Subscription.objects.exclude(fetched_at=None).prefetch_related(
        Prefetch("remote_processes", processes)
    )
    return [
        Installation(
            name=row.name,
            address=row.address,
            fetched_at=row.fetched_at,
            processes=[_line(each, row) for each in row.remote_processes.all()],
        )
        for row in rows
    ]


def subscriptions() -> "QuerySet[Subscription]":
    """Return all subscriptions with the number of their processes and meetings."""
    return Subscription.objects.annotate(
        process_count=Count("remote_processes", distinct=True),
        meeting_count=Count("remote_processes__meetings", distinct=True),
    )


def meetings_of(process: RemoteProcess) -> list[MeetingLine]:
    """Return the meetings of ``process``, the latest first, the undated last."""
    rows = process.meetings.order_by(F("days_latest").desc(nulls_last=True), "-days_earliest", "pk")
    return [
        MeetingLine(row, "" if row.status in UNSAID else str(STATUSES.get(row.status, row.status)))
        for row in rows
    ]


def region_words(process: RemoteProcess) -> str:
    """Return the region of ``process`` in the reader's words, or as the other side writes it."""
    return str(REGIONS.get(process.region, process.region))


def subscription_events() -> EventQuerySet:
    """Return all that was done to subscriptions, those removed included, latest first."""
    return Event.objects.filter(content_type=ContentType.objects.get_for_model(Subscription))


def _line(row: RemoteProcess, subscription: Subscription) -> ProcessLine:
    row.subscription = subscription
    count: int = row.meeting_count  # type: ignore[attr-defined]  # -- annotated above
    return ProcessLine(row, region_words(row), count)
