"""What the mail of the day tells secretariats of the register."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.calls.reminders.mails import Matter, Told
from comity.calls.reminders.recipients import people_of_secretariats
from comity.core.dates import day_in_words
from comity.correspondence.models import Note, NoteReminder
from comity.correspondence.queries import awaiting
from comity.processes.models import Process

# So many days before a reply is due, and once when the day has passed.
DAYS_BEFORE = 3


def told_of_notes(now: datetime) -> Iterator[Told]:
    """Yield that the reply to a note is due, to its secretariat: once before, once after.

    It is recorded in the transaction of the mail; a day of its own is told anew.
    """
    today = timezone.localdate(now)
    until = today + timedelta(days=DAYS_BEFORE)
    told = set(
        NoteReminder.objects.filter(Q(note__reply_due_on__lte=until)).values_list(
            "note", "due_on", "is_late"
        )
    )
    due = [
        note
        for note in awaiting(Process.objects.all(), until)
        if (note.pk, note.reply_due_on, _is_late(note, now)) not in told
    ]
    people = people_of_secretariats({note.process_id for note in due if note.process_id}, today)
    for note in due:
        assert note.process is not None
        assert note.reply_due_on is not None
        NoteReminder.objects.create(
            note=note, due_on=note.reply_due_on, is_late=_is_late(note, now), left_on=today
        )
        matter = Matter(
            note.process, _words(note, is_late=_is_late(note, now)), note.get_absolute_url()
        )
        for recipient in people.get(note.process.pk, []):
            yield recipient, matter


def _is_late(note: Note, now: datetime) -> bool:
    return note.reply_due_on is not None and note.reply_due_on < timezone.localdate(now)


def _words(note: Note, *, is_late: bool) -> Callable[[], str]:
    def words() -> str:
        assert note.reply_due_on is not None
        told = {
            "number": note.number,
            "subject": note.subject,
            "day": day_in_words(note.reply_due_on),
        }
        if is_late:
            return _("The reply to note %(number)s, “%(subject)s”, was due on %(day)s.") % told
        return _("The reply to note %(number)s, “%(subject)s”, is due on %(day)s.") % told

    return words
