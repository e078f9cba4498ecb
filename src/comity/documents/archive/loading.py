"""Load an archive row by row, so that what was cut short goes on where it stopped."""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.utils.text import slugify
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.audit.models import Event
from comity.documents.archive.reading import TABLES, ArchiveRow, read_archive
from comity.documents.archive.tables import read_spreadsheet
from comity.documents.models import Document, VersionStatus
from comity.documents.services.archive import keep_loaded_paper
from comity.documents.services.versions import FORMS, add_version
from comity.office.problems import Problem
from comity.processes.models import Process
from comity.store.services import keep_file

ROOM_IN_SLUG = 60


@dataclass
class Report:
    """What was found in an archive, and what became of it."""

    found: int = 0
    added: int = 0
    changed: int = 0
    left: int = 0
    files: int = 0
    problems: list[Problem] = field(default_factory=list)
    duplicates: list[Problem] = field(default_factory=list)
    is_loaded: bool = False


def load_archive(
    *,
    folder: Path,
    process: Process,
    by: Actor,
    dry_run: bool = False,
    leave_out: bool = False,
    tell: Callable[[int, int], object] | None = None,
) -> Report:
    """Load the papers of ``folder`` into ``process``; a second time adds nothing.

    With any problem nothing is loaded, unless ``leave_out`` says that rows with problems are to
    be left out. Each row is loaded whole or not at all: what was cut short is run again.
    """
    table = next((folder / name for name in TABLES if (folder / name).is_file()), None)
    if table is None:
        reason = _("The folder has neither archive.csv nor archive.xlsx.")
        return Report(problems=[Problem(folder.name, "", 0, "", reason)])
    read = read_spreadsheet(table)
    archive = read_archive(
        folder, table.name, [] if _is_unreadable(read.problems) else read.rows, process
    )
    report = Report(
        found=len(read.rows),
        problems=[*read.problems, *archive.problems],
        duplicates=archive.duplicates,
    )
    if dry_run or (report.problems and not leave_out):
        return report
    edited = _edited(process)
    for number, row in enumerate(archive.rows, start=1):
        _load(row, process, by, edited, report)
        if tell:
            tell(number, len(archive.rows))
    report.is_loaded = True
    return report


def _is_unreadable(problems: list[Problem]) -> bool:
    """Tell whether the columns are wrong, so that rows would be misread."""
    return any(problem.row <= 1 for problem in problems)


def _load(row: ArchiveRow, process: Process, by: Actor, edited: set[int], report: Report) -> None:
    slug = slug_of(process, row)
    same = Document.objects.filter(process=process)
    symbol = str(row.values["symbol"])
    document = same.filter(symbol=symbol).first() if symbol else same.filter(slug=slug).first()
    if document is not None and document.pk in edited:
        report.left += 1
        return
    before = document and document.version
    document = keep_loaded_paper(
        document=document, process=process, slug=slug, values=row.values, by=by
    )
    report.added += before is None
    report.changed += before is not None and before != document.version
    kept = set(document.versions.values_list("language", "form", "file__sha256"))
    for file in row.files:
        if (file.language, file.form, file.sha256) in kept:
            continue
        with file.path.open("rb") as stream:
            stored = keep_file(stream=stream, name=file.path.name, by=by, allowed=FORMS)
        is_original = row.original in {"", file.language}
        add_version(
            document=document,
            language=file.language,
            status=VersionStatus.ORIGINAL if is_original else VersionStatus.TRANSLATION,
            stored=stored,
            name=file.path.name,
            by=by,
        )
        report.files += 1


def slug_of(process: Process, row: ArchiveRow) -> str:
    """Return the end of the address of a paper, which stays the same at each loading."""
    words = slugify(row.key.partition("\n")[0])
    digest = sha256(row.key.encode()).hexdigest()[:8]
    return f"{slugify(f'{process.slug} {words}')[:ROOM_IN_SLUG].strip('-')}-{digest}"


def _edited(process: Process) -> set[int]:
    """Return the papers that somebody made or edited by hand: they are left as they are."""
    papers = Document.objects.filter(process=process).values("pk")
    events = Event.objects.filter(
        content_type=ContentType.objects.get_for_model(Document),
        object_id__in=papers,
        actor__isnull=False,
    )
    return set(events.values_list("object_id", flat=True))
