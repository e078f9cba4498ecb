"""Calendars for other programs, as iCalendar (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import icalendar
from django.conf import settings

from comity.processes.calendar import Entry

HOURS_BETWEEN_READINGS = 6


def write_calendar(name: str, entries: Iterable[Entry], now: datetime) -> bytes:
    """Return the entries whose days are known as a calendar that programs may subscribe to.

    Each event keeps its key for ever and counts its version up, so that a program which reads
    again changes what it has and adds nothing twice. All are whole days.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Comity//Comity//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    calendar.add("refresh-interval", timedelta(hours=HOURS_BETWEEN_READINGS))
    for entry in entries:
        if entry.is_exact:
            calendar.add_component(_event(entry, now))
    written: bytes = calendar.to_ical()
    return written


def _event(entry: Entry, now: datetime) -> icalendar.Event:
    host = settings.SITE_ADDRESS.partition("//")[2]
    event = icalendar.Event()
    event.add("uid", f"{entry.key}@{host}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", entry.version - 1)
    event.add("summary", f"{entry.words} ({entry.whose})" if entry.whose else entry.words)
    event.add("dtstart", entry.earliest)
    if entry.latest:
        event.add("dtend", entry.latest + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("url", settings.SITE_ADDRESS + entry.url)
    if entry.place:
        event.add("location", entry.place)
    if entry.is_off:
        event.add("status", "CANCELLED")
    else:
        event.add("status", "TENTATIVE" if entry.is_tentative else "CONFIRMED")
    return event
