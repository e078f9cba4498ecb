"""The pages on which the secretariat keeps papers."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.audit.queries import history_of, read_history
from comity.documents.forms import PaperForm, SupersedeForm, VersionForm
from comity.documents.models import Document, LanguageVersion, PaperPart
from comity.documents.queries import read_paper
from comity.documents.services import (
    FORMS,
    add_paper,
    add_version,
    change_paper,
    propose_symbol,
    publish_paper,
    remove_version,
    supersede_paper,
    symbol_of_part,
    withdraw_paper,
)
from comity.processes.forms import ReasonForm
from comity.processes.models import Process
from comity.processes.views.editing import FormPage, get_editable
from comity.store.services import keep_file
from comity.ui.answering import answer_form
from comity.ui.requests import Request
from comity.ui.responses import render_page

FORM = "documents/form.html"
PARTS = {
    PaperPart.REVISION: gettext_lazy("Add a revision"),
    PaperPart.ADDENDUM: gettext_lazy("Add an addendum"),
    PaperPart.CORRIGENDUM: gettext_lazy("Add a corrigendum"),
}
PAGE_SIZE = 50


def _find(request: Request, slug: str, pk: int) -> tuple[Process, Document]:
    process = get_editable(request, slug, "documents.manage")
    rows = Document.objects.select_related("process", "part_of", "superseded_by", "meeting")
    return process, get_object_or_404(rows, process=process, pk=pk)


def _called(document: Document) -> str:
    return document.symbol or str(document)


def _page(
    process: Process,
    heading: str,
    row: Document | None = None,
    template: str = FORM,
    **more: object,
) -> FormPage:
    """Return a page on a paper: saving leads to it, and leaving it as it is too."""
    to = reverse("documents:papers", args=[process.slug])
    if row is not None:
        to = reverse("documents:paper", args=[process.slug, row.pk])
    shown = {"runs": True, **more}
    return FormPage(process, "papers", heading, row, to=to, template=template, more=shown)


def _answer_new(
    request: Request, page: FormPage, form: PaperForm, save: Callable[[], Document]
) -> HttpResponse:
    """Show ``form``; when it is sent, ``save`` and lead to the new paper, which lacks its files."""
    return answer_form(
        request,
        page.template,
        form,
        page.context(),
        save=save,
        to=page.list_url,
        address_of=lambda saved: reverse("documents:paper", args=[page.process.slug, saved.pk]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def paper_add(request: Request, slug: str) -> HttpResponse:
    """Let the process have a paper; ``series`` says from which its symbol is proposed."""
    process = get_editable(request, slug, "documents.manage")
    series = process.symbol_series.all()
    letters = request.GET.get("series")
    chosen = next((each for each in series if each.letters == letters), None) or series.first()
    year = timezone.localdate().year
    symbol = propose_symbol(chosen, year) if chosen else ""
    form = PaperForm(request.POST or None, process=process, symbol=symbol)
    page = _page(process, _("Add a paper"), None, "documents/add.html", series=series)
    return _answer_new(
        request,
        page,
        form,
        lambda: add_paper(process=process, facts=form.facts(), by=request.user),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def part_add(request: Request, slug: str, pk: int, part: str) -> HttpResponse:
    """Let a paper have a revision, an addendum or a corrigendum."""
    process, row = _find(request, slug, pk)
    if part not in PaperPart.values:
        raise Http404
    kind = PaperPart(part)
    symbol, number = symbol_of_part(row, kind)
    given = {
        "title": row.title,
        "kind": row.kind,
        "meeting": row.meeting,
        "of_body": row.of_body,
        "audience": row.audience,
        "body": row.body,
        "named_parties": list(row.named_parties.all()),
        "named_process": row.named_process,
    }
    form = PaperForm(request.POST or None, process=process, symbol=symbol, initial=given)
    page = _page(process, str(PARTS[kind]), row)
    return _answer_new(
        request,
        page,
        form,
        lambda: add_paper(
            process=process,
            facts=form.facts(),
            by=request.user,
            part_of=row,
            part=kind,
            part_number=number,
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change what is said of a paper; beside it stand its files and what can be done to it."""
    process, row = _find(request, slug, pk)
    form = PaperForm(request.POST or None, process=process, row=row)
    more = {"paper": read_paper(row, request.user), "parts": PARTS.items()}
    page = _page(process, _called(row), row, "documents/paper.html", **more)
    return page.answer(
        request,
        form,
        lambda: change_paper(
            document=row, facts=form.facts(), version=form.seen_version, by=request.user
        ),
    )


