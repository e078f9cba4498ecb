"""Load the papers of many years from a folder and a spreadsheet."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from comity.accounts.authority import SYSTEM
from comity.documents.archive import Report, load_archive
from comity.documents.reading import recogniser
from comity.processes.models import Process


class Command(BaseCommand):
    """Load the papers of many years from a folder and a spreadsheet."""

    help = (
        "Load papers from a folder that holds their files and archive.csv or archive.xlsx. May be "
        "run again: what is there stays, what was cut short goes on."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder and the process, and whether to load or only to look."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--process", required=True, help="The end of the address of a process.")
        parser.add_argument("--dry-run", action="store_true", help="Look, and load nothing.")
        parser.add_argument(
            "--leave-out", action="store_true", help="Load the rows that have no problem."
        )

    def handle(
        self, *, folder: Path, process: str, dry_run: bool, leave_out: bool, **_options: object
    ) -> None:
        """Load the folder, and say what was found and what became of it."""
        row = Process.objects.filter(slug=process).first()
        if row is None:
            raise CommandError(f"There is no process “{process}”.")
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        report = load_archive(
            folder=folder, process=row, by=SYSTEM, dry_run=dry_run, leave_out=leave_out
        )
        for problem in report.problems:
            self.stdout.write(f"Problem: {problem}")
        for duplicate in report.duplicates:
            self.stdout.write(f"Twice: {duplicate}")
        if recogniser() is None:
            self.stdout.write(
                "The program tesseract is not installed: scans are kept, but not found by their "
                "words."
            )
        self._conclude(report, dry_run=dry_run)

    def _conclude(self, report: Report, *, dry_run: bool) -> None:
        if not report.is_loaded:
            if dry_run and not report.problems:
                self.stdout.write(f"{report.found} rows can be loaded. Nothing was loaded.")
                return
            raise CommandError(
                f"Nothing was loaded: {len(report.problems)} problems in {report.found} rows."
            )
        self.stdout.write(
            f"The archive is loaded: {report.added} papers added, {report.changed} changed, "
            f"{report.left} left as they were edited; {report.files} files added."
        )
