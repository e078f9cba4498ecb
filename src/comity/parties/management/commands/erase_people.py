"""Erase the people who left long ago: a person or the clock of the machine may run it."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from comity.accounts.authority import SYSTEM
from comity.parties.services import erase_people_gone


class Command(BaseCommand):
    """Erase everybody who has belonged to no party for five years."""

    help = "Erase everybody who has belonged to no party for five years, from the log too."

    def handle(self, *_args: object, **_options: object) -> None:
        """Erase them, and say how many they were."""
        reason = "The time for which data of people are kept is over."
        count = erase_people_gone(on=timezone.localdate(), reason=reason, by=SYSTEM)
        self.stdout.write(f"Erased: {count}")
