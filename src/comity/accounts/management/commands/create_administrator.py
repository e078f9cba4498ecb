"""Make the account of somebody who runs the installation."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from comity.accounts.authority import SYSTEM
from comity.accounts.invitations import link_for, open_account


class Command(BaseCommand):
    """Make the account of somebody who runs the installation."""

    help = (
        "Make the account of somebody who runs the installation, without a password: a link to "
        "choose one is mailed to them, and written here for as long as no mail leaves."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address and the language."""
        parser.add_argument("email", help="the e-mail address with which they sign in")
        parser.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE,
            help="the language of the mail and of the pages",
        )

    def handle(self, *, email: str, language: str, **_options: object) -> None:
        """Make it, or say why not."""
        try:
            user = open_account(email=email, language=language, by=SYSTEM, is_administrator=True)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{user.email} runs the installation. They choose a password at")
        self.stdout.write(link_for(user))
