"""The overview as a document to hand out: Word and PDF."""

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from comity.accounts.authority import Actor, is_administrator
from comity.office.pdf import render_pdf
from comity.office.word import fill_template
from comity.office.word_notes import note, reference, run, separator, settled
from comity.pages.overview_template import COUNTRIES
from comity.pages.queries.overview import Overview, OverviewRow
from comity.pages.queries.overview_words import Cell, Line, Note

KIND: Final = "overview"
OWNER: Final = "installation"


def keeps_templates_of_installation(actor: Actor, owner: str) -> bool:
    """``actor`` runs the installation, and the templates are its own."""
    return owner == OWNER and is_administrator(actor, owner)


def made_words(address: str) -> str:
    """Return who made the document, and where its day stands as corrected since."""
    name = settings.INSTALLATION_NAME or "Comity"
    return _(
        "Made by %(installation)s. The same day, with all corrections since, at %(address)s"
    ) % {
        "installation": name,
        "address": address,
    }


def overview_word(overview: Overview, address: str) -> bytes:
    """Return the overview as a Word file, in the template of the owner."""
    import docx  # noqa: PLC0415 -- heavy, and few pages make Word files

    with override(overview.language):
        context = {
            "title": overview.title,
            "day": overview.day,
            "summary": overview.summary,
            "heads": overview.heads,
            "rows": [_row(row) for row in overview.rows],
            "notes": [_as_note(each) for each in overview.notes],
            "remarks": overview.remarks,
            "sources": overview.sources or [_("None: what is made up has no sources.")],
            "disclaimer": overview.disclaimer,
            "made": made_words(address),
        }
        filled = fill_template(KIND, OWNER, overview.language, context)
    document = docx.Document(io.BytesIO(filled))
    return settled(
        document,
        title=f"{overview.title}, {overview.on.isoformat()}",
        language=COUNTRIES.get(overview.language, overview.language),
        author=settings.INSTALLATION_NAME or "Comity",
        on=overview.on,
    )


def overview_pdf(overview: Overview, address: str) -> bytes:
    """Return the overview as a tagged PDF, its notes after the table."""
    with override(overview.language):
        context = {"overview": overview, "made": made_words(address)}
        html = render_to_string("pages/overview_document.html", context)
        title = f"{overview.title}, {overview.on.isoformat()}"
        return render_pdf(html, title=title, language=overview.language)


@dataclass(frozen=True)
class Form:
    """A form in which the overview is handed out."""

    label: str
    content_type: str
    draw: Callable[[Overview, str], bytes]


FILES: Final = {
    "docx": Form(
        "Word",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        overview_word,
    ),
    "pdf": Form("PDF", "application/pdf", overview_pdf),
}


def _row(row: OverviewRow) -> dict[str, list[SafeString]]:
    names = ("process", "since", "participants", "offices", "areas")
    cells: Iterable[Cell] = (row.process, *row.cells)
    return {
        name: [_as_runs(line) for line in cell] for name, cell in zip(names, cells, strict=True)
    }


def _as_note(each: Note) -> SafeString:
    return mark_safe(note(each.number, each.words))  # noqa: S308 -- it escapes its words


def _as_runs(line: Line) -> SafeString:
    return mark_safe("".join(_runs(line)))  # noqa: S308 -- each run escapes its words


def _runs(line: Line) -> Iterator[str]:
    for piece in line:
        if piece.follows_note:
            yield separator()
        if piece.words:
            language = COUNTRIES.get(piece.language, piece.language)
            yield run(piece.words, language=language, is_strong=piece.is_strong)
        if piece.note:
            yield reference(piece.note)
