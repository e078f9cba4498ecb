"""What can be found of other installations; each result says whose it is."""

from collections.abc import Iterable

from django.utils.translation import gettext

from comity.exchange.models import RemoteMeeting, RemoteProcess, Subscription
from comity.search.passages import date_words, day_of, passages, said_of, sentence
from comity.search.services import Findable, index_many
from comity.search.sources import PUBLIC

THEIRS = "theirs"
# Our own record stands before what another installation says of the same words.
WEIGHT = 0.8


def index_theirs(subscription: Subscription) -> None:
    """Let all that was fetched for ``subscription`` be found, under the name it has here."""
    for process in subscription.remote_processes.prefetch_related("meetings"):
        process.subscription = subscription
        index_their(process, process.meetings.all(), whole=True)


def index_their(process: RemoteProcess, meetings: Iterable[RemoteMeeting], *, whole: bool) -> None:
    """Let ``meetings`` of one process be found; the process itself too where it is ``whole``."""
    index_many([_process(process)] if whole else [])
    rows = list(meetings)
    for row in rows:
        row.process = process
    index_many(_meeting(row) for row in rows)


def index_all_theirs() -> None:
    """Let all that was fetched from anywhere be found."""
    for subscription in Subscription.objects.all():
        index_theirs(subscription)


def _process(process: RemoteProcess) -> Findable:
    return Findable(
        target=process,
        kind=THEIRS,
        url=process.get_absolute_url(),
        passages=passages(
            process.name,
            lambda _language: [
                _whose(process),
                said_of(gettext("Since"), [day_of(process.begins)]),
                said_of(gettext("Works on"), [area["words"] for area in process.areas]),
            ],
        ),
        keys=[PUBLIC],
        weight=WEIGHT,
        names=[process.slug, *process.short_name.values()],
        is_made_up=process.is_made_up,
    )


def _meeting(meeting: RemoteMeeting) -> Findable:
    process = meeting.process
    return Findable(
        target=meeting,
        kind=THEIRS,
        url=meeting.get_absolute_url(),
        passages=passages(
            meeting.title,
            lambda _language: [
                _whose(process),
                sentence(gettext(meeting.kind), day_of(meeting.days), meeting.place),
            ],
        ),
        keys=[PUBLIC],
        when=meeting.days_earliest,
        weight=WEIGHT,
        names=[meeting.place],
        also=[date_words(meeting.days), *process.short_name.values(), *process.name.values()],
        is_made_up=process.is_made_up,
    )


def _whose(process: RemoteProcess) -> str:
    return sentence(gettext("From %(installation)s") % {"installation": process.subscription.name})
