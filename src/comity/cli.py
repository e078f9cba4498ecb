"""The one command of the platform: serve it, prepare it, look after it."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from django.core.exceptions import ImproperlyConfigured

from comity import __version__, env, serving

# What follows such a command goes on as it is: Django reads it, its ``--help`` too.
PASSED_ON = {"ignore_unknown_options": True, "help_option_names": []}

port_option = click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Where to listen.",
)
host_option = click.option(
    "--host", default="127.0.0.1", show_default=True, help="On which address of this machine."
)
workers_option = click.option(
    "--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Web processes."
)


@click.group()
@click.version_option(__version__, prog_name="Comity")
def commands() -> None:
    """Comity: where regional consultative processes on migration run their work."""


@commands.command()
@host_option
@port_option
@workers_option
def serve(host: str, port: int, workers: int) -> None:
    """Serve the platform, with its worker and its clock, until it is stopped."""
    sys.exit(serving.serve(host, port, workers, demonstration=False))


@commands.command()
@host_option
@port_option
@workers_option
def demo(host: str, port: int, workers: int) -> None:
    """Fill an empty data folder with the demonstration, and serve it."""
    sys.exit(serving.serve(host, port, workers, demonstration=True))


@commands.command()
@click.option("--demonstration", is_flag=True, help="Also load what a demonstration shows.")
def prepare(*, demonstration: bool) -> None:
    """Bring the tables and the static files up to date, as every start does."""
    require_settings()
    from comity import preparing  # noqa: PLC0415 -- serving does without Django's memory

    preparing.prepare(with_demonstration=demonstration)


@commands.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write all of the installation into FILE, while people work in it."""
    set_up()
    from comity.backup import commands as backups  # noqa: PLC0415 -- its models need Django

    sys.exit(backups.backup(file))


@commands.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Bring the installation back that FILE holds, into an empty one."""
    set_up(may_be_unfinished=True)
    from comity.backup import commands as backups  # noqa: PLC0415 -- its models need Django

    backups.restore(file)


@commands.command(context_settings=PASSED_ON)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def manage(words: Sequence[str]) -> None:
    """Run one of the commands that look after an installation."""
    run_django(words)


@commands.command(context_settings=PASSED_ON)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def load(words: Sequence[str]) -> None:
    """Load data into the tables: ``comity load paper``."""
    run_django(["load", *words])


@commands.command("made-up", context_settings=PASSED_ON)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def made_up(words: Sequence[str]) -> None:
    """Make an invented installation: ``comity made-up --scale 1``."""
    run_django(["made_up", *words])


@commands.command("fetch-subscriptions", context_settings=PASSED_ON)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def fetch_subscriptions(words: Sequence[str]) -> None:
    """Ask other installations now for what they publish."""
    run_django(["fetch_subscriptions", *words])


@commands.command("appoint-secretariat", context_settings=PASSED_ON)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def appoint_secretariat(words: Sequence[str]) -> None:
    """Entrust a party with a process nobody runs: … PROCESS PARTY --reason WORDS."""
    run_django(["appoint_secretariat", *words])


@commands.command(context_settings=PASSED_ON)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def invite(words: Sequence[str]) -> None:
    """Invite somebody to sign in: … EMAIL --party CODE --name WORDS."""
    run_django(["invite", *words])


@commands.command("create-administrator", context_settings=PASSED_ON)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def create_administrator(words: Sequence[str]) -> None:
    """Make the account of somebody who runs the installation: … EMAIL."""
    run_django(["create_administrator", *words])


def require_settings(*, may_be_unfinished: bool = False) -> None:
    """Read the settings now, so that what is wrong with them is said before anything else."""
    if not may_be_unfinished:
        env.refuse_unfinished_restore()
    env.prepare_data_dir()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.settings")
    from django.conf import settings  # noqa: PLC0415 -- serving does without Django's memory

    _ = settings.INSTALLED_APPS


def set_up(*, may_be_unfinished: bool = False) -> None:
    """Make Django ready for a command of our own."""
    require_settings(may_be_unfinished=may_be_unfinished)
    import django  # noqa: PLC0415 -- serving does without its memory

    django.setup()


def run_django(words: Sequence[str]) -> None:
    """Run a management command with its words."""
    require_settings()
    from django.core.management import (  # noqa: PLC0415 -- serving does without Django's memory
        execute_from_command_line,
    )

    execute_from_command_line(["comity manage", *words])


def main() -> None:
    """Run the command, and end with a sentence where the settings cannot be used."""
    os.umask(0o077)  # the database and the files hold what only this account may read
    try:
        commands(prog_name="comity")
    except ImproperlyConfigured as problem:
        click.echo(str(problem), err=True)
        sys.exit(1)
