"""Do what waits until after the page, until told to stop."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from comity.jobs.worker import Worker


class Command(BaseCommand):
    """Do what waits until after the page, until told to stop."""

    help = "Do jobs, send mail and keep the clock until a SIGTERM; finish what is in hand first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what may differ between workers."""
        parser.add_argument("--once", action="store_true", help="Do what is due and end.")
        parser.add_argument(
            "--short-only", action="store_true", help="Leave long jobs to other workers."
        )

    def handle(self, *, once: bool, short_only: bool, **_options: object) -> None:
        """Work."""
        worker = Worker(short_only=short_only)
        worker.stop_on_signals()
        if not once:
            worker.run()
            return
        while worker.run_once():
            pass
