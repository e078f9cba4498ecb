"""Entrust a party with a process that nobody runs any longer."""

from argparse import ArgumentParser

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from comity.accounts.authority import SYSTEM
from comity.parties.models import Party
from comity.processes.models import Process
from comity.processes.services import appoint_secretariat


class Command(BaseCommand):
    """Entrust a party with a process that nobody runs any longer."""

    help = (
        "Entrust a party with a process that nobody runs any longer. The reason is kept in the "
        "log and mailed to the presidency and to those who speak for the States."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the process, the party and the reason."""
        parser.add_argument("process", help="the word in the address of the process")
        parser.add_argument("party", help="the code of the party")
        parser.add_argument("--reason", required=True, help="why this cannot wait")

    def handle(self, *, process: str, party: str, reason: str, **_options: object) -> None:
        """Appoint it, or say why not."""
        found = Process.objects.filter(slug=process).first()
        if found is None:
            raise CommandError(f"There is no process {process!r}.")
        entrusted = Party.objects.filter(code=party).first()
        if entrusted is None:
            raise CommandError(f"There is no party {party!r}.")
        try:
            appoint_secretariat(process=found, party=entrusted, reason=reason, by=SYSTEM)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{party} is the secretariat of {process}.")
