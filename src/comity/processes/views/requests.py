"""The pages on which members ask something of the secretariat, and it answers."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.accounts.authority import may
from comity.audit.queries import history_of, read_history
from comity.core.addresses import whole_address
from comity.parties.models.parties import name_of, name_today
from comity.processes.forms import AnswerForm, AskForm, ReceivedForm
from comity.processes.models import Process, RequestState
from comity.processes.models import Request as Asked
from comity.processes.permissions import asking_parties
from comity.processes.services import (
    answer_request,
    ask_secretariat,
    receive_request,
    withdraw_request,
)
from comity.processes.views.editing import FormPage, get_editable
from comity.ui.requests import Request
from comity.ui.responses import render_page

PAGE_SIZE = 50
OUTSIDE = "processes/request_form.html"


def _read_or_404(request: Request, slug: str) -> tuple[Process, bool]:
    """Return the process, and whether its secretariat asks; others who take part may ask too."""
    process = get_object_or_404(Process, slug=slug)
    runs = may(request.user, "processes.run", process)
    if not runs and not may(request.user, "processes.ask", process):
        raise Http404
    return process, runs


@require_safe
def requests(request: Request, slug: str) -> HttpResponse:
    """List what the secretariat was asked: all of it to the secretariat, their own to others."""
    process, runs = _read_or_404(request, slug)
    today = timezone.localdate()
    visible = process.requests.visible_to(request.user, today)
    listed = visible.annotate(party_name=name_of("party", today)).select_related("meeting")
    page = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    may_ask = may(request.user, "processes.ask", process)
    context = {"process": process, "page": page, "runs": runs, "may_ask": may_ask}
    return render_page(request, "processes/requests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def request_ask(request: Request, slug: str) -> HttpResponse:
    """Ask something of the secretariat, for one of the parties that one belongs to."""
    process = get_editable(request, slug, "processes.ask")
    today = timezone.localdate()
    parties = asking_parties(request.user, process, today).with_name(today)
    form = AskForm(request.POST or None, process=process, parties=parties)
    page = FormPage(process, "requests", _("Ask the secretariat"), template=OUTSIDE)
    return page.answer(
        request,
        form,
        lambda: ask_secretariat(
            process=process, **form.shown(), by=request.user, site=whole_address("")
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def request_add(request: Request, slug: str) -> HttpResponse:
    """Keep what the secretariat was asked by mail, by telephone or in the room."""
    process = get_editable(request, slug, "processes.run")
    initial = {"asked": timezone.localdate().isoformat()}
    form = ReceivedForm(request.POST or None, process=process, initial=initial)
    page = FormPage(process, "requests", _("Record a request"), template=OUTSIDE)
    return page.answer(
        request, form, lambda: receive_request(process=process, facts=form.facts(), by=request.user)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def request_detail(request: Request, slug: str, pk: int) -> HttpResponse:
    """Show a request with what became of it and its history; the secretariat answers it here.

    A party reads what it asked also when it takes part no more: it was told of the answer.
    """
    process = get_object_or_404(Process, slug=slug)
    runs = may(request.user, "processes.run", process)
    today = timezone.localdate()
    visible = process.requests.visible_to(request.user, today).select_related("meeting")
    row = get_object_or_404(visible, pk=pk)
    if request.method == "POST" and not runs:
        raise PermissionDenied
    form = AnswerForm(request.POST or None, process=process, row=row)
    asker = name_today(row.party_id) if row.party_id else _("Somebody")
    reads_list = runs or may(request.user, "processes.ask", process)
    page = FormPage(
        process,
        "requests",
        _("%(party)s asks") % {"party": asker},
        row,
        to=reverse("processes:request", args=[slug, pk]),
        back=reverse("processes:requests", args=[slug])
        if reads_list
        else reverse("processes:requests_across"),
        template="processes/request.html",
        more={
            "runs": runs and row.state != RequestState.WITHDRAWN,
            "may_withdraw": not row.is_closed
            and may(request.user, "processes.withdraw_request", row),
            "entries": read_history(history_of(row)),
        },
    )
    return page.answer(request, form, lambda: _answer(request, row, form))


def _answer(request: Request, row: Asked, form: AnswerForm) -> Asked:
    typed, seen = form.shown(), form.seen_version
    return answer_request(
        request=row, **typed, version=seen, by=request.user, site=whole_address("")
    )


@require_POST
def request_withdraw(request: Request, slug: str, pk: int) -> HttpResponse:
    """Take back what one's party asked."""
    process, _runs = _read_or_404(request, slug)
    visible = process.requests.visible_to(request.user, timezone.localdate())
    row = get_object_or_404(visible, pk=pk)
    to = reverse("processes:request", args=[slug, pk])
    page = FormPage(process, "requests", str(row), row, to=to, template=OUTSIDE)
    return page.answer_change(
        request,
        lambda version: withdraw_request(
            request=row, version=version, by=request.user, site=whole_address("")
        ),
        _("The request is withdrawn."),
    )
