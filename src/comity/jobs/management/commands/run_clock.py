"""Run one entry of the clock now, or list them all."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from comity.jobs.clock import clock, run_entry


class Command(BaseCommand):
    """Run one entry of the clock now, or list them all."""

    help = "Run one entry of the clock now; without a name, list the entries."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the name of the entry."""
        parser.add_argument("name", nargs="?", default="")

    def handle(self, *, name: str, **_options: object) -> None:
        """Run it, or list them."""
        if not name:
            for entry in clock:
                self.stdout.write(entry.name)
            return
        try:
            run_entry(name=name)
        except LookupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{name} has run.")
