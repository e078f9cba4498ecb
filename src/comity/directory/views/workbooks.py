"""The pages on which the people of a process are fetched as a workbook, and taken back."""

import uuid

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.directory.forms import WantedForm
from comity.directory.queries import parties_of
from comity.directory.views.people import get_process
from comity.directory.workbooks import KIND, people_workbook, plan_people
from comity.processes.models import Process
from comity.processes.views.workbooks import WorkbookPage, workbook_file
from comity.ui.requests import Request

RUN = "processes.run"


@require_safe
def people_fetch(request: Request, slug: str) -> HttpResponse:
    """Hand out the people of a process, of one party or of one network, as a workbook."""
    process, today = get_process(request, slug, RUN), timezone.localdate()
    form = _choice(process, request)
    workbook = people_workbook(process, today, form.wanted(), request.user)
    return workbook_file(workbook, f"{slug}-people-{today.isoformat()}")


@require_http_methods(["GET", "HEAD", "POST"])
def people_send(request: Request, slug: str) -> HttpResponse:
    """Take back a workbook of people."""
    return _of_people(request, slug).answer_sending(request)


@require_http_methods(["GET", "HEAD", "POST"])
def people_confirm(request: Request, slug: str, token: uuid.UUID) -> HttpResponse:
    """Show what a workbook of people would change, and do it."""
    return _of_people(request, slug).answer_confirming(request, token)


def _of_people(request: Request, slug: str) -> WorkbookPage:
    process = get_process(request, slug, RUN)
    return WorkbookPage(
        process=process,
        subject=f"{KIND}:{process.slug}",
        template="directory/workbook.html",
        heading=_("People in a workbook"),
        part="people",
        list_url=reverse("directory:directory", args=[slug]),
        send_url=reverse("directory:people_send", args=[slug]),
        address=lambda token: reverse("directory:people_confirm", args=[slug, token]),
        plan=lambda stream, name, _grounds: plan_people(
            process, stream, name=name, by=request.user
        ),
        files=[],
        more={
            "choosing": _choice(process, request),
            "fetch_url": reverse("directory:people_fetch", args=[slug]),
        },
    )


def _choice(process: Process, request: Request) -> WantedForm:
    today = timezone.localdate()
    named = parties_of(process, today, request.user).with_name(today)
    parties = [(party.code, str(party)) for party in named]
    form = WantedForm(request.GET, parties=parties, networks=process.networks.all())
    form.is_valid()
    return form
