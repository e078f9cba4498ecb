"""The pages on which a State answers in Word, and a draft is taken along and brought back."""

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.accounts.authority import may
from comity.accounts.models import User
from comity.calls.kinds import fields_of
from comity.calls.models import Reply
from comity.consultation.asking import KIND
from comity.consultation.forms import FileForm
from comity.consultation.models import Checkout, Consultation, WaitingAnswer
from comity.consultation.permissions import process_of
from comity.consultation.queries import draft_of
from comity.consultation.services.taking_along import (
    bring_back,
    check_out,
    give_up_checkout,
    is_as_it_left,
    read_return,
    take_over_return,
)
from comity.consultation.services.word_answers import (
    drop_waiting_answer,
    keep_waiting_answer,
    take_waiting_answer,
)
from comity.consultation.views.finding import get_drafted
from comity.consultation.word_files import along_file, answer_file, read_along, read_answer
from comity.core.languages import language_name
from comity.parties.models.parties import name_today
from comity.texts.differing import differing
from comity.texts.word_package import MOST_BYTES
from comity.ui.requests import Request
from comity.ui.responses import render_page

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@login_required
@require_safe
def answer_word(request: Request, pk: int, code: str, language: str) -> HttpResponse:
    """Hand a State the text in Word, to answer in with tracked changes and comments."""
    reply, consultation, _reader = _own(request, pk, code)
    if language not in consultation.revision.text.languages:
        raise Http404
    return _file(answer_file(reply, language), f"consultation-{pk}-{code}-{language}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_sent(request: Request, pk: int, code: str) -> HttpResponse:
    """Take a Word file back, show what it proposes, and keep that in the draft of its State."""
    reply, consultation, reader = _own(request, pk, code)
    if not may(reader, "calls.write", reply):
        raise PermissionDenied
    waiting = WaitingAnswer.objects.filter(reply=reply, sent_by=reader).first()
    here = reverse("consultation:answer_sent", args=[pk, code])
    if request.method != "POST":
        return _show_answer(request, reply, consultation, waiting)
    try:
        if "keep" in request.POST and waiting:
            waiting.reply = reply
            take_waiting_answer(waiting=waiting, by=reader)
            messages.success(request, _("The draft is saved. Nobody outside your party sees it."))
            return redirect(reverse("calls:answer", args=[pk, code]))
        if "drop" in request.POST and waiting:
            waiting.reply = reply
            drop_waiting_answer(waiting=waiting, by=reader)
            messages.success(request, _("The file is discarded. Nothing was changed."))
            return redirect(here)
        content, name = _upload(request)
        values = read_answer(content, reply, name)
        keep_waiting_answer(reply=reply, values=values, by=reader)
    except ValidationError as error:
        return _show_answer(request, reply, consultation, waiting, error.messages)
    return redirect(here)


@login_required
@require_POST
def take_along(request: Request, slug: str) -> HttpResponse:
    """Take the draft along in one language."""
    text, reader = get_drafted(request, slug)
    draft = draft_of(text)
    if draft is None:
        messages.error(request, _("No draft is written now."))
        return redirect(reverse("consultation:room", args=[slug]))
    language = request.POST.get("language", "")
    try:
        checkout = check_out(revision=draft, language=language, by=reader)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return redirect(reverse("consultation:room", args=[slug]))
    return redirect(reverse("consultation:along", args=[slug, checkout.pk]))


@login_required
@require_safe
def along_word(request: Request, slug: str, pk: int) -> HttpResponse:
    """Hand out the file that is taken along."""
    checkout, _reader = _checkout(request, slug, pk)
    if not is_as_it_left(checkout):
        words = _("The draft was changed since: give this up, and take it along again.")
        return _show_along(request, checkout, [words])
    return _file(along_file(checkout), f"{slug}-{checkout.language}-{pk}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def along(request: Request, slug: str, pk: int) -> HttpResponse:
    """Bring back what was taken along, look at what was changed on both sides, take it over."""
    checkout, reader = _checkout(request, slug, pk)
    room = reverse("consultation:room", args=[slug])
    if request.method != "POST":
        return _show_along(request, checkout)
    try:
        if "give_up" in request.POST:
            give_up_checkout(checkout=checkout, by=reader)
            return redirect(room)
        if "take_over" in request.POST:
            mark = request.POST.get("mark", "")
            chosen = _chosen(checkout, request.POST)
            take_over_return(checkout=checkout, chosen=chosen, mark=mark, by=reader)
            messages.success(request, _("What was changed is in the draft."))
            return redirect(room)
        content, name = _upload(request)
        brought = read_along(content, checkout, name)
        bring_back(checkout=checkout, brought=brought, by=reader)
    except ValidationError as error:
        return _show_along(request, checkout, error.messages)
    return redirect(reverse("consultation:along", args=[slug, pk]))


def _chosen(checkout: Checkout, given: Mapping[str, str]) -> dict[int, str | None]:
    """Return what was chosen for each paragraph that was changed on both sides."""
    chosen: dict[int, str | None] = {}
    for each in read_return(checkout).on_both_sides:
        match given.get(f"p{each.paragraph}", ""):
            case "file":
                chosen[each.paragraph] = each.file
            case "here":
                chosen[each.paragraph] = each.here
    return chosen


def _upload(request: Request) -> tuple[bytes, str]:
    """Return what was sent, and how its sender calls it."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        raise ValidationError(_("Choose the Word file first."))
    upload = form.cleaned_data["file"]
    # One byte more than is taken shows that there is more.
    return upload.read(MOST_BYTES + 1), str(upload.name)


def _own(request: Request, pk: int, code: str) -> tuple[Reply, Consultation, User]:
    """Return the reply of the reader's own party to a consultation; others find no such page."""
    own = Reply.objects.of(request.user, timezone.localdate())
    found = own.select_related("call__process", "party")
    reply = get_object_or_404(found, call=pk, party__code=code, call__kind=KIND)
    consultations = Consultation.objects.select_related("revision__text__document")
    assert isinstance(request.user, User)
    return reply, get_object_or_404(consultations, call=pk), request.user


def _checkout(request: Request, slug: str, pk: int) -> tuple[Checkout, User]:
    text, reader = get_drafted(request, slug)
    rows = Checkout.objects.select_related("revision__text__document__process")
    return get_object_or_404(rows, pk=pk, revision__text=text), reader


def _show_answer(
    request: Request,
    reply: Reply,
    consultation: Consultation,
    waiting: WaitingAnswer | None,
    problems: list[str] | None = None,
) -> HttpResponse:
    values = waiting.values["values"] if waiting else {}
    fields = fields_of(reply.call, reply.party) if waiting else {}
    text = consultation.revision.text
    context = {
        "reply": reply,
        "call": reply.call,
        "process": reply.call.process,
        "party": name_today(reply.party_id),
        "heading": _("Answer in Word"),
        "languages": [(code, language_name(code)) for code in text.in_order],
        "waiting": waiting,
        "lines": [
            (fields[key].label, _("yes") if value is True else value)
            for key, value in values.items()
            if key in fields and key != "language"
        ],
        "form": FileForm(),
        "problems": problems or [],
    }
    status = 422 if problems else 200
    return render_page(request, "consultation/answer_word.html", context, status=status)


def _show_along(
    request: Request, checkout: Checkout, problems: list[str] | None = None
) -> HttpResponse:
    found = read_return(checkout) if checkout.brought else None
    differences = [
        (
            each,
            differing(each.base or "", each.file or ""),
            differing(each.base or "", each.here or ""),
        )
        for each in (found.differences if found else [])
    ]
    text = checkout.revision.text
    context = {
        "text": text,
        "document": text.document,
        "process": process_of(text),
        "heading": _("Taken along in %(language)s")
        % {"language": language_name(checkout.language)},
        "checkout": checkout,
        "found": found,
        "differences": differences,
        "form": FileForm(),
        "problems": problems or [],
    }
    status = 422 if problems else 200
    return render_page(request, "consultation/along.html", context, status=status)


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    response["Cache-Control"] = "private, no-store"
    return response
