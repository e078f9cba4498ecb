"""The text of a Word file, paragraph by paragraph: one that we wrote, or anybody's."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comity.texts.models import Kind
from comity.texts.services.passages import PassageFacts
from comity.texts.services.taking import Incoming
from comity.texts.word_numbers import Numbering, typed_number
from comity.texts.word_package import Element, W, WordParts, open_word
from comity.texts.word_paragraphs import WordParagraph, paragraphs_in, raised, words_in
from comity.texts.word_writing import STEP, STYLES

MOST_PARAGRAPHS: Final = 5_000
MOST_SIGNS: Final = 30
KINDS: Final = {name.replace(" ", ""): kind for kind, name in STYLES.items()}


@dataclass(frozen=True)
class WordText:
    """What a file says, and what its sender should know of how it was read."""

    incoming: Sequence[Incoming]
    remarks: Sequence[str] = field(default_factory=list)


def read_word(content: bytes, name: str, language: str) -> WordText:
    """Return the text of the Word file ``content``, whose words are in ``language``.

    A file that we wrote says itself which paragraph is which, and in what language.

    Raises ValidationError where it cannot be read, see ``open_word``, or holds no words.
    """
    parts = open_word(content, name)
    paragraphs = paragraphs_in(parts)
    if len(paragraphs) > MOST_PARAGRAPHS:
        raise ValidationError(
            _("“%(name)s” has too many paragraphs: at most %(most)d are taken.")
            % {"name": name, "most": MOST_PARAGRAPHS},
            code="size",
        )
    remarks = _remarks(parts, paragraphs)
    if any(each.bookmarks for each in paragraphs):
        incoming = _read_ours(paragraphs, language)
    else:
        incoming, more = _read_anybodys(parts, paragraphs, language)
        remarks += more
    if not incoming:
        raise ValidationError(_("“%(name)s” holds no words.") % {"name": name}, code="empty")
    return WordText(incoming, remarks)


def parted(words: str) -> tuple[str, str]:
    """Return number and words of a paragraph of ours: a tab stands between."""
    number, tab, rest = words.partition("\t")
    if tab and len(number) <= MOST_SIGNS:
        return number.strip(), rest
    return "", words


def _read_ours(paragraphs: Sequence[WordParagraph], language: str) -> list[Incoming]:
    """Read a file that we wrote: what has a bookmark is that paragraph, all else is new.

    In two columns, the languages of one paragraph come together.
    """
    found: list[Incoming] = []
    places: dict[tuple[int, str], int] = {}
    columns: dict[int, int] = {}
    for each in paragraphs:
        marks = [mark for mark in each.bookmarks if (mark.paragraph, mark.language) not in places]
        if not each.after.strip() or (each.in_table and not each.bookmarks):
            continue
        number, words = parted(each.after)
        facts = PassageFacts(KINDS.get(each.style, Kind.OPERATIVE), _level(each.element), number)
        if not marks:
            found.append(Incoming(facts, {language: words.strip()}))
            continue
        mark = marks[0]
        places[mark.paragraph, mark.language] = len(found)
        if mark.paragraph in columns:
            place = columns[mark.paragraph]
            both = {**found[place].words, mark.language: words}
            found[place] = replace(found[place], words=both)
            continue
        columns[mark.paragraph] = len(found)
        found.append(Incoming(facts, {mark.language: words}, mark.paragraph))
    return found


def _read_anybodys(
    parts: WordParts, paragraphs: Sequence[WordParagraph], language: str
) -> tuple[list[Incoming], list[str]]:
    """Read a file that somebody else wrote: its numbers, headings and notes as they print."""
    numbering = Numbering.of(parts)
    headings = _headings(parts)
    found: list[Incoming] = []
    last, notes, has_numbers = ("", 0), 0, False
    for each in paragraphs:
        counted = numbering.count(each.element, each.style)
        words = each.after.strip()
        if not words:
            continue
        number, level = counted or ("", 0)
        is_plain = counted is None and each.style not in headings
        if is_plain and (typed := typed_number(words, last)):
            number, level, words = typed
        kind = _kind(each.style, headings, number, is_first=not found, has_numbers=has_numbers)
        if number and kind == Kind.OPERATIVE:
            last, has_numbers = (number, level), True
        deep = headings.get(each.style, 0) if kind == Kind.HEADING else level
        found.append(Incoming(PassageFacts(kind, deep, number[:MOST_SIGNS]), {language: words}))
        for key in each.notes:
            notes += 1
            said = _note(parts, key)
            facts = PassageFacts(Kind.NOTE, 0, raised(notes))
            found += [Incoming(facts, {language: said})] if said else []
    remarks = []
    if found and not has_numbers:
        remarks.append(
            _("No paragraph of the file has a number. Number them here once all is in its place.")
        )
    return found, remarks


def _kind(
    style: str, headings: dict[str, int], number: str, *, is_first: bool, has_numbers: bool
) -> Kind:
    """Return what a paragraph is, by its style, its number and where it stands."""
    if headings.get(style) == -1:
        return Kind.TITLE
    if style in headings:
        return Kind.HEADING
    if is_first and not number:
        return Kind.TITLE
    if number or has_numbers:
        return Kind.OPERATIVE
    return Kind.PREAMBLE


def _headings(parts: WordParts) -> dict[str, int]:
    """Return the level of each style of headings; -1 is the title."""
    found: dict[str, int] = {}
    if parts.styles is None:
        return found
    for style in parts.styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        called = "" if name is None else name.get(f"{W}val", "").lower()
        key = style.get(f"{W}styleId", "")
        if called == "title":
            found[key] = -1
        elif called.startswith("heading ") and called[8:].isdecimal():
            found[key] = int(called[8:]) - 1
    return found


def _remarks(parts: WordParts, paragraphs: Sequence[WordParagraph]) -> list[str]:
    """Return what was read otherwise than it looks."""
    found = []
    if any(each.is_tracked for each in paragraphs):
        found.append(
            _("The file has tracked changes: the words were taken as if all were accepted.")
        )
    is_ours = any(each.bookmarks for each in paragraphs)
    if not is_ours and any(each.in_table and each.after.strip() for each in paragraphs):
        found.append(_("Words in tables were taken one cell after another."))
    if parts.has_endnotes and parts.document.find(f".//{W}endnoteReference") is not None:
        found.append(_("Notes at the end of the file were left out."))
    return found


def _note(parts: WordParts, key: str) -> str:
    if parts.footnotes is None:
        return ""
    for each in parts.footnotes.iter(f"{W}footnote"):
        if each.get(f"{W}id") == key:
            return words_in(each)
    return ""


def _level(element: Element) -> int:
    """Return the level of a paragraph of ours, by how far it is set in."""
    found = element.find(f"{W}pPr/{W}ind")
    if found is None:
        return 0
    text = found.get(f"{W}start") or found.get(f"{W}left") or "0"
    return min(round(int(text) / STEP), 8) if text.isdecimal() and len(text) < 6 else 0
