"""What the spreadsheet of an archive says, checked whole before anything is loaded."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comity.documents.models import Document
from comity.documents.schemes import check_symbol
from comity.documents.services import FORMS
from comity.office.problems import Problem
from comity.office.tables import Row
from comity.processes.audiences import Audience
from comity.processes.models import Meeting, Process
from comity.store.content import check_content
from comity.store.models import StoredFile
from comity.store.names import clean_name, ending_of
from comity.store.services import MOST_BYTES

TABLES: Final = ("archive.xlsx", "archive.csv")
# For whom papers of an archive may be: a body or named parties are given by hand.
AUDIENCES: Final = frozenset(
    {
        Audience.PUBLIC,
        Audience.PARTICIPANTS,
        Audience.MEMBERS,
        Audience.CHAIR,
        Audience.SECRETARIAT,
    }
)


@dataclass(frozen=True)
class ArchiveFile:
    """A file of a paper as it lies in the folder, with the hash of its content."""

    path: Path
    language: str
    sha256: str

    @property
    def form(self) -> str:
        """The ending that tells its form."""
        return ending_of(self.path.name)


@dataclass(frozen=True)
class ArchiveRow:
    """A paper as its row says."""

    number: int
    key: str
    values: Mapping[str, object]
    files: list[ArchiveFile]
    original: str


@dataclass
class Archive:
    """What could be read: rows without a problem, all problems, and what is there twice."""

    file: str
    rows: list[ArchiveRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    duplicates: list[Problem] = field(default_factory=list)


class Reader:
    """Reads the rows of one spreadsheet; keeps what is wrong and what was seen before."""

    def __init__(self, folder: Path, file: str, process: Process) -> None:
        self.folder, self.archive = folder.resolve(), Archive(file)
        self.meetings = {row.slug: row for row in Meeting.objects.filter(process=process)}
        self.process = process
        self._keys: dict[str, int] = {}
        self._contents: dict[str, tuple[int, str]] = {}

    def refuse(self, row: Row, column: str, reason: str) -> None:
        """Keep one problem."""
        self.archive.problems.append(Problem(self.archive.file, "", row.number, column, reason))

    def take(self, row: Row) -> None:
        """Read one row: keep it, or all that is wrong with it."""
        before = len(self.archive.problems)
        titles = {
            code: row.values[f"title_{code}"]
            for code in settings.CONTENT_LANGUAGES
            if row.values[f"title_{code}"]
        }
        values = {
            "title": titles,
            "symbol": row.values["symbol"],
            "kind": row.values["kind"],
            "dated": row.values["date"],
            "meeting": self._meeting(row),
            "audience": row.values["audience"],
            "adopted_by": row.values["adopted_by"],
            "note": row.values["note"],
        }
        self._check(row, values)
        files = [file for code in settings.CONTENT_LANGUAGES for file in self._files(row, code)]
        key = self._key(row, titles)
        if len(self.archive.problems) == before:
            original = row.values["original"]
            self.archive.rows.append(ArchiveRow(row.number, key, values, files, original))

    def _check(self, row: Row, values: Mapping[str, object]) -> None:
        try:
            Document(process=self.process, **values).clean_fields(
                exclude=["slug", "process", "audience"]
            )
        except ValidationError as error:
            columns = {"dated": "date", "title": "title_en"}
            for name, sentences in error.message_dict.items():
                for sentence in sentences:
                    self.refuse(row, columns.get(name, name), sentence)
        if values["audience"] not in AUDIENCES:
            self.refuse(
                row,
                "audience",
                _("Write one of these: %(words)s.") % {"words": ", ".join(sorted(AUDIENCES))},
            )
        if row.values["original"] not in {"", *settings.CONTENT_LANGUAGES}:
            self.refuse(row, "original", _("This is not the code of a language."))
        try:
            if row.values["symbol"]:
                check_symbol(row.values["symbol"])
        except ValidationError as error:
            self.refuse(row, "symbol", " ".join(error.messages))

    def _meeting(self, row: Row) -> Meeting | None:
        slug = row.values["meeting"]
        if slug and slug not in self.meetings:
            self.refuse(row, "meeting", _("“%(code)s” is not known.") % {"code": slug})
        return self.meetings.get(slug)

    def _key(self, row: Row, titles: dict[str, str]) -> str:
        """Return what tells the paper from others: its symbol, or titles and date."""
        key = row.values["symbol"] or "\n".join([*sorted(titles.values()), row.values["date"]])
        if key in self._keys:
            self.refuse(
                row, "symbol", _("This is in row %(row)d already.") % {"row": self._keys[key]}
            )
        self._keys.setdefault(key, row.number)
        return key

    def _files(self, row: Row, language: str) -> Iterator[ArchiveFile]:
        column, forms = f"files_{language}", set()
        for name in filter(None, map(str.strip, row.values[column].split(";"))):
            path = self._find(row, column, name)
            if path is None:
                continue
            if ending_of(path.name) in forms:
                self.refuse(row, column, _("There are two files of one form in this language."))
            forms.add(ending_of(path.name))
            digest = self._checked(row, column, path)
            if digest:
                yield ArchiveFile(path, language, digest)

    def _find(self, row: Row, column: str, name: str) -> Path | None:
        """Return where the file is: inside of the folder, and nowhere else."""
        path = self.folder / name
        try:
            found = path.resolve(strict=True)
        except (OSError, ValueError, RuntimeError):
            found = None
        if found is None or not found.is_file() or not found.is_relative_to(self.folder):
            reason = _("The folder has no file “%(name)s”.") % {"name": clean_name(name)}
            self.refuse(row, column, reason)
            return None
        if ending_of(found.name) not in FORMS:
            reason = _("Papers come in one of these: %(forms)s.")
            self.refuse(row, column, reason % {"forms": ", ".join(sorted(FORMS))})
            return None
        return found

    def _checked(self, row: Row, column: str, path: Path) -> str:
        """Return the hash of a file that the store would take; none for another."""
        if path.stat().st_size > MOST_BYTES:
            reason = _("“%(name)s” is too large: at most %(most)s MB are taken.")
            most = str(MOST_BYTES // (1024 * 1024))
            self.refuse(row, column, reason % {"name": path.name, "most": most})
            return ""
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        if digest in self._contents:
            number, name = self._contents[digest]
            reason = _("“%(name)s” is the same file as “%(other)s” of row %(row)d.")
            told = reason % {"name": path.name, "other": name, "row": number}
            self.archive.duplicates.append(Problem(self.archive.file, "", row.number, column, told))
        self._contents.setdefault(digest, (row.number, path.name))
        try:
            if not StoredFile.objects.filter(sha256=digest).exists():
                check_content(path, clean_name(path.name))
        except ValidationError as error:
            self.refuse(row, column, " ".join(error.messages))
            return ""
        return digest


def read_archive(folder: Path, file: str, rows: list[Row], process: Process) -> Archive:
    """Return what the rows of the spreadsheet ``file`` say of papers of ``process``."""
    reader = Reader(folder, file, process)
    for row in rows:
        reader.take(row)
    _note_kept(reader.archive, process)
    return reader.archive


def _note_kept(archive: Archive, process: Process) -> None:
    """Note which files other papers of the process have already."""
    wanted = defaultdict(list)
    for row in archive.rows:
        for file in row.files:
            wanted[file.sha256].append((row, file))
    kept = (
        Document.objects.filter(process=process, versions__isnull=False)
        .values_list("versions__file__sha256", "symbol", "slug")
        .order_by("pk")
    )
    for digest, symbol, slug in kept.iterator():
        for row, file in wanted.get(digest, ()):
            if symbol != row.values["symbol"]:
                reason = _("“%(name)s” is a file of %(paper)s already.")
                told = reason % {"name": file.path.name, "paper": symbol or slug}
                archive.duplicates.append(
                    Problem(archive.file, "", row.number, f"files_{file.language}", told)
                )
