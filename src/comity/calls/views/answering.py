"""The pages on which a party drafts its answer, clears it and sends it: nobody else finds them."""

from collections.abc import Callable, Mapping

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.accounts.models import User
from comity.calls.answer_forms import AnswerForm
from comity.calls.kinds import kinds
from comity.calls.models import Reply, Submission, Way
from comity.calls.queries.answers import Answer, read_answer
from comity.calls.services import (
    confirm_answer,
    save_entries,
    send_reply,
    withdraw_reply,
)
from comity.calls.services.replying import DraftConflict
from comity.parties.models.parties import name_today
from comity.store.content import TYPES
from comity.store.responses import serve_file
from comity.ui.requests import Request
from comity.ui.responses import render_page


class ClearForm(forms.Form):
    """What is sent with an answer, and the versions of the draft that were read."""

    note = forms.CharField(
        label=gettext_lazy("Note to the secretariat"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    seen = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)
    way = forms.ChoiceField(
        choices=[(Way.ONLINE, ""), (Way.WORKBOOK, "")], widget=forms.HiddenInput
    )

    def versions(self) -> dict[str, int]:
        """Return the version of each entry that was read; what is not said was not read."""
        pairs = (each.rpartition("=") for each in self.cleaned_data["seen"].split("&"))
        return {key: int(version) for key, _sign, version in pairs if version.isdecimal()}


def get_own_reply(request: Request, pk: int, code: str) -> Reply:
    """Return the reply of the reader's own party; to all others there is no such page."""
    own = Reply.objects.of(request.user, timezone.localdate())
    found = own.select_related("call__process", "party")
    return get_object_or_404(found, call=pk, party__code=code)


def address_of(reply: Reply, page: str = "answer", *args: object) -> str:
    """Return the address of a page about ``reply``."""
    return reverse(f"calls:{page}", args=[reply.call_id, reply.party.code, *args])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, pk: int, code: str) -> HttpResponse:
    """Show what is asked of a party with its draft; save what a colleague writes there."""
    reply, found = _read(request, pk, code)
    if request.method != "POST":
        return _show(request, found, _form(request, found))
    if not found.may_write:
        raise PermissionDenied
    form = _form(request, found)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    try:
        written = save_entries(
            reply=reply,
            values=form.values(),
            seen=form.versions,
            by=request.user,
            ministry=form.ministry_chosen(),
        )
    except ValidationError as error:
        form.refuse(error)
        return _show(request, _read(request, pk, code)[1], form, status=422)
    if "clear" in request.POST and found.may_clear:
        return redirect(address_of(reply, "answer_clear"))
    if written:
        messages.success(request, _("The draft is saved. Nobody outside your party sees it."))
    else:
        messages.info(request, _("You changed nothing: the draft stays as it is."))
    return redirect(address_of(reply))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_clear(request: Request, pk: int, code: str) -> HttpResponse:
    """Show the whole answer as it would be sent; send it, cleared for the party."""
    reply, found = _read(request, pk, code)
    if not found.may_clear:
        raise PermissionDenied
    came = Way.WORKBOOK if request.GET.get("way") == Way.WORKBOOK else Way.ONLINE
    shown = {"seen": _seen(found), "way": came}
    if request.method != "POST":
        return _show_summary(request, found, ClearForm(initial=shown))
    form = ClearForm(request.POST)
    if not form.is_valid():
        return _show_summary(request, found, form, status=422)
    try:
        send_reply(
            reply=reply,
            seen=form.versions(),
            by=request.user,
            way=Way(form.cleaned_data["way"]),
            note=form.cleaned_data["note"],
        )
    except DraftConflict as conflict:
        changed = [entry.key for entry in conflict.entries]
        again = ClearForm(initial=form.cleaned_data | {"seen": shown["seen"]})
        return _show_summary(request, found, again, status=422, changed=changed)
    except ValidationError as error:
        again = ClearForm(initial=form.cleaned_data | {"seen": shown["seen"]})
        problems = [] if hasattr(error, "error_dict") else error.messages
        return _show_summary(request, found, again, status=422, problems=problems)
    party = name_today(reply.party_id)
    messages.success(request, _("The answer of %(party)s is sent.") % {"party": party})
    return redirect(address_of(reply))


