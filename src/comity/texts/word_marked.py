"""What others wrote into a Word file of ours: other words and comments, paragraph by paragraph."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comity.texts.models import Revision
from comity.texts.queries import PassageRow, read_rows
from comity.texts.word_package import W, WordParts, open_word
from comity.texts.word_paragraphs import WordParagraph, paragraphs_in, words_in
from comity.texts.word_reading import parted

NAME = "draft.docx"


@dataclass(frozen=True)
class MarkedComment:
    """A comment in the margin, and who is named as its author."""

    author: str
    words: str


@dataclass(frozen=True)
class Marked:
    """What the file proposes for one paragraph.

    ``paragraph`` is None for a new one, which stands behind ``after``, or at the beginning where
    that is None too. ``words`` are those proposed: None where it is only commented on, empty
    where it would go. ``authors`` are those named on tracked changes.
    """

    paragraph: int | None
    words: str | None
    after: int | None = None
    comments: tuple[MarkedComment, ...] = ()
    authors: tuple[str, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether a paragraph is proposed that the text does not have."""
        return self.paragraph is None

    @property
    def is_removal(self) -> bool:
        """Whether it is proposed that the paragraph goes."""
        return self.words == "" and not self.is_new


def read_marked(
    docx: bytes, revision: Revision, language: str, *, name: str = NAME
) -> list[Marked]:
    """Return what ``docx``, a file of ``revision`` in ``language``, proposes and comments on.

    Words count as proposed where they differ from those of the revision once all tracked
    changes are accepted, whether they were tracked or not: a file that comes back unchanged
    proposes nothing. A paragraph that is not in the file any more would go only where its
    removal is tracked, so that half a file proposes no removals.

    Raises ValidationError where the file cannot be read, see ``open_word``, or was written
    from another revision.
    """
    return marked_in(open_word(docx, name), read_rows(revision), revision.pk, language)


def marked_in(
    parts: WordParts, rows: Sequence[PassageRow], revision: int, language: str
) -> list[Marked]:
    """Return what a file proposes for ``rows``, the paragraphs of the revision."""
    paragraphs = paragraphs_in(parts)
    marks = [mark for each in paragraphs for mark in each.bookmarks]
    if any(mark.revision != revision for mark in marks):
        raise ValidationError(
            _("This file was written from another revision. Use the file of this one."),
            code="revision",
        )
    if marks and all(mark.language != language for mark in marks):
        raise ValidationError(_("This file is in another language."), code="language")
    comments = _comments(parts)
    known = {row.paragraph: row for row in rows}
    found: list[Marked] = []
    last: int | None = None
    seen: set[int] = set()
    for each in _whole(paragraphs):
        if each.in_table and not any(mark.language == language for mark in each.bookmarks):
            continue
        key = _key(each, rows, language, seen, has_marks=bool(marks))
        said = tuple(comments[note] for note in each.comments if note in comments)
        authors = tuple(author for author in each.authors if author)
        after = _plain(each.after)
        if key is None:
            if after or said:
                found.append(Marked(None, after or None, last, said, authors))
            continue
        seen.add(key)
        last = key
        words = None if after == known[key].words(language).strip() else after
        if words is not None or said:
            found.append(Marked(key, words, None, said, authors if words is not None else ()))
    return found


def _whole(paragraphs: Sequence[WordParagraph]) -> list[WordParagraph]:
    """Join paragraphs whose parting is taken out by a tracked change, as accepting it would."""
    found: list[WordParagraph] = []
    for each in paragraphs:
        last = found[-1] if found else None
        is_one = last is not None and last.is_mark_taken and bool(last.after.strip())
        if last is not None and is_one and each.after.strip() and not each.bookmarks:
            last.before += each.before
            last.after += each.after
            last.comments += each.comments
            last.is_mark_taken = each.is_mark_taken
        else:
            found.append(each)
    return found


def _key(
    each: WordParagraph,
    rows: Sequence[PassageRow],
    language: str,
    seen: set[int],
    *,
    has_marks: bool,
) -> int | None:
    """Return the paragraph of the text that ``each`` is: by bookmark, or else by its words."""
    known = {row.paragraph for row in rows}
    for mark in each.bookmarks:
        if mark.language == language and mark.paragraph in known and mark.paragraph not in seen:
            return mark.paragraph
    before = _plain(each.before)
    if not before or (has_marks and not each.is_tracked):
        return None
    for row in rows:
        if row.paragraph not in seen and row.words(language).strip() == before:
            return row.paragraph
    return None


def _plain(words: str) -> str:
    """Return the words of a paragraph of ours without the number before them."""
    return parted(words)[1].strip()


def _comments(parts: WordParts) -> Mapping[str, MarkedComment]:
    """Return the comments of a file by their numbers."""
    if parts.comments is None:
        return {}
    return {
        each.get(f"{W}id", ""): MarkedComment(each.get(f"{W}author", "").strip(), words_in(each))
        for each in parts.comments.iter(f"{W}comment")
    }
