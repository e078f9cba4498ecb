"""What the register lays on the desk of a secretariat: notes to which a reply is due."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.models import User
from comity.core.translated import text_in
from comity.correspondence.models import Direction
from comity.correspondence.queries import awaiting
from comity.processes.models import Process
from comity.ui.desk import MOST_ITEMS, DeskGroup, DeskItem

# What is due later is in the register.
AHEAD = timedelta(days=30)


def notes_on_desk(user: User, on: date) -> Iterator[DeskItem]:
    """Yield the notes of the processes that ``user`` runs that await a reply; two queries.

    What was received waits for the secretariat to reply; what was sent, for the other side.
    """
    due = awaiting(Process.objects.run_by(user, on), on + AHEAD)
    counts = {Direction.IN: 0, Direction.OUT: 0}
    for note in due:
        assert note.process is not None
        assert note.reply_due_on is not None
        direction = Direction(note.direction)
        counts[direction] += 1
        if counts[direction] > MOST_ITEMS:
            continue
        is_ours = direction == Direction.IN
        day = datetime.combine(note.reply_due_on, time(23, 59))
        yield DeskItem(
            words=str(note),
            url=note.get_absolute_url(),
            process=text_in(note.process.short_name),
            group=DeskGroup.DECIDE if is_ours else DeskGroup.FOLLOW,
            due_at=timezone.make_aware(day),
            remark=_("A reply of ours is due.") if is_ours else _("A reply to us is due."),
            language=note.language,
        )
