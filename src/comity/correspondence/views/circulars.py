"""The pages on which the secretariat writes a circular note, looks at it, and sends it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.audit.queries import history_of, read_history
from comity.calls.queries.protocol import read_protocol
from comity.calls.reminders.recipients import people_asked
from comity.correspondence.circular_files import (
    FORMS,
    circular_pdf,
    circular_word,
    file_name,
)
from comity.correspondence.forms import CircularForm, FileForm
from comity.correspondence.models import Circular, Enclosure, Note
from comity.correspondence.numbers import next_circular
from comity.correspondence.queries import addressees
from comity.correspondence.services import (
    change_circular,
    discard_circular,
    enclose,
    prepare_circular,
    send_circular,
    take_out,
)
from comity.correspondence.views.finding import file_answer
from comity.processes.models import Process
from comity.processes.views.editing import FormPage, get_editable
from comity.store.content import DOCX, PDF
from comity.store.services import keep_file
from comity.ui.requests import Request
from comity.ui.responses import render_page

PAGE_SIZE = 50
KEPT = "correspondence.keep"
MOST_BYTES = 8 * 1024 * 1024
FORM = "correspondence/note_form.html"


@require_safe
def circulars(request: Request, slug: str) -> HttpResponse:
    """List the circular notes of a process, latest first."""
    process = get_editable(request, slug, KEPT)
    page = Paginator(Circular.objects.filter(process=process), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    return render_page(request, "correspondence/circulars.html", {"process": process, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def circular_add(request: Request, slug: str) -> HttpResponse:
    """Write a circular note; its number is suggested."""
    process = get_editable(request, slug, KEPT)
    today = timezone.localdate()
    initial = {"number": next_circular(process, today.year), "dated": today}
    form = CircularForm(request.POST or None, process=process, initial=initial)
    page = _form_page(process, _("Write a circular note"))
    return page.answer(
        request,
        form,
        lambda: prepare_circular(process=process, facts=form.facts(), by=request.user),
    )


@require_safe
def circular(request: Request, slug: str, pk: int) -> HttpResponse:
    """Show a circular note as it will go out or went, and to whom."""
    row = _get(request, slug, pk)
    return _show(request, row)


@require_http_methods(["GET", "HEAD", "POST"])
def circular_change(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change a circular note that is not sent."""
    row = _get(request, slug, pk)
    form = CircularForm(request.POST or None, process=row.process, row=row)
    page = _form_page(row.process, str(row), row)
    return page.answer(
        request,
        form,
        lambda: change_circular(
            circular=row, facts=form.facts(), version=form.seen_version, by=request.user
        ),
    )


@require_POST
def circular_send(request: Request, slug: str, pk: int) -> HttpResponse:
    """Send a circular note, and register it."""
    row = _get(request, slug, pk)
    page = _form_page(row.process, str(row), row)
    return page.answer_change(
        request,
        lambda version: send_circular(circular=row, version=version, by=request.user),
        _("The note is sent and in the register."),
    )


@require_POST
def circular_discard(request: Request, slug: str, pk: int) -> HttpResponse:
    """Discard a circular note that was never sent."""
    row = _get(request, slug, pk)
    return _form_page(row.process, str(row), row, to_list=True).answer_removal(
        request,
        lambda version: discard_circular(circular=row, version=version, by=request.user),
    )


@require_POST
def circular_enclose(request: Request, slug: str, pk: int) -> HttpResponse:
    """Enclose a file."""
    row = _get(request, slug, pk)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        name = str(upload.name)[-200:]
        try:
            kept = keep_file(stream=upload, name=name, by=request.user, most_bytes=MOST_BYTES)
            enclose(circular=row, file=kept, name=name, by=request.user)
        except ValidationError as error:
            form.add_error("file", error.messages)
        else:
            messages.success(request, _("“%(name)s” is enclosed.") % {"name": name})
            return redirect(row)
    return _show(request, row, form, status=422)


@require_POST
def circular_take_out(request: Request, slug: str, pk: int, enclosure: int) -> HttpResponse:
    """Take an enclosed file out."""
    row = _get(request, slug, pk)
    enclosed = get_object_or_404(row.enclosures, pk=enclosure)
    page = _form_page(row.process, str(row), row)
    return page.answer_change(
        request, lambda _version: take_out(enclosure=enclosed, by=request.user)
    )


@require_safe
def circular_file(
    request: Request, slug: str, pk: int, language: str, form: str
) -> HttpResponseBase:
    """Hand out a circular note in one of its languages, in Word or as PDF."""
    row = _get(request, slug, pk)
    if language not in row.text or form not in FORMS:
        raise Http404
    make, kind = (circular_pdf, PDF) if form == "pdf" else (circular_word, DOCX)
    answer = HttpResponse(make(row, language), content_type=kind.media_type)
    name = file_name(row, language, form)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
def enclosure_file(request: Request, slug: str, pk: int) -> HttpResponseBase:
    """Hand out a file that went out with a note to who may read the note."""
    today = timezone.localdate()
    kept = Circular.objects.visible_to(request.user, today).values("pk")
    read = Note.objects.visible_to(request.user, today).values("pk")
    rows = Enclosure.objects.filter(
        Q(circular__in=kept) | Q(circular__note__in=read), circular__process__slug=slug
    )
    row = get_object_or_404(rows.select_related("file"), pk=pk)
    return file_answer(row.file, row.name)


def _show(
    request: Request, row: Circular, form: FileForm | None = None, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    protocol = read_protocol(row.process_id, today)
    parties = addressees(row, today)
    reached = people_asked({(row.process_id, party.pk) for party in parties}, today)
    listed = [
        (
            protocol.place(party.pk, str(party)),
            protocol.called(party.pk, str(party)),
            len(reached.get((row.process_id, party.pk), [])),
        )
        for party in parties
    ]
    context = {
        "process": row.process,
        "row": row,
        "languages": sorted(row.text),
        "texts": [(code, row.subject[code], row.text[code]) for code in sorted(row.text)],
        "parties": [(name, people) for _place, name, people in sorted(listed)],
        "enclosures": row.enclosures.all(),
        "form": form or FileForm(),
        "entries": read_history(history_of(row)),
    }
    return render_page(request, "correspondence/circular.html", context, status=status)


def _form_page(
    process: Process, heading: str, row: Circular | None = None, *, to_list: bool = False
) -> FormPage:
    listed = reverse("correspondence:circulars", args=[process.slug])
    to = row.get_absolute_url() if row and not to_list else listed
    return FormPage(process, "", heading, row, to=to, back=to, template=FORM)


def _get(request: Request, slug: str, pk: int) -> Circular:
    rows = Circular.objects.visible_to(request.user, timezone.localdate())
    rows = rows.filter(process__slug=slug).select_related("process", "note", "call")
    return get_object_or_404(rows, pk=pk)
