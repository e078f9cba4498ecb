"""What a file is, told from its content and never from what its sender says."""

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

import puremagic
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comity.store.archives import check_archive, is_too_long_a_list
from comity.store.names import ending_of
from comity.store.opening import check_markup, check_office_parts, check_pdf, check_picture

HEAD_BYTES = 4096
CHUNK_BYTES = 1 << 20


@dataclass(frozen=True)
class FileType:
    """A type of file that is kept, with the endings that honest names of it have."""

    media_type: str
    endings: tuple[str, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

DOCX: Final = FileType(f"{_OFFICE}.wordprocessingml.document", ("docx",))
XLSX: Final = FileType(f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",))
PPTX: Final = FileType(f"{_OFFICE}.presentationml.presentation", ("pptx",))
ODT: Final = FileType(f"{_OPEN}.text", ("odt",))
ODS: Final = FileType(f"{_OPEN}.spreadsheet", ("ods",))
ODP: Final = FileType(f"{_OPEN}.presentation", ("odp",))
ZIP: Final = FileType("application/zip", ("zip",))
PDF: Final = FileType("application/pdf", ("pdf",))
PNG: Final = FileType("image/png", ("png",))
JPEG: Final = FileType("image/jpeg", ("jpg", "jpeg"))
GIF: Final = FileType("image/gif", ("gif",))
WEBP: Final = FileType("image/webp", ("webp",))
TEXTS: Final = (
    FileType("text/plain", ("txt",)),
    FileType("text/markdown", ("md",)),
    FileType("text/csv", ("csv",)),
    FileType("text/tab-separated-values", ("tsv",)),
    FileType("text/calendar", ("ics",)),
    FileType("text/html", ("html", "htm")),
    FileType("application/json", ("json", "geojson", "topojson")),
    FileType("application/xml", ("xml",)),
    FileType("image/svg+xml", ("svg",)),
)
MARKED_UP = {"html", "htm", "xml", "svg"}
TYPES: Final = (DOCX, XLSX, PPTX, ODT, ODS, ODP, ZIP, PDF, PNG, JPEG, GIF, WEBP, *TEXTS)
_IMAGES = {kind.media_type: kind for kind in (PNG, JPEG, GIF, WEBP)}
LIST: Final = "[Content_Types].xml"
_IN_ZIP = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
_IN_OPEN = ("META-INF/manifest.xml", "content.xml")
_PARTS = {
    **{kind: (LIST, "_rels/.rels", part) for part, kind in _IN_ZIP.items()},
    **dict.fromkeys((ODT, ODS, ODP), _IN_OPEN),
}
_OPEN_TYPES = {kind.media_type: kind for kind in (ODT, ODS, ODP)}


def check_content(path: Path, name: str) -> FileType:
    """Return the type of the file at ``path``, which its sender calls ``name``.

    Raises ValidationError with a sentence that names the file where its content is of no type
    we keep, is not what the ending of its name says, or is dangerous to open.
    """
    claimed = ending_of(name)
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        raise ValidationError(_("“%(name)s” is empty.") % {"name": name}, code="empty")
    found = _binary_type(path, head, name)
    if found is None:
        return _text_type(path, head, name)
    if claimed not in found.endings:
        raise ValidationError(
            _("“%(name)s” is not what its name says: its content is %(found)s.")
            % {"name": name, "found": found.endings[0].upper()},
            code="type",
        )
    _check_opens(path, name, found)
    return found


def _binary_type(path: Path, head: bytes, name: str) -> FileType | None:
    """Return the type of a file that is no text; None stands for what may be text."""
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"PK"):
        return _type_in_zip(path, name)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError(
            _("“%(name)s” is of an old kind of Office, or locked. Save it anew without a password.")
            % {"name": name},
            code="type",
        )
    try:
        guessed = puremagic.from_string(head, mime=True)
    except (puremagic.PureError, ValueError):
        return None
    return _IMAGES.get(guessed)


def _check_opens(path: Path, name: str, found: FileType) -> None:
    """Refuse a file that has the head of its type and not the rest."""
    if found is PDF:
        check_pdf(path, name)
    elif found.media_type in _IMAGES:
        check_picture(path, name)
    elif parts := _PARTS.get(found):
        with ZipFile(path) as archive:
            check_office_parts(archive, parts, name)


def _type_in_zip(path: Path, name: str) -> FileType:
    """Look into a container and tell what it holds, once it is safe to open."""
    with path.open("rb") as file:
        if is_too_long_a_list(file):
            raise ValidationError(
                _("“%(name)s” would grow too large when it is opened.") % {"name": name},
                code="expansion",
            )
    try:
        with ZipFile(path) as archive:
            check_archive(archive, name)
            inside = set(archive.namelist())
            if "mimetype" in inside:
                with archive.open("mimetype") as part:
                    declared = part.read(100).decode("ascii", "replace").strip()
                return _OPEN_TYPES.get(declared, ZIP)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise ValidationError(
            _("“%(name)s” is damaged or locked and cannot be opened.") % {"name": name},
            code="damaged",
        ) from error
    if LIST in inside:
        return next((kind for part, kind in _IN_ZIP.items() if part in inside), ZIP)
    return ZIP


def _text_type(path: Path, head: bytes, name: str) -> FileType:
    """Return the type that the name gives to a text, which must be one."""
    claimed = ending_of(name)
    found = next((kind for kind in TEXTS if claimed in kind.endings), None)
    if found is None:
        raise ValidationError(_unreadable(name, claimed), code="type")
    _check_text(path, name)
    if claimed in MARKED_UP and not head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        raise ValidationError(
            _("“%(name)s” is not what its name says: its content is plain text.") % {"name": name},
            code="type",
        )
    if claimed in {"xml", "svg"}:
        check_markup(path, name, is_drawing=claimed == "svg")
    return found


def _unreadable(name: str, claimed: str) -> str:
    if not claimed:
        return _("“%(name)s” has no ending that tells its type, such as .pdf.") % {"name": name}
    if any(claimed in kind.endings for kind in TYPES):
        return _("“%(name)s” is not what its name says: its content is not %(claimed)s.") % {
            "name": name,
            "claimed": claimed.upper(),
        }
    return _("“%(name)s” is of a type that is not kept here: .%(claimed)s.") % {
        "name": name,
        "claimed": claimed,
    }


def _check_text(path: Path, name: str) -> None:
    """Refuse what is no UTF-8, naming the row, and what has a NUL, which no text has."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    row = 1
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            if b"\0" in chunk:
                raise ValidationError(
                    _("“%(name)s” is not what its name says: its content is not text.")
                    % {"name": name},
                    code="type",
                )
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                bad = row + chunk[: error.start].count(b"\n")
                raise ValidationError(_not_utf8(name, bad), code="encoding") from error
            row += chunk.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise ValidationError(_not_utf8(name, row), code="encoding") from error


def _not_utf8(name: str, row: int) -> str:
    return _("“%(name)s” is not written in UTF-8: row %(row)d cannot be read.") % {
        "name": name,
        "row": row,
    }
