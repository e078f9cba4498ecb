"""The pages of reminders: when they leave, what waits for a word, and one sent by hand."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comity.accounts.authority import may
from comity.calls.forms.reminders import PlanForm
from comity.calls.models import CallState, ReminderPlan, ReminderRound
from comity.calls.reminders.planning import plan_of
from comity.calls.reminders.queries import preview_of, reminders_of, rounds_waiting
from comity.calls.reminders.services import (
    PlanFacts,
    drop_round,
    let_leave,
    remind_by_hand,
    remindable,
    set_plan,
)
from comity.calls.views.finding import answer, get_run, press, process_of
from comity.processes.models import Process
from comity.ui.requests import Request
from comity.ui.responses import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: Request, slug: str) -> HttpResponse:
    """Show what waits for the reader's word; the secretariat says here when reminders leave."""
    process = get_object_or_404(Process, slug=slug)
    runs = may(request.user, "processes.run", process)
    if not runs and (request.method == "POST" or not _presides(request, process)):
        raise Http404
    plan = plan_of(process)
    row = plan if plan.pk else None
    names = vars(PlanFacts())
    form = PlanForm(
        request.POST or None,
        process=process,
        row=row,
        initial={name: getattr(plan, name) for name in names},
    )
    context = {
        "process": process,
        "runs": runs,
        "plan": plan,
        "rounds": rounds_waiting(process, request.user, timezone.localdate()),
    }
    here = reverse("calls:reminders", args=[slug])
    return answer(
        request,
        form,
        context,
        save=lambda: _set(process, form, row, request),
        to=here,
        template="calls/reminders.html",
    )


@require_POST
def round_decide(request: Request, slug: str, pk: int) -> HttpResponse:
    """Let a round of reminders go, or say that it does not leave."""
    visible = ReminderRound.objects.visible_to(request.user, timezone.localdate())
    rows = visible.filter(call__process__slug=slug).select_related("call__process")
    row = get_object_or_404(rows, pk=pk)
    decide, words = (
        (let_leave, _("The reminder leaves with the next mail of the day."))
        if request.POST.get("leaves") == "yes"
        else (drop_round, _("The reminder does not leave."))
    )
    return press(
        request,
        row.call,
        lambda version: decide(row=row, version=version, by=request.user),
        words,
        to=reverse("calls:reminders", args=[slug]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def call_reminders(request: Request, pk: int) -> HttpResponse:
    """Show which reminder left when; one to all who have not answered is previewed and sent."""
    call = get_run(request, pk)
    if call.state == CallState.PREPARED:
        raise Http404
    here, now = reverse("calls:call_reminders", args=[pk]), timezone.now()
    problems: list[str] = []
    if request.method == "POST":
        try:
            remind_by_hand(call=call, by=request.user, now=now)
        except ValidationError as error:
            problems = error.messages
        else:
            messages.success(request, _("The reminder is sent."))
            return redirect(here)
    today = timezone.localdate(now)
    replies = remindable(call, now) if call.state == CallState.OPEN else []
    context = {
        "call": call,
        "process": process_of(call),
        "heading": _("Reminders"),
        "rows": reminders_of(call, today),
        "remindable": {reply.pk for reply in replies},
        "previews": preview_of(replies, today),
        "problems": problems,
    }
    status = 422 if problems else 200
    return render_page(request, "calls/call_reminders.html", context, status=status)


def _set(
    process: Process, form: PlanForm, row: ReminderPlan | None, request: Request
) -> ReminderPlan:
    version = form.seen_version if row else 0
    return set_plan(process=process, facts=form.facts(), version=version, by=request.user)


def _presides(request: Request, process: Process) -> bool:
    return may(request.user, "calls.decide_in", process)
