"""The pages on which papers are found and fetched."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from comity.accounts.authority import may
from comity.documents.forms import FilterForm
from comity.documents.models import Document, FormerSymbol, LanguageVersion
from comity.documents.queries import Asked, choices_of, papers_of, with_files
from comity.processes.models import Process
from comity.store.responses import serve_file
from comity.ui.requests import Request
from comity.ui.responses import render_page

PAGE_SIZE = 50


@require_safe
def papers(request: Request, slug: str) -> HttpResponse:
    """List the papers of a process that the reader may see, by meeting, kind, year, language."""
    process = get_object_or_404(Process, slug=slug)
    form = FilterForm(request.GET)
    form.offer(choices_of(process, request.user))
    asked = Asked(**form.cleaned_data) if form.is_valid() else Asked()
    found = with_files(papers_of(process, request.user, asked), request.user)
    context = {
        "process": process,
        "part": "papers",
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "form": form,
        "asked": asked,
        "runs": may(request.user, "documents.manage", process),
    }
    return render_page(request, "documents/papers.html", context)


@require_safe
def symbol(request: Request, slug: str, symbol: str) -> HttpResponse:
    """Lead from a symbol that a paper has, or had, to its page."""
    visible = Document.objects.visible_to(request.user)
    found = visible.filter(process__slug=slug, symbol=symbol).first()
    if found is None:
        former = FormerSymbol.objects.filter(process__slug=slug, symbol=symbol)
        found = get_object_or_404(visible, pk__in=former.values("document"))
    return redirect(found)


@require_safe
def file(request: Request, slug: str, language: str, form: str) -> HttpResponseBase:
    """Hand out a paper in one language and form, to be saved."""
    found = LanguageVersion.objects.visible_to(request.user).select_related("document", "file")
    version = found.filter(document__slug=slug, language=language, form=form).first()
    if version is None:
        raise Http404
    return serve_file(version.file, name=version.download_name)
