"""The pages on which a secretariat prepares a call, opens it, and runs it until it is closed."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comity.calls.forms.calls import (
    AskMoreForm,
    CallForm,
    ConfirmForm,
    ExtendForm,
    ReopenCallForm,
    WithdrawForm,
)
from comity.calls.models import Call, CallState
from comity.calls.queries.preview import read_preview
from comity.calls.services import (
    ask_more,
    change_call,
    close_call,
    discard_call,
    extend_call,
    open_call,
    prepare_call,
    reopen_call,
    withdraw_call,
)
from comity.calls.views.finding import address, answer, around, get_run, press, process_of
from comity.processes.forms.rows import RowForm
from comity.processes.views.editing import get_editable
from comity.ui.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request, slug: str) -> HttpResponse:
    """Prepare a call; its questions follow on its page."""
    process = get_editable(request, slug, "processes.run")
    form = CallForm(request.POST or None, process=process)
    return answer(
        request,
        form,
        {"process": process, "heading": _("Prepare a call")},
        save=lambda: prepare_call(process=process, facts=form.facts(), by=request.user),
        to=reverse("calls:list", args=[slug]),
        address_of=address,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a call that is being prepared."""
    call = get_run(request, pk)
    form = CallForm(request.POST or None, process=process_of(call), row=call)
    return answer(
        request,
        form,
        around(call, _("Change: %(name)s") % {"name": call}),
        save=lambda: change_call(
            call=call, facts=form.facts(), version=form.seen_version, by=request.user
        ),
        to=address(call),
    )


@require_POST
def discard(request: Request, pk: int) -> HttpResponse:
    """Throw away a call that was never opened."""
    call = get_run(request, pk)
    return press(
        request,
        call,
        lambda version: discard_call(call=call, version=version, by=request.user),
        _("The call is discarded."),
        to=reverse("calls:list", args=[process_of(call).slug]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: Request, pk: int) -> HttpResponse:
    """Show what those who are asked will see, and who that is; the button asks them."""
    call = get_run(request, pk)
    if call.state != CallState.PREPARED:
        return redirect(address(call))
    form = ConfirmForm(request.POST or None, process=process_of(call), row=call)
    context = around(
        call,
        _("Before it is opened"),
        preview=read_preview(call, timezone.localdate()),
        button=_("Open the call"),
    )
    return answer(
        request,
        form,
        context,
        save=lambda: open_call(call=call, version=form.seen_version, by=request.user),
        to=address(call),
        template="calls/opening.html",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: Request, pk: int) -> HttpResponse:
    """Give all who are asked more time."""
    call = get_run(request, pk)
    form = ExtendForm(request.POST or None, process=process_of(call), row=call)
    return _step(
        request,
        call,
        form,
        _("More time for all"),
        lambda: extend_call(call=call, **form.shown(), version=form.seen_version, by=request.user),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: Request, pk: int) -> HttpResponse:
    """Close a call: the page says what follows."""
    call = get_run(request, pk)
    form = ConfirmForm(request.POST or None, process=process_of(call), row=call)
    at_close = _(
        "After this, answers are taken only from who was given more time. What was accepted "
        "is released now, where the call says so."
    )
    return _step(
        request,
        call,
        form,
        _("Close the call"),
        lambda: close_call(call=call, version=form.seen_version, by=request.user),
        note=at_close,
        button=_("Close the call"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: Request, pk: int) -> HttpResponse:
    """Open a closed call again, until a day."""
    call = get_run(request, pk)
    form = ReopenCallForm(request.POST or None, process=process_of(call), row=call)
    return _step(
        request,
        call,
        form,
        _("Open the call again"),
        lambda: reopen_call(call=call, **form.shown(), version=form.seen_version, by=request.user),
        note=_("What was released stays released."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Ask nothing any more, for a reason."""
    call = get_run(request, pk)
    form = WithdrawForm(request.POST or None, process=process_of(call), row=call)
    return _step(
        request,
        call,
        form,
        _("Withdraw the call"),
        lambda: withdraw_call(
            call=call, **form.shown(), version=form.seen_version, by=request.user
        ),
        note=_("What was sent and is not decided goes back to who sent it."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, pk: int) -> HttpResponse:
    """Ask more parties by an open call."""
    call = get_run(request, pk)
    form = AskMoreForm(request.POST or None, process=process_of(call))
    return _step(
        request,
        call,
        form,
        _("Ask others too"),
        lambda: ask_more(call=call, parties=form.cleaned_data["parties"], by=request.user),
    )


def _step(
    request: Request,
    call: Call,
    form: RowForm,
    heading: str,
    save: Callable[[], object],
    *,
    note: str = "",
    button: str = "",
) -> HttpResponse:
    """Show the page of one step of a call, and take it."""
    context = around(call, heading, note=note, button=button)
    return answer(request, form, context, save=save, to=address(call))
