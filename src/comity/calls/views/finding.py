"""What every page of calls does: find the call, show the page around a form."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import may
from comity.calls.forms.calls import ConfirmForm
from comity.calls.models import Call, Reply
from comity.calls.queries.protocol import read_protocol
from comity.parties.models.parties import name_today
from comity.processes.models import Process
from comity.ui.answering import answer_form
from comity.ui.forms import VersionedForm
from comity.ui.requests import Request
from comity.ui.responses import render_page

Saved = TypeVar("Saved")
FORM = "calls/form.html"


def get_visible(request: Request, pk: int) -> Call:
    """Return the call of that address among those that the reader may see."""
    today = timezone.localdate()
    visible = Call.objects.visible_to(request.user, today)
    return get_object_or_404(visible.select_related("process", "asked_body", "body"), pk=pk)


def get_run(request: Request, pk: int) -> Call:
    """Return the call of that address; whoever does not run it finds no such page."""
    call = get_visible(request, pk)
    if not may(request.user, "calls.run", call):
        raise Http404
    return call


def get_reply(request: Request, pk: int, party: str) -> Reply:
    """Return the reply of a party to a call that the reader runs."""
    call = get_run(request, pk)
    reply = get_object_or_404(call.replies.select_related("party"), party__code=party)
    reply.call = call
    return reply


def process_of(call: Call) -> Process:
    """Return the process that asks: a constraint of the table says that there is one."""
    assert call.process is not None
    return call.process


def name_in(call: Call, party: int) -> str:
    """Return what the process calls a party today."""
    protocol = read_protocol(process_of(call).pk, timezone.localdate())
    return protocol.called(party, name_today(party))


def address(call: Call) -> str:
    """Return where the call stands."""
    return reverse("calls:call", args=[call.pk])


def around(call: Call, heading: str, **more: object) -> dict[str, object]:
    """Return what a page of editing around ``call`` shows."""
    return {"call": call, "process": process_of(call), "heading": heading, **more}


def answer(
    request: Request,
    form: VersionedForm,
    context: Mapping[str, object],
    *,
    save: Callable[[], Saved],
    to: str,
    template: str = FORM,
    address_of: Callable[[Saved], str] | None = None,
) -> HttpResponse:
    """Show a page with one form; when it is sent, ``save`` and lead ``to`` the page it is about."""
    return answer_form(request, template, form, context, save=save, to=to, address_of=address_of)


def press(
    request: Request,
    call: Call,
    change: Callable[[int], object],
    words: str,
    *,
    to: str = "",
    heading: str = "",
) -> HttpResponse:
    """Do what a button does to what its reader saw, say ``words``, or say why not."""
    to = to or address(call)
    form = ConfirmForm(request.POST, process=process_of(call), row=call)
    seen = form.seen_version if form.is_valid() else 0
    try:
        change(seen)
    except ValidationError as error:
        context = around(call, heading or str(call), problems=error.messages, back=to)
        return render_page(request, "calls/refused.html", context, status=422)
    messages.success(request, words or _("This is saved."))
    return redirect(to)
