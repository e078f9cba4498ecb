"""Keep what one fetch found as theirs, whole, in the transaction of whoever fetched it."""

from collections.abc import Iterable, Mapping

from django.db import models

from comity.exchange.answers import Meeting, Process
from comity.exchange.indexing import index_theirs
from comity.exchange.models import RemoteMeeting, RemoteProcess, Subscription
from comity.exchange.reading import Reading
from comity.search.services import remove


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
        _save(process, {**_facts_of_process(theirs.process), "order": order})
        meetings = {row.slug: row for row in process.meetings.all()}
        for each in theirs.meetings:
            meeting = meetings.pop(each.slug, None) or RemoteMeeting(
                process=process, slug=each.slug
            )
            _save(meeting, _facts_of_meeting(each))
        _forget(meetings.values())
    for process in known.values():
        _forget(process.meetings.all())
    _forget(known.values())
    index_theirs(subscription)


def forget_theirs(subscription: Subscription) -> None:
    """Remove all that was fetched for ``subscription``, from the index too."""
    for process in subscription.remote_processes.all():
        _forget(process.meetings.all())
        _forget([process])


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


def _save(row: models.Model, facts: Mapping[str, object]) -> None:
    """Check and save ``row`` where ``facts`` are news of it."""
    if row.pk and all(getattr(row, name) == value for name, value in facts.items()):
        return
    for name, value in facts.items():
        setattr(row, name, value)
    row.full_clean(validate_unique=False, validate_constraints=False)
    row.save()


def _forget(rows: Iterable[models.Model]) -> None:
    for row in rows:
        remove(row)
        row.delete()
