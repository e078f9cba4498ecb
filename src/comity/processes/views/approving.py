"""What the pages of approved lists and maps share: having one in force, ending, discarding it."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpResponse
from django.utils.translation import gettext as _

from comity.processes.forms.approved import ApproveForm, EndForm
from comity.processes.models import ApprovedList, ApprovedMap
from comity.processes.services.approvals import end_approved
from comity.processes.views.editing import FormPage
from comity.ui.requests import Request

Approvable = TypeVar("Approvable", ApprovedList, ApprovedMap)


def answer_approval(
    request: Request, row: Approvable, heading: str, approve: Callable[..., Approvable]
) -> HttpResponse:
    """Ask from which day on what was prepared is followed, and ``approve`` it."""
    form = ApproveForm(request.POST or None, process=row.process, row=row)
    page = FormPage(
        row.process,
        "approved",
        heading,
        row,
        back=row.get_absolute_url(),
        more={"button": _("Have it in force")},
    )
    return page.answer(
        request,
        form,
        lambda: approve(prepared=row, **form.shown(), version=form.seen_version, by=request.user),
    )


def answer_end(request: Request, row: Approvable, heading: str) -> HttpResponse:
    """Ask on which day what is in force is followed for the last time, and end it."""
    form = EndForm(request.POST or None, process=row.process, row=row)
    page = FormPage(row.process, "approved", heading, row)
    return page.answer(
        request,
        form,
        lambda: end_approved(
            approved=row, **form.shown(), version=form.seen_version, by=request.user
        ),
    )


def answer_discarding(
    request: Request, row: Approvable, discard: Callable[..., object]
) -> HttpResponse:
    """Remove what was never approved."""
    page = FormPage(row.process, "approved", str(row), row)
    return page.answer_removal(
        request, lambda version: discard(prepared=row, version=version, by=request.user)
    )
