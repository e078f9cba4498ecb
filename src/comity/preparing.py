"""Bring an installation to where it can be served: tables, static files, demonstration."""

import os
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click
import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command, get_commands

DEMONSTRATION_PASSWORD = "demonstration"  # noqa: S105 -- invented people sign in with it, openly
# What a demonstration shows, in this order; each command may be run again.
CONTENT = (("load", "paper"), ("made_up",))


def prepare(*, demonstration: bool) -> None:
    """Bring tables and static files up to date; fill a demonstration once.

    May be run again at any time. A demonstration whose filling was cut short is filled anew.
    """
    if demonstration and settings.PRODUCTION:
        raise ImproperlyConfigured("COMITY_MODE is production: a demonstration is refused there.")
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False, clear=False)
    if demonstration:
        fill(Path(settings.DATA_DIR) / "demonstration-is-ready")
        announce_sign_ins()


def fill(ready: Path) -> None:
    """Load the demonstration's content, unless the file ``ready`` says that it is there."""
    if ready.exists():
        return
    click.echo("Filling the demonstration; this happens once.")
    for name, *words in CONTENT:
        if name in get_commands():
            call_command(name, *words, verbosity=0)
    ready.touch()
    descriptor = os.open(ready.parent, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def announce_sign_ins() -> None:
    """Print who may sign in to the demonstration."""
    if find_spec("comity.pages.made_up") is None:
        return
    sign_ins: dict[str, str] = import_module("comity.pages.made_up").SIGN_INS
    click.echo(f"\nSign in with the password “{DEMONSTRATION_PASSWORD}” as")
    for email, who in sign_ins.items():
        click.echo(f"  {email:<36} {who}")
