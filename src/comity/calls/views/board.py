"""The pages on which calls are read: the list, one call, the boards, answers and history."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from comity.accounts.authority import may
from comity.calls.kinds import kinds
from comity.calls.models import CallState, Question
from comity.calls.queries.board import (
    call_table,
    process_table,
    read_call_board,
    read_process_board,
)
from comity.calls.queries.calls import (
    asked_in_words,
    call_lines,
    calls_in_order,
    lists_calls,
)
from comity.calls.queries.own import own_replies
from comity.calls.queries.released import (
    answers_table,
    read_answers,
    released_answers,
    side_by_side,
)
from comity.calls.queries.told import events_of_call, read_events
from comity.calls.views.finding import get_run, get_visible, process_of
from comity.processes.models import Process
from comity.ui.pieces import Download
from comity.ui.requests import Request
from comity.ui.responses import render_page
from comity.ui.table_files import FORMS, TableFile, table_file

PAGE_SIZE = 50
ROWS_OF_A_BOARD = 200


@require_safe
def calls(request: Request, slug: str) -> HttpResponse:
    """List what a process asks: open first by due, then what is over."""
    process = get_object_or_404(Process, slug=slug)
    today = timezone.localdate()
    if not lists_calls(request.user, process, today):
        raise Http404
    found = calls_in_order(request.user, process, today)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "process": process,
        "page": page,
        "lines": call_lines(request.user, page, today),
        "runs": may(request.user, "processes.run", process),
        "knows_board": _knows_boards(request, process),
    }
    return render_page(request, "calls/list.html", context)


@require_safe
def call(request: Request, pk: int) -> HttpResponse:
    """Show one call: to the secretariat to run it, to others what each may see of it."""
    found = get_visible(request, pk)
    now = timezone.now()
    today = timezone.localdate(now)
    runs = may(request.user, "calls.run", found)
    issued = found.state != CallState.PREPARED
    board = None
    if issued and (runs or may(request.user, "calls.read_board", found)):
        board = read_call_board(found, today, now, with_people=runs)
    context = {
        "call": found,
        "process": process_of(found),
        "kind": kinds[found.kind].title,
        "asked_words": asked_in_words(found),
        "questions": Question.objects.filter(call=found),
        "runs": runs,
        "issued": issued,
        "board": board,
        "lines": _paged(request, board.lines) if board else None,
        "own": own_replies(found, request.user, now),
        "has_answers": released_answers(found, request.user, today).exists(),
        "board_files": _files("calls:call_file", found.pk),
    }
    return render_page(request, "calls/call.html", context)


@require_safe
def call_file(request: Request, pk: int, form: str) -> HttpResponseBase:
    """Hand out the board of one call."""
    found = get_visible(request, pk)
    if form not in FORMS or not may(request.user, "calls.read_board", found):
        raise Http404
    now, runs = timezone.now(), may(request.user, "calls.run", found)
    board = read_call_board(found, timezone.localdate(now), now, with_people=runs)
    return _privately(call_table(found, board, with_people=runs), form)


@require_safe
def board(request: Request, slug: str) -> HttpResponse:
    """Show who has answered which open call of a process."""
    process = _get_known(request, slug)
    now = timezone.now()
    found = read_process_board(process, request.user, timezone.localdate(now), now)
    context = {
        "process": process,
        "board": found,
        "page": _paged(request, found.rows),
        "files": _files("calls:board_file", slug),
        "on": now,
        "runs": may(request.user, "processes.run", process),
    }
    return render_page(request, "calls/board.html", context)


@require_safe
def board_file(request: Request, slug: str, form: str) -> HttpResponseBase:
    """Hand out who has answered which open call of a process."""
    process = _get_known(request, slug)
    if form not in FORMS:
        raise Http404
    now = timezone.now()
    found = read_process_board(process, request.user, timezone.localdate(now), now)
    return _privately(process_table(process, found), form)


@require_safe
def answers(request: Request, pk: int) -> HttpResponse:
    """Show the answers that were released, question by question, side by side."""
    found = get_visible(request, pk)
    read = read_answers(found, request.user, timezone.localdate())
    if not read:
        raise Http404
    context = {
        "call": found,
        "process": process_of(found),
        "answers": read,
        "columns": side_by_side(read),
        "files": _files("calls:answers_file", found.pk),
    }
    return render_page(request, "calls/answers.html", context)


@require_safe
def answers_file(request: Request, pk: int, form: str) -> HttpResponseBase:
    """Hand out the answers that were released."""
    found = get_visible(request, pk)
    read = read_answers(found, request.user, timezone.localdate())
    if not read or form not in FORMS:
        raise Http404
    return _privately(answers_table(found, read), form)


@require_safe
def history(request: Request, pk: int) -> HttpResponse:
    """Show who did what with a call and its replies; never what a State does in its draft."""
    found = get_run(request, pk)
    page = Paginator(events_of_call(found), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "call": found,
        "process": process_of(found),
        "page": page,
        "entries": read_events(page),
    }
    return render_page(request, "calls/history.html", context)


def _knows_boards(request: Request, process: Process) -> bool:
    """Whether the reader may know who has answered what this process asks."""
    return may(request.user, "calls.read_boards", process)


def _get_known(request: Request, slug: str) -> Process:
    process = get_object_or_404(Process, slug=slug)
    if not _knows_boards(request, process):
        raise Http404
    return process


def _paged(request: Request, rows: Sequence[Any]) -> "Page[Any]":
    return Paginator(rows, ROWS_OF_A_BOARD).get_page(request.GET.get("page"))


def _files(address: str, of: object) -> list[Download]:
    return [Download(label, reverse(address, args=[of, form])) for form, label in FORMS.items()]


def _privately(table: TableFile, form: str) -> HttpResponseBase:
    """Hand out a table that no cache may keep."""
    response = table_file(table, form)
    response["Cache-Control"] = "private, no-store"
    return response
