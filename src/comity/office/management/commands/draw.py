"""Draw what pages have asked for, at once."""

from django.core.management.base import BaseCommand

from comity.office.services import draw_pending


class Command(BaseCommand):
    """Draw every drawing that waits or has failed; a demonstration is prepared with it."""

    help = "Draw what pages have asked for, without waiting for the worker."

    def handle(self, *_args: object, **_options: object) -> None:
        """Draw, and say how many there were."""
        drawn = draw_pending()
        self.stdout.write(f"{drawn} drawn")
