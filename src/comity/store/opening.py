"""Whether a file can be opened as what it says it is: a few right bytes at its head are not enough.

Nothing of it is shown or kept here. What this lets through is still handed out as a file to be
saved, never shown by the browser in our name.
"""

import warnings
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comity.store.markup import DocumentTypeError, LongTagError, MalformedError, read_markup

MOST_PIXELS: Final = 50_000_000
# A larger picture is only looked through: to unfold it takes four bytes for each of its points.
MOST_PIXELS_UNFOLDED: Final = 10_000_000
ACTIVE: Final = frozenset({"script", "foreignobject", "handler", "listener"})


def check_pdf(path: Path, name: str) -> None:
    """Refuse a PDF that has no pages, or needs a password."""
    from pypdf import PdfReader  # noqa: PLC0415 -- heavy, and few requests bring files

    try:
        reader = PdfReader(path)
        is_locked = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if is_locked else len(reader.pages)
    # pypdf lets every error of a damaged file through
    except Exception as error:
        raise _damaged(name) from error
    if is_locked:
        raise ValidationError(
            _("“%(name)s” is locked with a password. Save it without.") % {"name": name},
            code="locked",
        )
    if not pages:
        raise _damaged(name)


def check_picture(path: Path, name: str) -> None:
    """Refuse a picture that is damaged, or would fill the memory of who looks at it."""
    from PIL import Image  # noqa: PLC0415 -- heavy, and few requests bring files

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(path) as picture:
            pixels = picture.width * picture.height
            if 0 < pixels <= MOST_PIXELS_UNFOLDED:
                picture.load()
            elif pixels <= MOST_PIXELS:
                picture.verify()
    # Pillow has many errors for a damaged file, and one of its own for a bomb
    except Exception as error:
        raise _damaged(name) from error
    if pixels > MOST_PIXELS:
        raise ValidationError(
            _("“%(name)s” is too large: at most %(most)d million points are taken.")
            % {"name": name, "most": MOST_PIXELS // 1_000_000},
            code="expansion",
        )


def check_markup(path: Path, name: str, *, is_drawing: bool) -> None:
    """Refuse XML that is none or declares a document type, and a drawing with scripts."""
    try:
        with path.open("rb") as stream:
            read_markup(stream, _refuse_active if is_drawing else None)
    except MalformedError as error:
        raise ValidationError(
            _("“%(name)s” is not written in XML: row %(row)d cannot be read.")
            % {"name": name, "row": error.row},
            code="damaged",
        ) from error
    except (DocumentTypeError, LongTagError) as error:
        raise ValidationError(
            _("“%(name)s” declares a document type or has a part without end. Save it without.")
            % {"name": name},
            code="markup",
        ) from error
    except _ActiveError as error:
        raise ValidationError(
            _("“%(name)s” carries scripts. Save it without them.") % {"name": name},
            code="scripts",
        ) from error


def check_office_parts(archive: ZipFile, parts: tuple[str, ...], name: str) -> None:
    """Refuse a file of an Office program that lacks one of its parts, or where one is no XML."""
    inside = set(archive.namelist())
    for part in parts:
        if part not in inside:
            raise _damaged(name)
        try:
            with archive.open(part) as stream:
                read_markup(stream)
        except (MalformedError, DocumentTypeError, LongTagError) as error:
            raise _damaged(name) from error
    for part in inside:
        if part.lower().endswith((".xml", ".rels")):
            _refuse_document_type(archive, part, name)


def _refuse_document_type(archive: ZipFile, part: str, name: str) -> None:
    """Refuse a part with a document type, which stands before its first element or nowhere."""
    try:
        with archive.open(part) as stream:
            read_markup(stream, _stop)
    except (_BegunError, MalformedError):
        return  # a program that opens it says what else is wrong
    except (DocumentTypeError, LongTagError) as error:
        raise ValidationError(
            _("“%(name)s” declares a document type or has a part without end. Save it without.")
            % {"name": name},
            code="markup",
        ) from error


class _BegunError(Exception):
    """The first element has begun: no document type can follow."""


def _stop(_tag: str, _values: dict[str, str]) -> None:
    raise _BegunError


class _ActiveError(Exception):
    """A drawing holds what runs when it is looked at."""


def _refuse_active(tag: str, values: dict[str, str]) -> None:
    if tag.rpartition(":")[2].lower() in ACTIVE:
        raise _ActiveError
    for key, value in values.items():
        plain = "".join(value.split()).lower()
        if key.lower().startswith("on") or plain.startswith(("javascript:", "data:text")):
            raise _ActiveError


def _damaged(name: str) -> ValidationError:
    return ValidationError(
        _("“%(name)s” is damaged or locked and cannot be opened.") % {"name": name},
        code="damaged",
    )
