"""Runs, numbered notes and settled packages of Word files.

The engine that fills templates writes plain words only: whoever needs notes gives it these runs,
for a tag of the form ``{{r line }}``. The notes stand in a numbered list, not at the foot of
pages: a table whose rows are kept whole would otherwise leave half of its pages empty.
"""

import io
from datetime import UTC, datetime, time
from datetime import date as day
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from docx.document import Document

EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
RAISED: Final = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
# Far from the numbers that Word gives to the bookmarks of a template.
FIRST_BOOKMARK: Final = 9000


def run(words: str, *, language: str = "", is_strong: bool = False) -> str:
    """Return ``words`` as a run of a paragraph; ``language`` is said where it is another."""
    marks = "<w:b/>" if is_strong else ""
    if language:
        marks += f'<w:lang w:val="{language}"/>'
    look = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def reference(number: int) -> str:
    """Return what refers to a note: a field that follows its number, and leads to it."""
    return (
        f'<w:fldSimple w:instr=" REF _Note{number} \\n \\h "><w:r>{RAISED}'
        f"<w:t>{number}</w:t></w:r></w:fldSimple>"
    )


def separator() -> str:
    """Return what stands between two references side by side."""
    return f'<w:r>{RAISED}<w:t xml:space="preserve">, </w:t></w:r>'


def note(number: int, words: str) -> str:
    """Return the words of a note, for a paragraph of a numbered list, where references find it."""
    bookmark = FIRST_BOOKMARK + number
    return (
        f'<w:bookmarkStart w:id="{bookmark}" w:name="_Note{number}"/>{run(words)}'
        f'<w:bookmarkEnd w:id="{bookmark}"/>'
    )


def settled(document: "Document", *, title: str, language: str, author: str, on: day) -> bytes:
    """Return the bytes of ``document`` with its title and language, dated by the day it shows.

    The same content gives the same bytes, whenever and wherever it is written.
    """
    about = document.core_properties
    about.title, about.language, about.author, about.last_modified_by = title, language, author, ""
    about.subject = about.comments = about.keywords = ""
    about.created = about.modified = datetime.combine(on, time.min, tzinfo=UTC)
    about.revision = 1
    written, out = io.BytesIO(), io.BytesIO()
    document.save(written)
    with ZipFile(written) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = ZipInfo(name, date_time=EARLIEST)
            member.compress_type, member.create_system = ZIP_DEFLATED, 3
            member.external_attr = 0o600 << 16
            target.writestr(member, source.read(name))
    return out.getvalue()
