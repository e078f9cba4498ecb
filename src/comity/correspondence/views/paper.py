"""The page on which a secretariat keeps the Word templates of its circular notes."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.correspondence.circular_files import KIND, owner_of
from comity.correspondence.forms import TemplateForm
from comity.correspondence.views.finding import file_answer
from comity.office.models import WordTemplate
from comity.office.services import keep_template
from comity.processes.models import Process
from comity.processes.views.editing import get_editable
from comity.store.services import keep_file
from comity.ui.requests import Request
from comity.ui.responses import render_page

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_BYTES = 5 * 1024 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
def templates(request: Request, slug: str) -> HttpResponse:
    """Show the Word template of each language, and take one that replaces it."""
    process = get_editable(request, slug, "correspondence.keep")
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            upload = sent["file"]
            kept = keep_file(
                stream=upload,
                name=str(upload.name)[-200:],
                by=request.user,
                allowed={"docx"},
                most_bytes=MOST_BYTES,
            )
            keep_template(
                kind=KIND,
                owner=owner_of(process),
                language=sent["language"],
                file=kept,
                version=sent["version"] or 0,
                by=request.user,
            )
        except ValidationError as error:
            form.add_error("file", error.messages)
        else:
            messages.success(request, _("The template is kept."))
            return redirect("correspondence:templates", slug)
    context = {"process": process, "form": form, "rows": _rows(process)}
    status = 422 if form.errors else 200
    return render_page(request, "correspondence/templates.html", context, status=status)


@require_safe
def template_file(request: Request, slug: str, language: str) -> HttpResponseBase:
    """Hand out the template that the secretariat keeps in a language."""
    process = get_editable(request, slug, "correspondence.keep")
    if language not in settings.CONTENT_LANGUAGES:
        raise Http404
    row = get_object_or_404(_kept(process), language=language)
    return file_answer(row.file, f"{KIND}-{language}.docx")


def _kept(process: Process) -> "QuerySet[WordTemplate]":
    rows = WordTemplate.objects.filter(owner=owner_of(process), kind=KIND)
    return rows.select_related("file")


def _rows(process: Process) -> list[tuple[str, WordTemplate | None]]:
    """Return each language of texts with the template that is kept in it."""
    kept = {row.language: row for row in _kept(process)}
    return [(code, kept.get(code)) for code in settings.CONTENT_LANGUAGES]
