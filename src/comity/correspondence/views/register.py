"""The pages of the register: its list, its files, a note with its exchange and history."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.accounts.authority import Actor, may
from comity.audit.queries import history_of, read_history
from comity.correspondence.exports import register_table
from comity.correspondence.forms import NoteForm, NumbersForm
from comity.correspondence.models import Direction, Note
from comity.correspondence.numbers import next_number, number_plan
from comity.correspondence.queries import chain_of, lines_of, read_register
from comity.correspondence.services import (
    NoteFacts,
    Scan,
    change_note,
    register_note,
    set_numbers,
)
from comity.correspondence.views.finding import file_answer, filter_form, query_of
from comity.processes.models import Process
from comity.processes.views.editing import FormPage, get_editable
from comity.store.services import keep_file
from comity.ui.pieces import Download
from comity.ui.requests import Request
from comity.ui.responses import render_page
from comity.ui.table_files import FORMS, table_file

PAGE_SIZE = 50
SCANS = {"pdf", "png", "jpg", "jpeg", "docx"}
FORM = "correspondence/note_form.html"


@require_safe
def register(request: Request, slug: str) -> HttpResponse:
    """List the notes that the reader may see, filtered."""
    process, keeps = _read_or_404(request, slug)
    today, reader = timezone.localdate(), request.user
    form = filter_form(request, process, keeps=keeps)
    notes = read_register(process, form.wanted(), reader, today)
    page = Paginator(notes, PAGE_SIZE).get_page(request.GET.get("page"))
    files = reverse("correspondence:register", args=[slug])
    context = {
        "process": process,
        "form": form,
        "page": page,
        "lines": lines_of(page, process, reader, today, keeps=keeps),
        "keeps": keeps,
        "downloads": [
            Download(label, f"{files}register.{form_}{query_of(request)}")
            for form_, label in FORMS.items()
        ],
    }
    return render_page(request, "correspondence/register.html", context)


@require_safe
def register_file(request: Request, slug: str, form: str) -> HttpResponseBase:
    """Hand out what the list shows, whole, as a table."""
    process, keeps = _read_or_404(request, slug)
    if form not in FORMS:
        raise Http404
    today, wanted = timezone.localdate(), filter_form(request, process, keeps=keeps).wanted()
    notes = read_register(process, wanted, request.user, today)
    lines = lines_of(notes, process, request.user, today, keeps=keeps)
    return table_file(register_table(lines, process), form)


@require_http_methods(["GET", "HEAD", "POST"])
def note_add(request: Request, slug: str, direction: str) -> HttpResponse:
    """Enter a note that was received or sent; its number is suggested."""
    process = get_editable(request, slug, "correspondence.keep")
    if direction not in Direction.values:
        raise Http404
    way, today = Direction(direction), timezone.localdate()
    initial = {
        "number": next_number(process, way, today.year),
        "dated": today.isoformat(),
        "answers": request.GET.get("answers", ""),
    }
    form = NoteForm(
        request.POST or None,
        request.FILES or None,
        process=process,
        direction=way,
        initial=initial,
    )
    heading = _("Enter a note received") if way == Direction.IN else _("Enter a note sent")
    page = _page(process, heading)
    return page.answer(
        request,
        form,
        lambda: register_note(process=process, facts=_facts(form, request.user), by=request.user),
    )


@require_safe
def note(request: Request, slug: str, pk: int) -> HttpResponse:
    """Show a note with the exchange to which it belongs; its history to the secretariat."""
    row = _get(request, slug, pk)
    process, today = row.process, timezone.localdate()
    assert process is not None
    keeps = may(request.user, "correspondence.keep", process)
    circular = getattr(row, "circular", None)
    context = {
        "process": process,
        "row": row,
        "line": lines_of([row], process, request.user, today, keeps=keeps)[0],
        "chain": chain_of(row, request.user, today),
        "enclosures": circular.enclosures.all() if circular else [],
        "keeps": keeps,
        "answer_direction": Direction.OUT if row.direction == Direction.IN else Direction.IN,
        "entries": read_history(history_of(row)) if keeps else [],
    }
    return render_page(request, "correspondence/note.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def note_change(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change what the register says of a note."""
    process = get_editable(request, slug, "correspondence.keep")
    row = _get(request, slug, pk)
    form = NoteForm(
        request.POST or None,
        request.FILES or None,
        process=process,
        row=row,
        direction=Direction(row.direction),
    )
    page = _page(process, str(row), row)
    return page.answer(
        request,
        form,
        lambda: change_note(
            note=row,
            facts=_facts(form, request.user),
            version=form.seen_version,
            by=request.user,
        ),
    )


@require_safe
def note_scan(request: Request, slug: str, pk: int) -> HttpResponseBase:
    """Hand out the scan of a note to who may read the note."""
    row = _get(request, slug, pk)
    if row.scan is None:
        raise Http404
    return file_answer(row.scan, row.scan_name)


@require_http_methods(["GET", "HEAD", "POST"])
def numbers(request: Request, slug: str) -> HttpResponse:
    """Set by which series notes are numbered."""
    process = get_editable(request, slug, "correspondence.keep")
    plan = number_plan(process)
    row = plan if plan.pk else None
    names = ("received", "sent", "circular")
    initial = {name: getattr(plan, name) for name in names}
    form = NumbersForm(request.POST or None, process=process, row=row, initial=initial)
    page = _page(process, _("Numbers of notes"))
    return page.answer(
        request,
        form,
        lambda: set_numbers(
            process=process,
            **form.shown(),
            version=form.seen_version if row else 0,
            by=request.user,
        ),
    )


def _read_or_404(request: Request, slug: str) -> tuple[Process, bool]:
    """Return the process, and whether the reader keeps its register or only reads in it."""
    process = get_object_or_404(Process, slug=slug)
    keeps = may(request.user, "correspondence.keep", process)
    if not keeps and not may(request.user, "correspondence.read", process):
        raise Http404
    return process, keeps


def _page(process: Process, heading: str, row: Note | None = None) -> FormPage:
    to = reverse("correspondence:register", args=[process.slug])
    back = row.get_absolute_url() if row else to
    return FormPage(process, "", heading, row, to=to, back=back, template=FORM)


def _facts(form: NoteForm, by: Actor) -> NoteFacts:
    """Return what was typed, with the scan kept before the transaction that refers to it."""
    upload = form.cleaned_data["scan"]
    if upload is None:
        return form.facts(None)
    name = str(upload.name)[-200:]
    try:
        return form.facts(Scan(keep_file(stream=upload, name=name, by=by, allowed=SCANS), name))
    except ValidationError as error:
        raise ValidationError({"scan": error.messages}) from error


def _get(request: Request, slug: str, pk: int) -> Note:
    visible = Note.objects.visible_to(request.user, timezone.localdate())
    rows = visible.filter(process__slug=slug).select_related("process", "scan", "call", "circular")
    return get_object_or_404(rows, pk=pk)
