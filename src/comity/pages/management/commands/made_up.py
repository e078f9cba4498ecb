"""Make an invented installation: ``made_up --scale 1`` is the demonstration."""

from argparse import ArgumentParser

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from comity.pages.made_up import made_up
from comity.sources.folders import BadFolderError


class Command(BaseCommand):
    """Make the demonstration, or a large installation around it; a second time adds nothing."""

    help = "Make the demonstration, or a large installation around it; a second time adds nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how large it is to be."""
        parser.add_argument("--scale", type=int, default=1, help="1 is the demonstration alone.")

    def handle(self, *, scale: int, **_options: object) -> None:
        """Make it, and say how much was added; or say why nothing is."""
        if scale < 1:
            raise CommandError("The scale is a whole number from 1.")
        try:
            made = made_up(scale)
        except (ImproperlyConfigured, BadFolderError) as error:
            raise CommandError(f"Nothing was made.\n{error}") from error
        large = made.large
        self.stdout.write(
            f"The demonstration is made: {made.rows} rows and {made.accounts} accounts added; "
            f"around it {large.processes} processes, {large.meetings} meetings, "
            f"{large.documents} documents and {large.people} people."
        )
