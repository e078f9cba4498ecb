"""Word files that are handed out and come back: for the answer of one State, or for a laptop.

Each says in its keywords for what it was handed out. A file that says something else, or nothing,
is refused: nobody answers in the file of another State, and no draft is mixed with another.
"""

import io
import re
from collections.abc import Sequence
from html import unescape
from typing import Final
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comity.calls.models import Reply
from comity.consultation.asking import GENERAL, LANGUAGE, key_of
from comity.consultation.models import Checkout, Consultation
from comity.consultation.services.taking_along import Brought
from comity.texts.models import Revision
from comity.texts.word_marked import Marked, read_marked
from comity.texts.word_package import open_word
from comity.texts.word_reading import read_word
from comity.texts.word_writing import write_word

CORE: Final = "docProps/core.xml"
MOST_OF_CORE: Final = 65_536
KEYWORDS: Final = re.compile(r"<cp:keywords>([^<]*)</cp:keywords>")


def answer_file(reply: Reply, language: str) -> bytes:
    """Return the text that is consulted on, for one party to answer in."""
    consultation = _consultation(reply)
    content = write_word(_whole(consultation.revision_id), [language])
    return _marked(content, _answer_mark(reply, language))


def read_answer(content: bytes, reply: Reply, name: str) -> dict[str, object]:
    """Return the fields of an answer that a file proposes.

    Raises ValidationError where it cannot be read, was handed out for something else, or
    proposes nothing.
    """
    open_word(content, name)
    consultation = _consultation(reply)
    mark = mark_of(content)
    languages = consultation.revision.text.languages
    language = next((code for code in languages if mark == _answer_mark(reply, code)), None)
    if language is None:
        raise ValidationError(
            _("This is not the file that was handed out to you for this consultation."),
            code="mark",
        )
    marks = read_marked(content, _whole(consultation.revision_id), language, name=name)
    values = _values(marks)
    if not values:
        raise ValidationError(
            _("This file proposes nothing: no words were changed and no comment was written."),
            code="nothing",
        )
    return {LANGUAGE: language, **values}


def along_file(checkout: Checkout) -> bytes:
    """Return the draft that is taken along, as it stood when it left."""
    content = write_word(_whole(checkout.revision_id), [checkout.language])
    return _marked(content, _along_mark(checkout))


def read_along(content: bytes, checkout: Checkout, name: str) -> Brought:
    """Return what a file says that was taken along; tracked changes count as made.

    Raises ValidationError where it cannot be read, or was handed out for something else.
    """
    open_word(content, name)
    if mark_of(content) != _along_mark(checkout):
        raise ValidationError(
            _("This is not the file that was taken along: it is of another text or another time."),
            code="mark",
        )
    words: dict[int, str] = {}
    added: list[tuple[int | None, str]] = []
    last: int | None = None
    for each in read_word(content, name, checkout.language).incoming:
        said = each.words.get(checkout.language, "").strip()
        if each.paragraph is not None:
            base = checkout.base.get(str(each.paragraph), "")
            words[each.paragraph] = base if base.strip() == said else said
            last = each.paragraph
        elif said:
            added.append((last, said))
    # A paragraph that said nothing when it left has no line in the file.
    empty = {int(key): "" for key, base in checkout.base.items() if not base}
    return Brought(empty | words, added)


def mark_of(content: bytes) -> str:
    """Return for what a file was handed out, as it says; nothing where it does not."""
    try:
        with ZipFile(io.BytesIO(content)) as archive, archive.open(CORE) as part:
            core = part.read(MOST_OF_CORE).decode("utf-8", "replace")
    except (BadZipFile, KeyError, RuntimeError, OSError):
        return ""
    found = KEYWORDS.search(core)
    return unescape(found[1]).strip() if found else ""


def _values(marks: Sequence[Marked]) -> dict[str, object]:
    """Return what a file proposes by the keys of an answer.

    Who is named in the margin stays there: an answer is that of a State.
    """
    values: dict[str, list[str]] = {}
    deleted: dict[str, object] = {}
    for mark in marks:
        place = mark.after if mark.is_new else mark.paragraph
        if mark.is_removal and mark.paragraph is not None:
            deleted[key_of(mark.paragraph, "delete")] = True
        elif mark.words:
            part = "after" if mark.is_new else "words"
            key = key_of(place, part) if place is not None else GENERAL
            values.setdefault(key, []).append(mark.words)
        key = key_of(place, "comment") if place is not None else GENERAL
        values.setdefault(key, []).extend(each.words for each in mark.comments if each.words)
    return {key: "\n\n".join(words) for key, words in values.items() if words} | deleted


def _marked(content: bytes, mark: str) -> bytes:
    """Return a Word file with ``mark`` among what it says of itself."""
    import docx  # noqa: PLC0415 -- heavy, and few pages make Word files

    document, out = docx.Document(io.BytesIO(content)), io.BytesIO()
    document.core_properties.keywords = mark
    document.save(out)
    return out.getvalue()


def _answer_mark(reply: Reply, language: str) -> str:
    return f"comity answer {reply.call_id} {reply.party.code} {language}"


def _along_mark(checkout: Checkout) -> str:
    return f"comity along {checkout.pk} {checkout.language}"


def _consultation(reply: Reply) -> Consultation:
    found = Consultation.objects.select_related("revision__text")
    return found.get(call=reply.call_id)


def _whole(revision: int) -> Revision:
    return Revision.objects.select_related("text__document").get(pk=revision)
