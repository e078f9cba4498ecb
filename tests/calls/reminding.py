"""A call with parties of several kinds, and what the mails to them say."""

from datetime import UTC, date, datetime, timedelta

from comity.calls.reminders.services import send_daily_mail
from comity.outbox.models import Message

# A Monday; the call is due two weeks later.
MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
DUE = datetime(2026, 11, 16, 12, tzinfo=UTC)
FIRST, SECOND = date(2026, 11, 9), date(2026, 11, 19)


def at(day):
    """Return the moment of the clock on that day."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def run(first, last):
    """Let the clock run on each day; return the days on which mail left, with how many."""
    left, day = {}, first
    while day <= last:
        if count := send_daily_mail(now=at(day)):
            left[day] = count
        day += timedelta(days=1)
    return left


def sent_to(address):
    """Return the texts of the mails to an address, in the order in which they were kept."""
    return list(Message.objects.filter(to=address).order_by("pk").values_list("text", flat=True))
