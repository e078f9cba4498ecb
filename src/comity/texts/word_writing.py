"""A revision as a Word file: one language or two columns, with tracked changes where asked.

A hidden bookmark on each paragraph says which it is, so that the file finds its way back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import get_language_info, override

from comity.core.languages import language_name
from comity.core.translated import text_in
from comity.office.word_notes import settled
from comity.texts.comparing import Compared, How, compare
from comity.texts.differing import Mark, Piece
from comity.texts.models import Kind, Revision
from comity.texts.queries import PassageRow, read_rows

if TYPE_CHECKING:
    from docx.document import Document

# The styles of our files, by kind; they come back with the paragraph.
STYLES: Final = {
    Kind.TITLE: "Text title",
    Kind.HEADING: "Text heading",
    Kind.PREAMBLE: "Text preamble",
    Kind.OPERATIVE: "Text operative",
    Kind.NOTE: "Text note",
    Kind.SIGNATURE: "Text signature",
}
BASES: Final = {Kind.TITLE: "Title", Kind.HEADING: "Heading 1"}
# Twentieths of a point for each level: a centimetre.
STEP: Final = 567
NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class Track:
    """Who is named as the author of tracked changes, and since when they stand."""

    author: str
    at: datetime


def write_word(
    revision: Revision, languages: Sequence[str], *, since: Revision | None = None
) -> bytes:
    """Return ``revision`` as a Word file in one language, or in two columns.

    With ``since``, what changed from that revision stands in it as tracked changes.
    """
    import docx  # noqa: PLC0415 -- heavy, and few pages make Word files
    from docx.oxml import parse_xml  # noqa: PLC0415

    document = docx.Document()
    _add_styles(document)
    writer = _Writer(revision, since)
    for part in writer.parts(languages):
        document.element.body.insert_element_before(parse_xml(part), "w:sectPr")
    made = (revision.frozen_at or revision.made_at).date()
    language = languages[0]
    with override(language):
        title = f"{text_in(revision.text.document.title, language)} – {revision}"
    return settled(document, title=title, language=language, author="", on=made)


class _Writer:
    """Writes the paragraphs of one file, each tracked change and bookmark with its own number."""

    def __init__(self, revision: Revision, since: Revision | None) -> None:
        self.revision, self.since = revision, since
        self.rows = read_rows(revision)
        self.old = read_rows(since) if since else []
        self.ids = count(1)
        with override(revision.text.original):
            at = (revision.frozen_at or revision.made_at).astimezone(UTC)
            self.track = Track(str(revision), at)

    def parts(self, languages: Sequence[str]) -> list[str]:
        """Return the XML of what stands in the body."""
        if len(languages) == 1:
            return [self.paragraph(each, languages[0]) for each in self.compared(languages[0])]
        by_language = [self.compared(language) for language in languages]
        heads = "".join(self._cell(_head(language)) for language in languages)
        rows = "".join(
            "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
            + "".join(
                self._cell(self.paragraph(each, language))
                for each, language in zip(cells, languages, strict=True)
            )
            + "</w:tr>"
            for cells in zip(*by_language, strict=True)
        )
        width = 9000 // len(languages)
        grid = f'<w:gridCol w:w="{width}"/>' * len(languages)
        table = (
            f'<w:tbl xmlns:w="{NAMESPACE}"><w:tblPr><w:tblW w:w="5000" w:type="pct"/>'
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{heads}</w:tr>{rows}</w:tbl>"
        )
        # A table is followed by a paragraph, or Word calls the file damaged.
        return [table, f'<w:p xmlns:w="{NAMESPACE}"/>']

    def compared(self, language: str) -> list[Compared]:
        """Return the paragraphs in their order, with what changed where that is asked."""
        if self.since is not None:
            return compare(self.old, self.rows, language, moved_apart=True)
        return [
            Compared(How.SAME, None, row, (Piece(Mark.SAME, row.words(language)),))
            for row in self.rows
        ]

    def paragraph(self, each: Compared, language: str) -> str:
        """Return one paragraph."""
        row = each.new or each.old
        if row is None:
            raise ValueError("Nothing is compared with nothing.")
        whole = {How.NEW: "ins", How.GONE: "del"}.get(each.how, "")
        mark = f"<w:rPr>{self._change(whole)}</w:rPr>" if whole else ""
        number = self._number(each, row, language)
        runs = number + "".join(
            self._run(piece.words, piece.mark, language) for piece in each.pieces if piece.words
        )
        return (
            f'<w:p xmlns:w="{NAMESPACE}"><w:pPr><w:pStyle w:val="{_style_id(row.kind)}"/>'
            f"{_direction(language)}{_indent(row)}{mark}</w:pPr>"
            f"{self._marked(runs, row, language) if each.new else runs}</w:p>"
        )

    def _number(self, each: Compared, row: PassageRow, language: str) -> str:
        """Return the number, and what it was where that changed; a tab parts it from the words."""
        was = each.old.number if each.old and each.new else row.number
        if was == row.number:
            # A tab of their own keeps words apart that hold one.
            is_needed = bool(row.number) or "\t" in row.words(language)
            mark = {How.NEW: Mark.NEW, How.GONE: Mark.GONE}.get(each.how, Mark.SAME)
            return self._run(f"{row.number}\t", mark, language) if is_needed else ""
        runs = self._run(f"{was}\t", Mark.GONE, language) if was else ""
        return runs + (self._run(f"{row.number}\t", Mark.NEW, language) if row.number else "")

    def _run(self, words: str, mark: Mark, language: str) -> str:
        rtl = "<w:rtl/>" if get_language_info(language)["bidi"] else ""
        look = f'<w:rPr>{rtl}<w:lang w:val="{language}"/></w:rPr>'
        tag = "delText" if mark == Mark.GONE else "t"
        inner = f'<w:{tag} xml:space="preserve">{escape(words)}</w:{tag}>'
        for sign, name in (("\n", "br"), ("\t", "tab")):
            inner = inner.replace(sign, f'</w:{tag}><w:{name}/><w:{tag} xml:space="preserve">')
        run = f"<w:r>{look}{inner}</w:r>"
        if mark == Mark.SAME:
            return run
        change = self._change("ins" if mark == Mark.NEW else "del")
        return f"{change.removesuffix('/>')}>{run}</w:{'ins' if mark == Mark.NEW else 'del'}>"

    def _change(self, name: str) -> str:
        at = self.track.at.strftime("%Y-%m-%dT%H:%M:%SZ")
        author = quoteattr(self.track.author)
        return f'<w:{name} w:id="{next(self.ids)}" w:author={author} w:date="{at}"/>'

    def _marked(self, runs: str, row: PassageRow, language: str) -> str:
        name = f"_cm_r{self.revision.pk}_p{row.paragraph}_{language}"
        number = next(self.ids)
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{runs}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def _cell(self, inner: str) -> str:
        return f"<w:tc><w:tcPr/>{inner}</w:tc>"


def _head(language: str) -> str:
    words = escape(language_name(language))
    return (
        f'<w:p xmlns:w="{NAMESPACE}"><w:pPr>{_direction(language)}</w:pPr>'
        f"<w:r><w:rPr><w:b/></w:rPr><w:t>{words}</w:t></w:r></w:p>"
    )


def _direction(language: str) -> str:
    return "<w:bidi/>" if get_language_info(language)["bidi"] else ""


def _indent(row: PassageRow) -> str:
    if not row.level:
        return ""
    return f'<w:ind w:start="{row.level * STEP}"/>'


def _style_id(kind: str) -> str:
    return STYLES[Kind(kind)].replace(" ", "")


def _add_styles(document: "Document") -> None:
    """Give the file a style for each kind of paragraph."""
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415 -- see write_word

    for kind, name in STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles[BASES.get(kind, "Normal")]
        style.quick_style = True
