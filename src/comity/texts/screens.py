"""What the page of a text shows: its paragraphs in the languages chosen, and what is behind."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from comity.accounts.authority import Actor
from comity.core.languages import language_name
from comity.texts.margins import MarginNote, TextLink, links_beside, notes_beside
from comity.texts.models import Kind, Revision, Text
from comity.texts.queries import PassageRow, Said, read_rows

HEADED = (Kind.TITLE, Kind.HEADING)


@dataclass(frozen=True)
class Column:
    """The words of one paragraph in one language."""

    language: str
    said: Said | None
    is_original: bool


@dataclass(frozen=True)
class Line:
    """A paragraph on the page."""

    row: PassageRow
    columns: Sequence[Column]
    notes: Sequence[MarginNote]

    @property
    def is_heading(self) -> bool:
        """Whether it heads what follows."""
        return self.row.kind in HEADED


@dataclass(frozen=True)
class Choice:
    """A way in which the text can be shown."""

    languages: Sequence[str]
    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Behind:
    """How many paragraphs of a language are behind the original."""

    language: str
    count: int


@dataclass(frozen=True)
class TextScreen:
    """All that the page of a revision shows."""

    text: Text
    revision: Revision
    before: Revision | None
    revisions: Sequence[Revision]
    languages: Sequence[str]
    choices: Sequence[Choice]
    lines: Sequence[Line]
    behind: Sequence[Behind]
    links: Sequence[TextLink]
    query: str

    @property
    def has_notes(self) -> bool:
        """Whether anything stands in the margin."""
        return any(line.notes for line in self.lines)


def read_screen(revision: Revision, reader: Actor, asked: Sequence[str]) -> TextScreen:
    """Return what the page of ``revision`` shows to ``reader`` in the languages ``asked`` for."""
    text = revision.text
    languages = chosen_languages(text, asked)
    rows = read_rows(revision)
    notes = notes_beside(reader, revision)
    visible = Revision.objects.visible_to(reader).filter(text=text)
    revisions = list(visible.latest_first())
    counts = Counter(
        language for row in rows for language, said in row.said.items() if said.is_behind
    )
    return TextScreen(
        text=text,
        revision=revision,
        before=next((each for each in revisions if each.number < revision.number), None),
        revisions=revisions,
        languages=languages,
        choices=_choices(revision, languages),
        lines=[
            Line(
                row,
                [Column(code, row.said.get(code), code == text.original) for code in languages],
                notes.get(row.paragraph, ()),
            )
            for row in rows
        ],
        behind=[Behind(code, counts[code]) for code in text.in_order if counts[code]],
        links=links_beside(reader, revision),
        query=_query(languages),
    )


def chosen_languages(text: Text, asked: Sequence[str]) -> list[str]:
    """Return the languages to show: those asked for, or the original beside the reader's own."""
    found = [code for code in text.in_order if code in asked]
    if found:
        return found
    others = text.in_order[1:]
    own = get_language() or ""
    return [text.original, *([own] if own in others else others[:1])]


def _choices(revision: Revision, chosen: Sequence[str]) -> list[Choice]:
    """Return all languages side by side, each pair with the original, and each alone."""
    codes = revision.text.in_order
    sets = [[code] for code in codes]
    sets += [[codes[0], code] for code in codes[1:]]
    if len(codes) > 2:
        sets.append(codes)
    address = reverse("texts:revision", args=[revision.text.document.slug, revision.number])
    return [
        Choice(
            each,
            " + ".join(language_name(code) for code in each),
            f"{address}?{_query(each)}",
            list(each) == list(chosen),
        )
        for each in sets
    ]


def _query(languages: Sequence[str]) -> str:
    return urlencode([("language", code) for code in languages])
