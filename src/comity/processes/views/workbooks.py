"""What every page does on which a workbook is fetched, sent back, looked at and taken over."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.accounts.models import User
from comity.office.models import WAITS_FOR, WaitingWorkbook
from comity.office.plans import Plan, RefusedError, StepKind, carry_out, rehearse
from comity.office.waiting import forget_waiting, keep_waiting
from comity.office.workbook_writing import write_workbook
from comity.office.workbooks import Workbook
from comity.processes.models import Process
from comity.processes.views.editing import get_editable
from comity.processes.workbooks import KIND, participants_workbook, plan_participants
from comity.store.services import open_file
from comity.ui.pieces import Download
from comity.ui.requests import Request
from comity.ui.responses import render_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Planning = Callable[[IO[bytes], str, str], Plan]


class WorkbookForm(forms.Form):
    """The workbook that was filled in."""

    workbook = forms.FileField(
        label=gettext_lazy("Workbook"), widget=forms.FileInput({"accept": ".xlsx"})
    )


class TakingOverForm(forms.Form):
    """Where the changes of a workbook come from."""

    grounds = forms.CharField(
        label=gettext_lazy("source of these changes"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "A document and its paragraph, or a note. The page says it beside each fact changed."
        ),
    )


@dataclass(frozen=True)
class WorkbookPage:
    """A page on which a workbook about ``subject`` comes back; saving leads to ``list_url``.

    ``plan`` reads a workbook, and does nothing yet. ``address`` is that of the page on which one
    is confirmed. With ``asks_grounds`` that page asks where the changes come from.
    """

    process: Process
    subject: str
    template: str
    heading: str
    part: str
    list_url: str
    send_url: str
    address: Callable[[uuid.UUID], str]
    plan: Planning
    files: list[Download]
    asks_grounds: bool = False
    more: Mapping[str, object] = field(default_factory=dict)

    def answer_sending(self, request: Request) -> HttpResponse:
        """Take a workbook that was filled in; lead to what it would change, or say why not."""
        if request.method != "POST":
            return self._show(request, {"form": WorkbookForm()})
        form = WorkbookForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(request, {"form": form}, 422)
        assert isinstance(request.user, User)
        upload = form.cleaned_data["workbook"]
        try:
            waiting = keep_waiting(upload=upload, subject=self.subject, by=request.user)
        except ValidationError as error:
            form.add_error("workbook", error)
            return self._show(request, {"form": form}, 422)
        plan = rehearse(self._read(waiting))
        if plan.problems:
            forget_waiting(waiting=waiting, by=request.user)
            return self._show(request, {"form": WorkbookForm(), "problems": plan.problems}, 422)
        return redirect(self.address(waiting.token))

    def answer_confirming(self, request: Request, token: uuid.UUID) -> HttpResponse:
        """Show what a workbook would change; when that is confirmed, do all of it or nothing."""
        mine = WaitingWorkbook.objects.visible_to(request.user, timezone.now())
        found = mine.filter(subject=self.subject).select_related("file")
        waiting = get_object_or_404(found, token=token)
        if request.method == "POST" and "discard" in request.POST:
            forget_waiting(waiting=waiting, by=request.user)
            messages.success(request, _("The workbook is discarded. Nothing was changed."))
            return redirect(self.send_url)
        form = TakingOverForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            return self._take_over(request, waiting, form.cleaned_data["grounds"])
        plan = self._read(waiting)  # it was rehearsed when it came
        if plan.problems:
            forget_waiting(waiting=waiting, by=request.user)
            return self._show(request, {"form": WorkbookForm(), "problems": plan.problems})
        until = timezone.localtime(waiting.sent_at + WAITS_FOR)
        confirming = form if self.asks_grounds else None
        context = {"plan": plan, "waiting": waiting, "until": until, "confirming": confirming}
        return self._show(request, context, 422 if form.is_bound else 200)

    def _take_over(self, request: Request, waiting: WaitingWorkbook, grounds: str) -> HttpResponse:
        try:
            with transaction.atomic():
                mine = WaitingWorkbook.objects.select_for_update(of=("self",))
                if not mine.filter(pk=waiting.pk).exists():
                    return redirect(self.list_url)  # it was confirmed twice: the first did it
                with open_file(waiting.file) as stream:
                    plan = carry_out(self.plan(stream, waiting.name, grounds))
                forget_waiting(waiting=waiting, by=request.user)
        except RefusedError as refused:
            forget_waiting(waiting=waiting, by=request.user)
            problems = refused.plan.problems
            return self._show(request, {"form": WorkbookForm(), "problems": problems}, 422)
        done = {kind: sum(step.kind == kind for step in plan.steps) for kind in StepKind}
        words = _(
            "The workbook is taken over: %(added)d added, %(changed)d changed, %(ended)d ended."
        )
        messages.success(request, words % done)
        return redirect(self.list_url)

    def _read(self, waiting: WaitingWorkbook) -> Plan:
        try:
            with open_file(waiting.file) as stream:
                return self.plan(stream, waiting.name, "")
        except FileNotFoundError as error:  # taken over while this page was asked for
            raise Http404 from error

    def _show(
        self, request: Request, context: Mapping[str, object], status: int = 200
    ) -> HttpResponse:
        about = {
            "process": self.process,
            "part": self.part,
            "heading": self.heading,
            "files": self.files,
            "back": self.list_url,
            "send_url": self.send_url,
        }
        answer = render_page(
            request, self.template, {**about, **self.more, **context}, status=status
        )
        answer["Cache-Control"] = "private, no-store"
        return answer


def workbook_file(workbook: Workbook, name: str) -> HttpResponse:
    """Hand out a workbook in the reader's language; nobody keeps a copy on the way."""
    content = write_workbook(workbook, get_language() or "en")
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def participants_fetch(request: Request, slug: str) -> HttpResponse:
    """Hand the participants out as a workbook that can be sent back."""
    process, today = get_editable(request, slug), timezone.localdate()
    workbook = participants_workbook(process, today)
    return workbook_file(workbook, f"{slug}-participants-{today.isoformat()}")


@require_http_methods(["GET", "HEAD", "POST"])
def participants_send(request: Request, slug: str) -> HttpResponse:
    """Take back a workbook of the participants."""
    return _of_participants(request, slug).answer_sending(request)


@require_http_methods(["GET", "HEAD", "POST"])
def participants_confirm(request: Request, slug: str, token: uuid.UUID) -> HttpResponse:
    """Show what a workbook of the participants would change, and do it."""
    return _of_participants(request, slug).answer_confirming(request, token)


def _of_participants(request: Request, slug: str) -> WorkbookPage:
    process = get_editable(request, slug)
    return WorkbookPage(
        process=process,
        subject=f"{KIND}:{process.slug}",
        template="processes/workbook.html",
        heading=_("Participants in a workbook"),
        part="participants",
        list_url=reverse("processes:participants", args=[slug]),
        send_url=reverse("processes:participants_send", args=[slug]),
        address=lambda token: reverse("processes:participants_confirm", args=[slug, token]),
        plan=lambda stream, name, grounds: plan_participants(
            process, stream, name=name, by=request.user, grounds=grounds
        ),
        files=[Download("Excel", reverse("processes:participants_fetch", args=[slug]))],
        asks_grounds=True,
    )
