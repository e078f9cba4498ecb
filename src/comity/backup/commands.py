"""What ``comity backup`` and ``comity restore`` say on the terminal; Django is set up before."""

from pathlib import Path

import click
from django.db import OperationalError, connection

from comity.backup import restoring
from comity.backup.saving import save

INCOMPLETE = 2


def backup(file: Path) -> int:
    """Back up into ``file``, and return the exit code: 2 where the disk had lost some files."""
    if not connection.introspection.table_names():
        raise click.ClickException("There is nothing here to back up yet.")
    try:
        saved = save(file)
    except OperationalError as error:
        raise click.ClickException(f"The database cannot be used: {error}") from error
    click.echo(f"{file}: {saved.size / 10**6:,.1f} MB, with {saved.files} stored files.")
    click.echo(f"SHA-256 {saved.sha256}")
    if saved.lacking:
        click.echo(
            f"{len(saved.lacking)} stored files are lost or damaged on this disk, and are not in "
            f"the backup: {', '.join(saved.lacking[:10])}",
            err=True,
        )
        return INCOMPLETE
    return 0


def restore(file: Path) -> None:
    """Bring back what ``file`` holds, and say what the operator has to look at."""
    staged = restoring.restore(file)
    manifest = staged.manifest
    click.echo(f"The installation stands as on {manifest['made_at']}; its log was checked.")
    if staged.lacking:
        click.echo(f"{len(staged.lacking)} stored files were lost before the backup was made.")
    for sentence in restoring.differing_settings(staged):
        click.echo(sentence)
    click.echo(
        "Everybody signs in again. What was ended since then stands again: look through the "
        f"accounts, the rights, and the {restoring.tokens_in_force()} tokens in force."
    )
