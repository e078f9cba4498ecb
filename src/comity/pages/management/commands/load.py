"""Load what a new installation starts from: ``load paper`` or ``load boundaries``."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from comity.accounts.authority import SYSTEM
from comity.office.services import load_boundaries
from comity.pages.loading import DATA, load_paper
from comity.sources.folders import BadFolderError

DISCLAIMER = {
    "en": (
        "The boundaries and names shown and the designations used on this map do not imply "
        "official endorsement or acceptance."
    ),
    "es": (
        "Los límites y los nombres que figuran en este mapa y las denominaciones utilizadas no "
        "implican su apoyo o aceptación oficial."
    ),
    "fr": (
        "Les frontières et les noms indiqués et les désignations employées sur cette carte "
        "n’impliquent ni reconnaissance ni acceptation officielle."
    ),
}


class Command(BaseCommand):
    """Load the paper's data, or the boundaries of the maps; all of it or nothing."""

    # What Django offers to all of its commands is of no use here and hides what is.
    suppressed_base_arguments = {
        "--version",
        "--verbosity",
        "--settings",
        "--pythonpath",
        "--traceback",
        "--no-color",
        "--force-color",
        "--skip-checks",
    }
    help = "Load the paper's data, or the boundaries of the maps; all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to load, and from which folder."""
        parser.prog = "comity load"
        parser.add_argument("what", choices=["paper", "boundaries"])
        parser.add_argument(
            "--folder",
            type=Path,
            default=DATA,
            help=(
                "The folder “data” itself, which holds the folders paper, reading and "
                "others; not its folder paper. Without this, the one of the program (%(default)s)."
            ),
        )

    def handle(self, *, what: str, folder: Path, **_options: object) -> None:
        """Load it, and say how much it was; or say everything that is wrong."""
        wanted = "geo" if what == "boundaries" else "paper"
        if not (folder / wanted).is_dir():
            raise CommandError(
                f"Nothing was loaded. {folder} holds no folder “{wanted}”. "
                "Name the folder “data” itself, not one inside it."
            )
        if what == "boundaries":
            load_boundaries(
                path=folder / "geo" / "countries-50m.json",
                name="world",
                disclaimer=DISCLAIMER,
                source="Natural Earth, 1:50 million (public domain), as packed by world-atlas",
                by=SYSTEM,
            )
            self.stdout.write("The boundaries are loaded.")
            return
        try:
            loaded = load_paper(folder)
        except BadFolderError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        self.stdout.write(
            f"The paper is loaded: {loaded.added} rows added, {loaded.changed} changed, "
            f"{loaded.left} left as they were edited."
        )
