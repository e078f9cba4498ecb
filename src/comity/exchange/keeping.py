"""Keep what one fetch found as theirs, whole, in the transaction of whoever fetched it."""

from collections.abc import Iterable, Mapping

from django.db import models

from comity.exchange.answers import Meeting, Process
from comity.exchange.indexing import index_their
from comity.exchange.models import RemoteMeeting, RemoteProcess, Subscription
from comity.exchange.reading import Reading
from comity.search.services import remove

BATCH = 500


def keep_theirs(subscription: Subscription, reading: Reading) -> None:
    """Let ``reading`` be all that is shown of ``subscription``; what it lacks goes.

    A thing keeps its row, and so its address and its place in calendars, by its slug there.
    Raises ValidationError for what the tables refuse; the caller rolls back.
    """
    known = {row.slug: row for row in subscription.remote_processes.all()}
    for order, theirs in enumerate(reading.found):
        process = known.pop(theirs.process.slug, None) or RemoteProcess(
            subscription=subscription, slug=theirs.process.slug
        )
        is_news = _take(process, {**_facts_of_process(theirs.process), "order": order})
        if is_news:
            process.save()
        changed = _keep_meetings(process, theirs.meetings)
        # Meetings are found by the names of their process too.
        index_their(process, process.meetings.all() if is_news else changed, whole=is_news)
    for process in known.values():
        _forget(process.meetings.all())
    _forget(known.values())


def forget_theirs(subscription: Subscription) -> None:
    """Remove all that was fetched for ``subscription``, from the index too."""
    for process in subscription.remote_processes.all():
        _forget(process.meetings.all())
        _forget([process])


def _keep_meetings(process: RemoteProcess, found: Iterable[Meeting]) -> list[RemoteMeeting]:
    """Let ``found`` be all meetings of ``process``; return those that are new or changed."""
    known = {row.slug: row for row in process.meetings.all()}
    new: list[RemoteMeeting] = []
    changed: list[RemoteMeeting] = []
    for each in found:
        row = known.pop(each.slug, None) or RemoteMeeting(process=process, slug=each.slug)
        if _take(row, _facts_of_meeting(each)):
            (changed if row.pk else new).append(row)
    for row in changed:
        row.save()
    RemoteMeeting.objects.bulk_create(new, batch_size=BATCH)
    _forget(known.values())
    return new + changed


def _facts_of_process(process: Process) -> Mapping[str, object]:
    return {
        "kind": process.kind,
        "name": process.name,
        "short_name": process.short_name,
        "region": process.region,
        "begins": process.begins.text if process.begins else "",
        "note": process.note or None,
        "participants": process.participants,
        "areas": [each.model_dump() for each in process.areas],
        "link": process.url,
        "is_made_up": process.is_made_up,
        "their_version": process.version,
    }


def _facts_of_meeting(meeting: Meeting) -> Mapping[str, object]:
    return {
        "title": meeting.title,
        "kind": meeting.kind,
        "status": meeting.status,
        "days": meeting.days.text if meeting.days else "",
        "place": meeting.place,
        "organisers": meeting.organisers,
        "note": meeting.note,
        "link": meeting.url,
        "their_version": meeting.version,
    }


def _take(row: models.Model, facts: Mapping[str, object]) -> bool:
    """Let ``row`` say ``facts``, checked; tell whether they are news of it."""
    if row.pk and all(getattr(row, name) == value for name, value in facts.items()):
        return False
    for name, value in facts.items():
        setattr(row, name, value)
    row.clean_fields(exclude={"subscription", "process"})
    return True


def _forget(rows: Iterable[models.Model]) -> None:
    for row in rows:
        remove(row)
        row.delete()
