"""A revision as files to take away: Word, PDF and plain text."""

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.translation import override

from comity.core.languages import language_name
from comity.core.translated import text_in
from comity.office.pdf import render_pdf
from comity.texts.models import Kind, Revision
from comity.texts.queries import read_rows
from comity.texts.screens import HEADED

INDENT = "    "


def as_pdf(revision: Revision, languages: Sequence[str]) -> bytes:
    """Return ``revision`` as a tagged PDF, the languages in columns side by side."""
    first = languages[0]
    with override(first):
        title = text_in(revision.text.document.title, first)
        context = {
            "title": title,
            "revision": revision,
            "document": revision.text.document,
            "languages": languages,
            "lines": [
                {
                    "row": row,
                    "is_heading": row.kind in HEADED,
                    "words": [(code, row.words(code)) for code in languages],
                }
                for row in read_rows(revision)
            ],
        }
        html = render_to_string("texts/pdf.html", context)
        return render_pdf(html, title=f"{title} – {revision}", language=first)


def as_text(revision: Revision, languages: Sequence[str]) -> str:
    """Return ``revision`` as plain text, one language after the other."""
    rows = read_rows(revision)
    parts = []
    for language in languages:
        lines = [language_name(language)] if len(languages) > 1 else []
        for row in rows:
            words = row.words(language)
            if row.number:
                words = f"{row.number}\t{words}"
            if row.kind == Kind.TITLE:
                words = f"{words}\n{'=' * len(words)}"
            lines.append("\n".join(INDENT * row.level + each for each in words.split("\n")))
        parts.append("\n\n".join(lines))
    return "\n\n\n".join(parts) + "\n"
