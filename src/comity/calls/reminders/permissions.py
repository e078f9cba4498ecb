"""Who has a say in reminders."""

from django.utils import timezone

from comity.accounts.authority import Actor, declare, may
from comity.accounts.models import User
from comity.calls.models import ReminderRound
from comity.processes.audiences import presided_by
from comity.processes.models import Process


def decides_round(actor: Actor, row: ReminderRound) -> bool:
    """``actor`` works today for the secretariat of the process, or presides over it.

    Who may see a round may say whether it leaves.
    """
    return ReminderRound.objects.visible_to(actor, timezone.localdate()).filter(pk=row.pk).exists()


def decides_in(actor: Actor, process: Process) -> bool:
    """``actor`` works today for the secretariat of the process, or presides over it."""
    if may(actor, "processes.run", process):
        return True
    if not isinstance(actor, User):
        return False
    return presided_by(actor, timezone.localdate()).filter(process=process).exists()


declare("calls.decide_in", decides_in)
declare("calls.decide_reminders", decides_round)