@login_required
@require_POST
def answer_withdraw(request: Request, pk: int, code: str) -> HttpResponse:
    """Take back what was sent and nobody has decided on."""
    reply, _found = _read(request, pk, code)
    return _do(
        request,
        reply,
        lambda: withdraw_reply(reply=reply, by=request.user),
        _("The answer is taken back. Your draft is as you left it."),
    )


@login_required
@require_POST
def answer_confirm(request: Request, pk: int, code: str, sent: int) -> HttpResponse:
    """Say for the party that what the secretariat recorded is what it answered."""
    reply, _found = _read(request, pk, code)
    submission = _own_submission(request, reply, sent)
    return _do(
        request,
        reply,
        lambda: confirm_answer(submission=submission, by=request.user),
        _("Confirmed: this is what your party answered."),
    )


@login_required
@require_safe
def answer_scan(request: Request, pk: int, code: str, sent: int) -> HttpResponseBase:
    """Hand the party the file that was kept with what was recorded for it."""
    submission = _own_submission(request, get_own_reply(request, pk, code), sent)
    if submission.scan is None:
        raise Http404
    endings = {kind.media_type: kind.endings[0] for kind in TYPES}
    name = f"{code}-{pk}-{sent}.{endings[submission.scan.media_type]}"
    return serve_file(submission.scan, name=name)


def _own_submission(request: Request, reply: Reply, number: int) -> Submission:
    visible = Submission.objects.visible_to(request.user, timezone.localdate())
    found = get_object_or_404(visible.select_related("scan"), reply=reply, number=number)
    found.reply = reply
    return found


def _do(request: Request, reply: Reply, change: Callable[[], object], words: str) -> HttpResponse:
    """Do what a button asks for and lead back; or show the page with what it runs into."""
    try:
        change()
    except ValidationError as error:
        found = _read(request, reply.call_id, reply.party.code)[1]
        problems = {"problems": error.messages}
        return _show(request, found, _form(request, found, sent=False), problems, status=422)
    messages.success(request, words)
    return redirect(address_of(reply))


def _read(request: Request, pk: int, code: str) -> tuple[Reply, Answer]:
    reply = get_own_reply(request, pk, code)
    assert isinstance(request.user, User)
    return reply, read_answer(reply, request.user, timezone.now())


def _form(request: Request, found: Answer, *, sent: bool = True) -> AnswerForm:
    return AnswerForm(
        request.POST if sent and request.method == "POST" else None,
        asked=found.asked,
        entries=found.entries,
        ministries=found.ministries,
        ministry=found.ministry,
    )


def _seen(found: Answer) -> str:
    return "&".join(f"{key}={entry.version}" for key, entry in found.entries.items())


def _about(found: Answer) -> dict[str, object]:
    reply = found.reply
    return {
        "answer": found,
        "reply": reply,
        "call": reply.call,
        "process": reply.call.process,
        "party": name_today(reply.party_id),
    }


def _show(
    request: Request,
    found: Answer,
    form: AnswerForm,
    more: Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    call = found.reply.call
    kind, drafted = kinds[call.kind], list(zip(form.rows(), found.drafted, strict=True))
    context = {
        **_about(found),
        "form": form,
        "drafted": drafted,
        **kind.answer_context(call, drafted),
        **(more or {}),
    }
    return render_page(request, kind.answer_template, context, status=status)


def _show_summary(
    request: Request,
    found: Answer,
    form: ClearForm,
    *,
    status: int = 200,
    changed: list[str] | None = None,
    problems: list[str] | None = None,
) -> HttpResponse:
    context = {
        **_about(found),
        "form": form,
        "changed": changed or [],
        "missing": found.missing(),
        "problems": problems,
    }
    return render_page(request, "calls/answer_clear.html", context, status=status)
