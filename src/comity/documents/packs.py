"""Papers of a meeting, or of a desk, as one file that can be read without a network."""

import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.accounts.models import User
from comity.core.languages import language_name
from comity.documents.models import Document, DocumentQuerySet, LanguageVersion, VersionStatus
from comity.documents.queries import with_files
from comity.documents.zips import Entry, Layout, lay_out
from comity.processes.audiences import presided_by
from comity.processes.models import TAKING_PART, Meeting, Participation, Process
from comity.store.names import clean_name
from comity.ui.desk import DeskGroup, DeskItem

MOST_PAPERS: Final = 500
MOST_BYTES: Final = 1024 * 1024 * 1024
FOLDER: Final = "papers"


@dataclass(frozen=True)
class Packed:
    """A paper in a pack: its files in the languages asked for, or others where it has none."""

    document: Document
    files: Sequence[LanguageVersion]
    is_instead: bool
    is_embargoed: bool

    @property
    def lines(self) -> list[tuple[str, LanguageVersion]]:
        """The path of each file in the pack, with the file."""
        return [(path_of(each), each) for each in self.files]


@dataclass(frozen=True)
class Pack:
    """What a reader may take along: papers, and how many of them have no file."""

    title: str
    languages: Sequence[str]
    papers: Sequence[Packed]
    without_file: int
    is_cut: bool

    @property
    def size(self) -> int:
        """How many bytes its files have."""
        return sum(each.file.size for paper in self.papers for each in paper.files)

    @property
    def count(self) -> int:
        """How many files it has."""
        return sum(len(paper.files) for paper in self.papers)

    @property
    def is_too_large(self) -> bool:
        """Whether it must be narrowed before it can be taken along."""
        return self.is_cut or self.size > MOST_BYTES

    @property
    def query(self) -> str:
        """The end of its address."""
        return urlencode([("language", code) for code in self.languages])


def pack_of_meeting(meeting: Meeting, actor: Actor, languages: Sequence[str]) -> Pack:
    """Return the papers of ``meeting`` that ``actor`` may read."""
    rows = Document.objects.visible_to(actor).filter(meeting=meeting)
    return _pack(str(meeting), rows, actor, languages)


def pack_of_desk(actor: User, on: date, languages: Sequence[str]) -> Pack:
    """Return the papers of meetings that lie ahead in the processes of ``actor``."""
    return _pack(_("Papers of the meetings ahead"), _ahead_of(actor, on), actor, languages)


def pack_items(user: User, on: date) -> list[DeskItem]:
    """Return the way to the papers of the meetings ahead, where there are files of any."""
    files = LanguageVersion.objects.visible_to(user, on)
    if not files.filter(document__in=_out(_ahead_of(user, on))).exists():
        return []
    words = _("Papers of the meetings ahead")
    remark = _("As one file that needs no network.")
    url = reverse("documents:desk_papers")
    return [DeskItem(words=words, url=url, process="", group=DeskGroup.READ, remark=remark)]


def _ahead_of(actor: User, on: date) -> DocumentQuerySet:
    """Return the papers of meetings ahead in the processes in which ``actor`` has a part."""
    present = Participation.objects.held_by(actor, on).unless_suspended(on)
    own = Process.objects.filter(
        Q(pk__in=present.filter(status__in=TAKING_PART).values("process"))
        | Q(pk__in=presided_by(actor, on).values("process"))
        | Q(pk__in=Process.objects.run_by(actor, on).values("pk"))
    )
    return Document.objects.visible_to(actor, on).filter(
        process__in=own, meeting__days_latest__gte=on
    )


def _out(rows: DocumentQuerySet) -> DocumentQuerySet:
    return rows.filter(withdrawn_at=None, published_at__isnull=False)


def lay_out_pack(pack: Pack, on: date) -> Layout:
    """Return ``pack`` as a ZIP file, with a page that leads to each of its papers."""
    context = {
        "pack": pack,
        "on": on,
        "language_names": [language_name(code) for code in pack.languages],
        "direction": "rtl" if get_language_bidi() else "ltr",
    }
    index = render_to_string("documents/pack_index.html", context).encode()
    entries = [Entry("index.html", zlib.crc32(index), len(index), on, index)]
    entries += [
        Entry(path, each.crc32, each.file.size, each.kept_at.date(), each.file)
        for paper in pack.papers
        for path, each in paper.lines
    ]
    return lay_out(entries)


def path_of(version: LanguageVersion) -> str:
    """Return where a file lies in a pack; the end of its paper's address tells it from others."""
    stem, dot, ending = version.download_name.rpartition(".")
    if version.document.symbol:
        stem = f"{stem}-{version.document_id}"
    return f"{FOLDER}/{clean_name(stem + dot + ending)}"


def _pack(title: str, rows: DocumentQuerySet, actor: Actor, languages: Sequence[str]) -> Pack:
    out = _out(rows).latest_first()
    found = list(with_files(out.select_related("process", "meeting"), actor)[: MOST_PAPERS + 1])
    papers = [paper for row in found[:MOST_PAPERS] if (paper := _packed(row, languages)).files]
    without = len(found[:MOST_PAPERS]) - len(papers)
    return Pack(title, languages, papers, without, len(found) > MOST_PAPERS)


def _packed(document: Document, languages: Collection[str]) -> Packed:
    """Return the files in ``languages``; where there are none, the originals or else all."""
    files: list[LanguageVersion] = list(_files_of(document))
    wanted = [each for each in files if each.language in languages]
    originals = [each for each in files if each.status == VersionStatus.ORIGINAL]
    return Packed(
        document,
        wanted or originals or files,
        is_instead=not wanted,
        is_embargoed=document.is_embargoed(timezone.now()),
    )


def _files_of(document: Document) -> Iterator[LanguageVersion]:
    for each in document.files:  # type: ignore[attr-defined]  # -- put there by ``with_files``
        each.document = document
        yield each
