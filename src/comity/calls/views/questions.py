"""The pages on which the questions of a call are written, while it is being prepared."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comity.calls.forms.questions import QuestionForm
from comity.calls.kinds import QUESTIONS
from comity.calls.models import Call, CallState, Question
from comity.calls.services import (
    add_question,
    change_question,
    move_question,
    remove_question,
)
from comity.calls.views.finding import address, answer, around, get_run, press, process_of
from comity.ui.requests import Request


def _get_prepared(request: Request, pk: int) -> Call:
    """Return a call whose questions may still be changed; once it is opened, there is no page."""
    call = get_run(request, pk)
    if call.state != CallState.PREPARED or call.kind != QUESTIONS:
        raise Http404
    return call


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request, pk: int) -> HttpResponse:
    """Add a question after the last."""
    call = _get_prepared(request, pk)
    form = QuestionForm(request.POST or None, process=process_of(call))
    last = call.questions.last()
    order = last.order + 1 if last else 1
    return answer(
        request,
        form,
        around(call, _("Add a question")),
        save=lambda: add_question(call=call, facts=form.facts(order), by=request.user),
        to=_list_of(call),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int, question: int) -> HttpResponse:
    """Change a question; below it can be removed."""
    call = _get_prepared(request, pk)
    row = get_object_or_404(call.questions, pk=question)
    form = QuestionForm(request.POST or None, process=process_of(call), row=row)
    remove_url = reverse("calls:question_remove", args=[call.pk, row.pk])
    return answer(
        request,
        form,
        around(call, _("Change a question"), row=row, remove_url=remove_url),
        save=lambda: change_question(
            question=row, facts=form.facts(row.order), version=form.seen_version, by=request.user
        ),
        to=_list_of(call),
    )


@require_POST
def remove(request: Request, pk: int, question: int) -> HttpResponse:
    """Take a question out."""
    call = _get_prepared(request, pk)
    row: Question = get_object_or_404(call.questions, pk=question)
    return press(
        request,
        call,
        lambda version: remove_question(question=row, version=version, by=request.user),
        _("The question is removed."),
        to=_list_of(call),
    )


@require_POST
def move(request: Request, pk: int, question: int) -> HttpResponse:
    """Move a question one place up or down."""
    call = _get_prepared(request, pk)
    row: Question = get_object_or_404(call.questions, pk=question)
    places = 1 if request.POST.get("to") == "down" else -1
    return press(
        request,
        call,
        lambda _version: move_question(question=row, places=places, by=request.user),
        _("The question is moved."),
        to=_list_of(call),
    )


def _list_of(call: Call) -> str:
    return f"{address(call)}#questions"
