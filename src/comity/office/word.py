"""Word files filled from templates that secretariats own."""

import io
import re
from collections.abc import Mapping
from html import unescape
from typing import IO, TYPE_CHECKING, Any, Final
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override

from comity.office.models import WordTemplate
from comity.office.registries import template_kinds
from comity.store.markup import DocumentTypeError, LongTagError, MalformedError, read_markup
from comity.store.services import open_file

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from jinja2.sandbox import SandboxedEnvironment

PARAGRAPH: Final = re.compile(r"<w:p(?=[ >])")
TAG: Final = re.compile(r"<[^>]+>")
MACROS: Final = ("vbaproject", "vbadata", "activex", "/embeddings/")
MARKUP: Final = (".xml", ".rels")
# Any: what each kind of template is filled with
Context = Mapping[str, Any]


def fill_template(kind: str, owner: str, language: str, context: Context) -> bytes:
    """Return the Word file of ``kind``, from the owner's template or else from the built-in one.

    Raises ValidationError, naming the paragraph, where the template cannot be filled.
    """
    kept = WordTemplate.objects.filter(owner=owner, kind=kind, language=language)
    template = kept.select_related("file").first()
    with override(language):
        if template:
            with open_file(template.file) as stream:
                return fill(stream, context)
        buffer = io.BytesIO()
        template_kinds[kind]().save(buffer)
        buffer.seek(0)
        return fill(buffer, context)


def fill(stream: IO[bytes], context: Context) -> bytes:
    """Return the template in ``stream`` filled with ``context``, its tags run in a sandbox."""
    from docxtpl import DocxTemplate  # noqa: PLC0415 -- heavy, and few pages make Word files
    from jinja2 import TemplateError  # noqa: PLC0415

    template, sandbox = DocxTemplate(stream), _sandbox()
    _check_tags(template, sandbox)
    try:
        template.render(dict(context), sandbox, autoescape=True)
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        reason = str(error).partition("\n")[0].rstrip(".")
        raise ValidationError(
            _("The template cannot be filled: %(error)s.") % {"error": reason}, code="template"
        ) from error
    buffer = io.BytesIO()
    template.save(buffer)
    return buffer.getvalue()


def check_template(stream: IO[bytes]) -> None:
    """Raise ValidationError where the file is no template: macros, or tags that do not parse."""
    from docxtpl import DocxTemplate  # noqa: PLC0415 -- see fill

    try:
        with ZipFile(stream) as archive:
            names = [name.lower() for name in archive.namelist()]
            if any(mark in name for name in names for mark in MACROS):
                raise ValidationError(
                    _("The template holds macros or embedded objects. Save it without them."),
                    code="macros",
                )
            for name in archive.namelist():
                _check_markup(archive, name)
        stream.seek(0)
        _check_tags(DocxTemplate(stream), _sandbox())
    except (DocumentTypeError, LongTagError) as error:
        raise ValidationError(
            _("The template holds what no word processor writes. Save it anew."), code="entities"
        ) from error
    # RuntimeError: a part is locked with a password.
    except (BadZipFile, KeyError, ValueError, SyntaxError, RuntimeError, MalformedError) as error:
        raise ValidationError(
            _("The file cannot be read as a Word document."), code="damaged"
        ) from error


def _check_markup(archive: ZipFile, name: str) -> None:
    """Go through a part before the reader builds it in memory; what is no XML may be a picture."""
    with archive.open(name) as part:
        try:
            read_markup(part)
        except MalformedError:
            if name.lower().endswith(MARKUP):
                raise


def _sandbox() -> "SandboxedEnvironment":
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415 -- see fill

    return ImmutableSandboxedEnvironment(autoescape=True)


def _check_tags(template: "DocxTemplate", sandbox: "SandboxedEnvironment") -> None:
    """Raise ValidationError, naming the paragraph, where a tag of the template is wrong."""
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415 -- see fill

    template.init_docx()
    sources = [template.get_xml()]
    for place in (template.HEADER_URI, template.FOOTER_URI):
        found = template.get_headers_footers(place)
        sources += [template.get_part_xml(part) for _key, part in found]
    for source in sources:
        # Each paragraph on a line of its own: the engine counts lines, its readers paragraphs.
        xml = PARAGRAPH.sub(r"\n\g<0>", template.patch_xml(source))
        try:
            sandbox.compile(xml)
        except TemplateSyntaxError as error:
            raise ValidationError(
                _bad_tag(xml, error.lineno, error.message or ""), code="template"
            ) from error


def _bad_tag(xml: str, line: int, error: str) -> str:
    """Return the sentence on the wrong tag in a line of ``xml``."""
    lines = xml.split("\n")[:line]
    return _("A tag is wrong in paragraph %(number)d, “%(text)s”: %(error)s.") % {
        "number": len(PARAGRAPH.findall("".join(lines))),
        "text": Truncator(unescape(TAG.sub("", lines[-1])).strip()).chars(60),
        "error": error.rstrip("."),
    }
