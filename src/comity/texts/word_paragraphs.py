"""The paragraphs of a Word file, as they read with and without its tracked changes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from comity.texts.word_package import Element, W, WordParts

# A bookmark of ours: the revision, the paragraph and the language of what it stands on.
BOOKMARK: Final = re.compile(r"_cm_r(\d{1,18})_p(\d{1,18})_([a-z]{2})")
PUT: Final = {f"{W}ins", f"{W}moveTo"}
TAKEN: Final = {f"{W}del", f"{W}moveFrom"}
PASSED_OVER: Final = {
    f"{W}pPr", f"{W}rPr", f"{W}instrText", f"{W}drawing", f"{W}pict", f"{W}object",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
}  # fmt: skip
SIGNS: Final = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}
POINTS: Final = {f"{W}bookmarkStart", f"{W}footnoteReference", f"{W}commentReference"}
RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
DEEPEST: Final = 60


@dataclass(frozen=True)
class Bookmark:
    """What a bookmark of ours says of the paragraph on which it stands."""

    revision: int
    paragraph: int
    language: str


@dataclass
class WordParagraph:
    """One paragraph: its words before and after its tracked changes, and what stands on it."""

    element: Element
    style: str = ""
    before: str = ""
    after: str = ""
    bookmarks: list[Bookmark] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    in_table: bool = False
    is_mark_put: bool = False
    is_mark_taken: bool = False

    @property
    def is_tracked(self) -> bool:
        """Whether a change is tracked in it."""
        return bool(self.authors)


def paragraphs_in(parts: WordParts) -> list[WordParagraph]:
    """Return the paragraphs of a file in the order in which one reads them."""
    body = parts.document.find(f"{W}body")
    if body is None:
        return []
    notes: list[str] = []
    found = []
    for element, in_table in _walk(body, in_table=False, depth=0):
        paragraph = WordParagraph(element, _style(element), in_table=in_table)
        _read(element, paragraph, notes, put=False, taken=False)
        _read_mark(element, paragraph)
        found.append(paragraph)
    return found


def words_in(element: Element) -> str:
    """Return all words of a note or a comment, its paragraphs on lines of their own."""
    lines = []
    for each in element.iter(f"{W}p"):
        paragraph = WordParagraph(each)
        _read(each, paragraph, [], put=False, taken=False)
        lines.append(paragraph.after.strip())
    return "\n".join(line for line in lines if line)


def raised(number: int) -> str:
    """Return ``number`` in small raised figures, as notes are marked in plain text."""
    return str(number).translate(RAISED)


def _walk(parent: Element, *, in_table: bool, depth: int) -> Iterator[tuple[Element, bool]]:
    """Go through the paragraphs, those in tables and controls too, but not in drawings."""
    if depth > DEEPEST:
        return
    for child in parent:
        if child.tag == f"{W}p":
            yield child, in_table
        elif child.tag in {f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}sdt", f"{W}sdtContent"} | PUT:
            inside = in_table or child.tag == f"{W}tbl"
            yield from _walk(child, in_table=inside, depth=depth + 1)


def _read(
    parent: Element, paragraph: WordParagraph, notes: list[str], *, put: bool, taken: bool
) -> None:
    """Add to ``paragraph`` what its runs say; ``put`` and ``taken`` by tracked changes."""
    for child in parent:
        tag = child.tag
        if tag in PASSED_OVER:
            continue
        if tag in PUT or tag in TAKEN:
            author = child.get(f"{W}author", "")
            if author not in paragraph.authors:
                paragraph.authors.append(author)
            is_put, is_taken = put or tag in PUT, taken or tag in TAKEN
            _read(child, paragraph, notes, put=is_put, taken=is_taken)
        elif tag in {f"{W}t", f"{W}delText"}:
            _say(paragraph, child.text or "", put=put, taken=taken)
        elif tag in SIGNS:
            _say(paragraph, SIGNS[tag], put=put, taken=taken)
        elif tag in POINTS:
            _stand(child, paragraph, notes, put=put, taken=taken)
        elif isinstance(tag, str):
            _read(child, paragraph, notes, put=put, taken=taken)


def _stand(
    child: Element, paragraph: WordParagraph, notes: list[str], *, put: bool, taken: bool
) -> None:
    """Keep what stands at one point of a paragraph: a bookmark of ours, a note, a comment."""
    key = child.get(f"{W}id", "")
    if child.tag == f"{W}bookmarkStart":
        if match := BOOKMARK.fullmatch(child.get(f"{W}name", "")):
            paragraph.bookmarks.append(Bookmark(int(match[1]), int(match[2]), match[3]))
    elif child.tag == f"{W}commentReference":
        paragraph.comments.append(key)
    elif not taken:
        paragraph.notes.append(key)
        notes.append(key)
        _say(paragraph, raised(len(notes)), put=put, taken=taken)


def _say(paragraph: WordParagraph, words: str, *, put: bool, taken: bool) -> None:
    if not put:
        paragraph.before += words
    if not taken:
        paragraph.after += words


def _read_mark(element: Element, paragraph: WordParagraph) -> None:
    """Read whether the end of the paragraph itself was put in or taken out."""
    for name, put in (("ins", True), ("del", False)):
        mark = element.find(f"{W}pPr/{W}rPr/{W}{name}")
        if mark is None:
            continue
        if put:
            paragraph.is_mark_put = True
        else:
            paragraph.is_mark_taken = True
        author = mark.get(f"{W}author", "")
        if author not in paragraph.authors:
            paragraph.authors.append(author)


def _style(element: Element) -> str:
    found = element.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val", "")
