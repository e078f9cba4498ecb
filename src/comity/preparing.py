"""Bring an installation to where it can be served: tables, static files, demonstration."""

import os
from pathlib import Path

import click
import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command, get_commands
from django.db import OperationalError

from comity.accounts import demonstration

# What a demonstration shows, in this order; each command may be run again.
CONTENT = (
    ("load", "boundaries"),
    ("load", "paper"),
    ("made_up",),
    ("ask_drawings",),
    ("run_clock", "api.release"),
)


def prepare(*, with_demonstration: bool) -> None:
    """Bring tables and static files up to date; fill a demonstration once.

    May be run again at any time. A demonstration whose filling was cut short is filled anew.
    """
    if with_demonstration and settings.PRODUCTION:
        raise ImproperlyConfigured("COMITY_MODE is production: a demonstration is refused there.")
    django.setup()
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        raise click.ClickException(f"The database cannot be used: {error}") from error
    if settings.PRODUCTION:
        refuse_demonstration()
    call_command("collectstatic", verbosity=0, interactive=False, clear=False)
    if with_demonstration:
        fill(Path(settings.DATA_DIR) / "demonstration-is-ready")
        announce_sign_ins()


def refuse_demonstration() -> None:
    """Raise ImproperlyConfigured where the tables are those of a demonstration.

    Its passwords stand on the page of signing in: everybody could come in as its administrator.
    """
    if is_demonstration():
        raise ImproperlyConfigured(
            "COMITY_MODE is production, and the database is that of a demonstration, whose "
            "passwords everybody knows. Name another COMITY_DATA_DIR or database."
        )


def is_demonstration() -> bool:
    """Tell whether the tables were ever filled for a demonstration, wholly or in part."""
    from comity.accounts.models import User  # noqa: PLC0415 -- Django must be set up before
    from comity.audit.models import Event  # noqa: PLC0415 -- as above

    if Event.objects.filter(action="demonstration.made").exists():
        return True
    known = [person.email for person in demonstration.SIGN_INS]
    accounts = User.objects.filter(email__in=known, is_active=True)
    return any(account.check_password(demonstration.PASSWORD) for account in accounts)


def fill(ready: Path) -> None:
    """Load the demonstration's content, unless the file ``ready`` says that it is there."""
    if ready.exists():
        return
    click.echo("Filling the demonstration; this happens once.")
    for name, *words in CONTENT:
        if name in get_commands():
            try:
                call_command(name, *words, verbosity=0)
            except CommandError as error:
                raise click.ClickException(str(error)) from error
    ready.touch()
    descriptor = os.open(ready.parent, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def announce_sign_ins() -> None:
    """Print who may sign in to the demonstration."""
    if demonstration.SIGN_INS:
        click.echo(f"\nSign in with the password “{demonstration.PASSWORD}” as")
    for person in demonstration.SIGN_INS:
        click.echo(f"  {person.email:<34} {person.who}")
