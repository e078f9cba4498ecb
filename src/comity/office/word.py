"""Word files filled from templates that secretariats own."""

import io
from collections.abc import Mapping
from typing import IO, Any, Final
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from comity.office.models import WordTemplate
from comity.office.registries import template_kinds
from comity.store.services import open_file

MACROS: Final = ("vbaproject", "vbadata", "activex", "/embeddings/")
# Any: what each kind of template is filled with
Context = Mapping[str, Any]


def fill_template(kind: str, owner: str, language: str, context: Context) -> bytes:
    """Return the Word file of ``kind``, from the owner's template or else from the built-in one.

    Raises ValidationError, naming the line, where the template cannot be filled.
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
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415

    template = DocxTemplate(stream)
    try:
        template.render(
            dict(context), ImmutableSandboxedEnvironment(autoescape=True), autoescape=True
        )
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise ValidationError(_reason(error), code="template") from error
    buffer = io.BytesIO()
    template.save(buffer)
    return buffer.getvalue()


def check_template(stream: IO[bytes]) -> None:
    """Raise ValidationError where the file is no template: macros, or tags that do not parse."""
    from docxtpl import DocxTemplate  # noqa: PLC0415 -- see fill
    from jinja2 import TemplateError  # noqa: PLC0415
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415

    try:
        with ZipFile(stream) as archive:
            names = [name.lower() for name in archive.namelist()]
        if any(mark in name for name in names for mark in MACROS):
            raise ValidationError(
                _("The template holds macros or embedded objects. Save it without them."),
                code="macros",
            )
        stream.seek(0)
        DocxTemplate(stream).get_undeclared_template_variables(
            ImmutableSandboxedEnvironment(autoescape=True)
        )
    except TemplateError as error:
        raise ValidationError(_reason(error), code="template") from error
    except (BadZipFile, KeyError, ValueError) as error:
        raise ValidationError(
            _("The file cannot be read as a Word document."), code="damaged"
        ) from error


def _reason(error: Exception) -> str:
    """Return the sentence on a bad tag, with its line where the engine tells it."""
    line = getattr(error, "lineno", None)
    if line is None:
        return _("The template cannot be filled: %(error)s.") % {"error": error}
    return _("A tag of the template is wrong, in its line %(line)d: %(error)s.") % {
        "line": line,
        "error": error,
    }