@require_POST
def paper_publish(request: Request, slug: str, pk: int) -> HttpResponse:
    """Publish a paper as the secretariat saw it."""
    process, row = _find(request, slug, pk)
    page = _page(process, _called(row), row)
    return page.answer_change(
        request,
        lambda version: publish_paper(document=row, version=version, by=request.user),
        _("“%(name)s” is published.") % {"name": _called(row)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def paper_withdraw(request: Request, slug: str, pk: int) -> HttpResponse:
    """Withdraw a paper, for a reason that its page says."""
    process, row = _find(request, slug, pk)
    form = ReasonForm(request.POST or None, process=process, row=row)
    page = _page(process, _("Withdraw: %(paper)s") % {"paper": _called(row)}, row)
    return page.answer(
        request,
        form,
        lambda: withdraw_paper(
            document=row, **form.shown(), version=form.seen_version, by=request.user
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def paper_supersede(request: Request, slug: str, pk: int) -> HttpResponse:
    """Say which paper took the place of this one."""
    process, row = _find(request, slug, pk)
    others = Document.objects.filter(process=process).exclude(pk=pk).latest_first()
    form = SupersedeForm(request.POST or None, process=process, row=row, others=others)
    page = _page(process, _("What takes the place of %(paper)s") % {"paper": _called(row)}, row)
    return page.answer(
        request,
        form,
        lambda: supersede_paper(
            document=row,
            newer=form.cleaned_data["superseded_by"],
            version=form.seen_version,
            by=request.user,
        ),
    )


@require_safe
def paper_history(request: Request, slug: str, pk: int) -> HttpResponse:
    """Show who changed what of a paper and its files, latest first."""
    process, row = _find(request, slug, pk)
    events = history_of(row, *row.versions.all()).select_related("content_type")
    page = Paginator(events, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "process": process,
        "part": "papers",
        "runs": True,
        "row": row,
        "heading": _called(row),
        "page": page,
        "entries": read_history(page),
    }
    return render_page(request, "documents/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def version_add(request: Request, slug: str, pk: int) -> HttpResponse:
    """Let a paper have a file in a language."""
    process, row = _find(request, slug, pk)
    form = VersionForm(request.POST or None, request.FILES or None, process=process)
    page = _page(process, _("Add a file to %(paper)s") % {"paper": _called(row)}, row)
    return page.answer(request, form, lambda: _keep(request, row, form))


def _keep(request: Request, row: Document, form: VersionForm) -> models.Model:
    upload, name = form.cleaned_data["file"], str(form.cleaned_data["file"].name)[-200:]
    try:
        stored = keep_file(stream=upload, name=name, by=request.user, allowed=FORMS)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error
    add_version(
        document=row,
        language=form.cleaned_data["language"],
        status=form.cleaned_data["status"],
        stored=stored,
        name=name,
        by=request.user,
    )
    return row


@require_POST
def version_remove(request: Request, slug: str, pk: int, version: int) -> HttpResponse:
    """Take a file from a paper."""
    process, row = _find(request, slug, pk)
    held = get_object_or_404(LanguageVersion.objects.select_related("document__process"),
                             document=row, pk=version)  # fmt: skip
    page = _page(process, held.download_name, row)
    return page.answer_removal(
        request, lambda seen: remove_version(version=held, seen=seen, by=request.user)
    )
