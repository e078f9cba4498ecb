"""What the rest of the platform is told of reminders when it starts."""

from django.utils.translation import gettext_lazy as _

from comity.calls.reminders import permissions  # noqa: F401 -- declares the rules
from comity.calls.reminders.mails import daily_sources
from comity.calls.reminders.services import DAILY, send_daily_mail
from comity.calls.reminders.tasks import tell_opened
from comity.calls.reminders.telling import TELL_OPENED, told_of_calls
from comity.jobs.clock import run_by_clock
from comity.jobs.kinds import Kind, kinds
from comity.outbox.causes import cause_labels

# People find it when they begin their day.
HOUR = 7


def declare_reminders() -> None:
    """Add the mail of the day to the clock, and what is told by it."""
    kinds.add(TELL_OPENED, Kind(tell_opened))
    daily_sources.add("calls", told_of_calls)
    run_by_clock("calls.daily_mail", lambda now: send_daily_mail(now=now), daily_at=HOUR)
    cause_labels.add(DAILY, _("mail of the day"))
