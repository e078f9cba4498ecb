"""Calendars for other programs, as iCalendar (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import icalendar
from django.conf import settings
from django.utils.translation import gettext as _

from comity.core.addresses import whole_address
from comity.pages.queries.lines import dated
from comity.processes.calendar import Entry

HOURS_BETWEEN_READINGS = 6


def write_calendar(name: str, entries: Iterable[Entry], now: datetime) -> bytes:
    """Return the entries as a calendar that programs may subscribe to.

    What is known by its months only lies tentatively on all their days, and says so. What is
    known by its year, or not at all, has no place in a calendar; the page says how many there are.

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
        if entry.is_in_files:
            calendar.add_component(_event(entry, now))
    written: bytes = calendar.to_ical()
    return written


def _event(entry: Entry, now: datetime) -> icalendar.Event:
    host = settings.SITE_ADDRESS.partition("//")[2]
    event = icalendar.Event()
    event.add("uid", f"{entry.key}@{host}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", entry.version - 1)
    words = f"{entry.words} ({entry.whose})" if entry.whose else entry.words
    if not entry.is_exact:
        words = _("%(title)s – day not yet known") % {"title": words}
        about = _("Only this is known of when it is: %(when)s.") % {"when": dated(entry.days)}
        event.add("description", about)
    event.add("summary", words)
    event.add("dtstart", entry.earliest)
    if entry.latest and entry.latest < date.max:
        event.add("dtend", entry.latest + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("url", whole_address(entry.url))
    if entry.place:
        event.add("location", entry.place)
    if entry.is_off:
        event.add("status", "CANCELLED")
    else:
        event.add(
            "status", "TENTATIVE" if entry.is_tentative or not entry.is_exact else "CONFIRMED"
        )
    return event
