"""Who has a say in reminders."""

from django.utils import timezone

from comity.accounts.authority import Actor, declare
from comity.calls.models import ReminderRound


def decides_round(actor: Actor, row: ReminderRound) -> bool:
    """``actor`` works today for the secretariat of the process, or presides over it.

    Who may see a round may say whether it leaves.
    """
    return ReminderRound.objects.visible_to(actor, timezone.localdate()).filter(pk=row.pk).exists()


declare("calls.decide_reminders", decides_round)
