"""Ask other installations now, as the clock does."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from comity.accounts.authority import SYSTEM
from comity.exchange.models import Subscription
from comity.exchange.services import fetch


class Command(BaseCommand):
    """Ask other installations now, as the clock does."""

    help = "Fetch what other installations publish, now; each that could not be read is named."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add which of them."""
        parser.add_argument("slug", nargs="*", help="Which subscriptions; all that are not paused.")

    def handle(self, *, slug: list[str], **_options: object) -> None:
        """Fetch one after the other, and say how each went."""
        rows = Subscription.objects.filter(is_paused=False)
        if slug:
            rows = rows.filter(slug__in=slug)
            if missing := sorted(set(slug) - set(rows.values_list("slug", flat=True))):
                raise CommandError(f"Not subscribed to, or paused: {', '.join(missing)}.")
        failed = 0
        for row in rows:
            done = fetch(subscription=row, by=SYSTEM)
            failed += bool(done.trouble)
            self.stdout.write(f"{done.slug}: {done.problem or 'read.'}")
        if failed:
            raise CommandError(f"{failed} could not be read; what was fetched before stays.")
