"""The pages on elements: of a text, of a process, one by one, and how they are cut and kept."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.accounts.authority import may
from comity.core.addresses import whole_address
from comity.core.translated import text_in
from comity.elements.exports import elements_feed, elements_table
from comity.elements.forms import CutForm, ElementForm, StatusForm
from comity.elements.models import Adoption, AdoptionState, Element, ElementStatus
from comity.elements.queries.elements import (
    count_words,
    positions_on,
    read_elements,
    shortened,
    texts_with_elements,
)
from comity.elements.queries.threads import links_of
from comity.elements.services import change_element, change_status, cut_elements
from comity.elements.views.finding import find_element, find_text, process_of
from comity.processes.models import Process
from comity.texts.models import Revision, RevisionState
from comity.ui.answering import answer_form
from comity.ui.pieces import Download
from comity.ui.requests import Request
from comity.ui.responses import refuse, render_page
from comity.ui.table_files import FORMS, table_file

PAGE_SIZE = 100


@require_safe
def of_text(request: Request, slug: str) -> HttpResponse:
    """List the elements of one text, with what States say of the text as a whole."""
    text, today = find_text(request, slug), timezone.localdate()
    rows = read_elements(Element.objects.filter(text=text), today)
    files = [
        Download(label, reverse("elements:text_file", args=[slug, form]))
        for form, label in FORMS.items()
    ]
    adopted = Adoption.objects.filter(text=text, state=AdoptionState.ADOPTED).first()
    can_cut = may(request.user, "elements.cut", text)
    context = {
        "text": text,
        "document": text.document,
        "process": process_of(text),
        "rows": rows,
        "counts": count_words(rows),
        "files": files,
        "adopted": adopted,
        "positions": positions_on(text.pk, None, today),
        "can_cut": can_cut,
        "can_take_position": adopted is not None and request.user.is_authenticated,
    }
    return render_page(request, "elements/text.html", context)


@require_safe
def text_file(request: Request, slug: str, form: str) -> HttpResponseBase:
    """Hand out the elements of one text as a table."""
    text = find_text(request, slug)
    _refuse_unknown(form)
    rows = read_elements(Element.objects.filter(text=text), timezone.localdate())
    return table_file(elements_table(f"{slug}-elements", _("Elements"), rows), form)


@require_safe
def of_process(request: Request, slug: str) -> HttpResponse:
    """List the elements of all texts of a process that the reader may see."""
    process, today = get_object_or_404(Process, slug=slug), timezone.localdate()
    status = request.GET.get("status", "")
    found = texts_with_elements(request.user, process.pk, today)
    if status in ElementStatus.values:
        found = found.filter(status=status)
    files = [
        Download(label, reverse("elements:process_file", args=[slug, form]))
        for form, label in FORMS.items()
    ]
    files.append(Download("Atom", reverse("elements:feed", args=[slug])))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    chosen = found.filter(pk__in=[each.pk for each in page])
    context = {
        "process": process,
        "page": page,
        "rows": read_elements(chosen, today),
        "files": files,
        "statuses": ElementStatus.choices,
        "status": status,
    }
    return render_page(request, "elements/process.html", context, partial="results")


@require_safe
def process_file(request: Request, slug: str, form: str) -> HttpResponseBase:
    """Hand out the elements of a process as a table."""
    process, today = get_object_or_404(Process, slug=slug), timezone.localdate()
    _refuse_unknown(form)
    rows = read_elements(texts_with_elements(request.user, process.pk, today), today)
    return table_file(elements_table(f"{slug}-elements", _("Elements"), rows), form)


@require_safe
def feed(request: Request, slug: str) -> HttpResponse:
    """Hand out the latest elements of a process to feed programs."""
    process, today = get_object_or_404(Process, slug=slug), timezone.localdate()
    rows = read_elements(texts_with_elements(request.user, process.pk, today), today)
    content = elements_feed(process, rows, request.path)
    return HttpResponse(content, content_type="application/atom+xml")


@require_safe
def element(request: Request, slug: str, number: str) -> HttpResponse:
    """Show one element: its words, what it asks, how it stands, what goes on with it."""
    found, today = find_element(request, slug, number), timezone.localdate()
    row = read_elements(Element.objects.filter(pk=found.pk), today)[0]
    older = found.continues_id and read_elements(
        Element.objects.visible_to(request.user, today).filter(pk=found.continues_id), today
    )
    context = {
        "row": row,
        "document": found.text.document,
        "process": process_of(found.text),
        "older": older,
        "links": links_of([found], request.user, today).get(found.pk, []),
        "steps": found.steps.order_by("-on", "-pk"),
        "positions": positions_on(found.text_id, found.paragraph_id, today),
        "can_edit": may(request.user, "elements.edit", found),
        "permanent": whole_address(found.get_absolute_url()),
    }
    return render_page(request, "elements/element.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def element_edit(request: Request, slug: str, number: str) -> HttpResponse:
    """Say what an element asks, of whom and until when, and what it continues."""
    row = find_element(request, slug, number, "elements.edit")
    process = process_of(row.text)
    form = ElementForm(request.POST or None, process=process, row=row)
    return answer_form(
        request,
        "elements/form.html",
        form,
        {"heading": _called(row), "process": process, "document": row.text.document},
        save=lambda: change_element(
            element=row, facts=form.facts(), version=form.seen_version, by=request.user
        ),
        to=row.get_absolute_url(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def element_status(request: Request, slug: str, number: str) -> HttpResponse:
    """Say to which status an element came, when and why."""
    row = find_element(request, slug, number, "elements.edit")
    form = StatusForm(request.POST or None, row=row)
    return answer_form(
        request,
        "elements/form.html",
        form,
        {"heading": _called(row), "process": process_of(row.text), "document": row.text.document},
        save=lambda: change_status(
            element=row,
            status=ElementStatus(form.cleaned_data["status"]),
            on=form.cleaned_data["on"],
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
            by=request.user,
        ),
        to=row.get_absolute_url(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cut(request: Request, slug: str) -> HttpResponse:
    """Cut an adopted text into elements, as proposed or corrected."""
    text = find_text(request, slug, "elements.cut")
    revisions = Revision.objects.filter(text=text, state=RevisionState.FINAL)
    revision = revisions.order_by(F("number").desc()).first()
    context: dict[str, object] = {
        "document": text.document,
        "process": process_of(text),
        "heading": _("Cut the text into elements"),
    }
    if revision is None:
        return render_page(request, "elements/cut.html", context)
    form = CutForm(request.POST or None, revision=revision, process=process_of(text))
    return _answer_cut(request, form, revision, context, slug)


def _answer_cut(
    request: Request, form: CutForm, revision: Revision, context: dict[str, object], slug: str
) -> HttpResponse:
    """Show what is proposed; when it is confirmed, cut."""
    shown = {**context, "form": form}
    if request.method != "POST":
        return render_page(request, "elements/cut.html", shown)
    if not form.is_valid():
        return refuse(request, "elements/cut.html", shown)
    try:
        cut_elements(revision=revision, cuts=form.cuts(), by=request.user)
    except ValidationError as error:
        return refuse(request, "elements/cut.html", shown, problems=error.messages)
    return redirect("elements:text", slug)


def _refuse_unknown(form: str) -> None:
    if form not in FORMS:
        raise Http404


def _called(element: Element) -> str:
    return f"{element.number} – {shortened(text_in(element.words))}"
