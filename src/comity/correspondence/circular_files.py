"""A circular note as a file: in Word from the secretariat's own template, and as PDF."""

from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import override

from comity.core.dates import day_in_words
from comity.core.translated import text_in
from comity.correspondence.models import Circular
from comity.correspondence.permissions import OWNER
from comity.office.pdf import render_pdf
from comity.office.word import fill_template
from comity.processes.models import Process

if TYPE_CHECKING:
    from docx.document import Document

KIND: Final = "circular"
FORMS: Final = ("docx", "pdf")
# Django knows Chinese only by script.
BY_SCRIPT: Final = {"zh": "zh-hans"}


def owner_of(process: Process) -> str:
    """Return the key under which a secretariat keeps the templates of its process."""
    return f"{OWNER}{process.slug}"


def circular_word(circular: Circular, language: str) -> bytes:
    """Return the Word file of a circular note in one of its languages."""
    with override(language):
        context = _context(circular, language)
        return fill_template(KIND, owner_of(circular.process), language, context)


def circular_pdf(circular: Circular, language: str) -> bytes:
    """Return the PDF of a circular note in one of its languages."""
    with override(language):
        context = _context(circular, language)
        body = render_to_string("correspondence/circular_pdf.html", context)
        title = f"{circular.number} – {context['subject']}"
        return render_pdf(body, title=title, language=BY_SCRIPT.get(language, language))


def file_name(circular: Circular, language: str, form: str) -> str:
    """Return the name of the file of a circular note in a language: no strokes are in it."""
    return f"{circular.number.replace('/', '-')}-{language}.{form}"


def circular_template() -> "Document":
    """Build the template that serves where the secretariat keeps none of its own.

    A template of one's own may use the same tags: ``process``, ``number``, ``day``, ``subject``,
    ``paragraphs``, ``signatory`` and ``signatory_title``.
    """
    import docx  # noqa: PLC0415 -- heavy, and few pages make Word files
    from docx.shared import Mm  # noqa: PLC0415 -- as above

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    document.add_paragraph("{{ process }}")
    document.add_paragraph("{{ number }}")
    document.add_paragraph("{{ day }}")
    document.add_heading("{{ subject }}", 1)
    document.add_paragraph("{%p for paragraph in paragraphs %}")
    document.add_paragraph("{{ paragraph }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{{ signatory }}")
    document.add_paragraph("{{ signatory_title }}")
    return document


def _context(circular: Circular, language: str) -> dict[str, Any]:
    if language not in circular.text:
        raise ValidationError("language", code="language")
    text = circular.text[language].replace("\r\n", "\n")
    return {
        "process": text_in(circular.process.name),
        "number": circular.number,
        "day": day_in_words(circular.dated),
        "subject": circular.subject[language],
        "paragraphs": [each.strip() for each in text.split("\n\n") if each.strip()],
        "signatory": circular.signatory,
        "signatory_title": circular.signatory_title.get(language, ""),
    }
