"""Check that nobody changed the log behind the platform's back."""

from django.core.management.base import BaseCommand, CommandError

from comity.audit.chain import verify_chain
from comity.audit.models import Head


class Command(BaseCommand):
    """Go through the whole log and name every event that is not as it was written."""

    help = "Checks that the log is as it was written."

    def handle(self, **_options: object) -> None:
        """Print how many events were checked, or stop with the problems."""
        if problems := verify_chain():
            raise CommandError("\n".join(problems))
        head = Head.objects.first() or Head()
        self.stdout.write(f"{head.count} events, each as it was written.")
