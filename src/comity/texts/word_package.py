"""A Word file is opened: only what is safe to read gets in, part by part."""

import io
from dataclasses import dataclass
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree

from comity.store.archives import check_archive, is_too_long_a_list
from comity.store.markup import DocumentTypeError, LongTagError, MalformedError, read_markup

# A text of 500 pages has less; a part of a file is never unfolded beyond the second.
MOST_BYTES: Final = 20 * 1024 * 1024
MOST_PART_BYTES: Final = 60 * 1024 * 1024
DOCUMENT: Final = "word/document.xml"
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Any: lxml has no types
Element = Any


@dataclass(frozen=True)
class WordParts:
    """The parts of a Word file that hold words; None where it has no such part."""

    document: Element
    numbering: Element | None
    styles: Element | None
    footnotes: Element | None
    comments: Element | None
    has_endnotes: bool


def open_word(content: bytes, name: str) -> WordParts:
    """Return the parts of the Word file ``content``, which its sender calls ``name``.

    Raises ValidationError with a sentence for the sender: no Word file, damaged, too large,
    with macros, a document type, or what would grow when it is opened.
    """
    if len(content) > MOST_BYTES:
        raise ValidationError(
            _("“%(name)s” is too large: at most %(most)d megabytes are taken.")
            % {"name": name, "most": MOST_BYTES // 1024 // 1024},
            code="size",
        )
    stream = io.BytesIO(content)
    if is_too_long_a_list(stream):
        raise ValidationError(
            _("“%(name)s” would grow too large when it is opened.") % {"name": name},
            code="expansion",
        )
    try:
        with ZipFile(stream) as archive:
            check_archive(archive, name)
            inside = set(archive.namelist())
            if DOCUMENT not in inside:
                raise _no_word(name)
            return WordParts(
                document=_part(archive, DOCUMENT, name),
                numbering=_other(archive, "numbering", name),
                styles=_other(archive, "styles", name),
                footnotes=_other(archive, "footnotes", name),
                comments=_other(archive, "comments", name),
                has_endnotes="word/endnotes.xml" in inside,
            )
    # RuntimeError: a part is locked with a password.
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise _no_word(name) from error


def _other(archive: ZipFile, part: str, name: str) -> Element | None:
    path = f"word/{part}.xml"
    return _part(archive, path, name) if path in archive.namelist() else None


def _part(archive: ZipFile, path: str, name: str) -> Element:
    """Return a part as a tree, once it was gone through without building it."""
    if archive.getinfo(path).file_size > MOST_PART_BYTES:
        raise ValidationError(
            _("“%(name)s” would grow too large when it is opened.") % {"name": name},
            code="expansion",
        )
    try:
        with archive.open(path) as stream:
            read_markup(stream)
    except (DocumentTypeError, LongTagError) as error:
        raise ValidationError(
            _("“%(name)s” declares a document type or has a part without end. Save it without.")
            % {"name": name},
            code="markup",
        ) from error
    except MalformedError as error:
        raise _no_word(name) from error
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(archive.read(path), parser)
    except etree.XMLSyntaxError as error:
        raise _no_word(name) from error


def _no_word(name: str) -> ValidationError:
    return ValidationError(
        _("“%(name)s” cannot be read as a Word file. Save it as .docx.") % {"name": name},
        code="damaged",
    )
