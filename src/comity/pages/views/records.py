"""The pages about meetings, documents, studies and projects."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comity.accounts.authority import may
from comity.documents.models import Document
from comity.documents.queries import read_paper
from comity.library.models import Study
from comity.pages.queries import lists, records
from comity.processes.models import Meeting, Process
from comity.projects.models import Project
from comity.texts.models import Text
from comity.ui.requests import Request
from comity.ui.responses import render_page


def _show(request: Request, record: records.Record, kind: str, all_url: str) -> HttpResponse:
    context = {"record": record, "all_label": kind, "all_url": all_url}
    return render_page(request, "pages/record.html", context)


def _list(request: Request, listing: lists.Listing) -> HttpResponse:
    return render_page(request, "pages/list.html", {"listing": listing}, partial="results")


def _asked(request: Request) -> lists.Asked:
    slug = request.GET.get("process")
    process = get_object_or_404(Process, slug=slug) if slug else None
    return lists.Asked(request.GET.get("page"), process)


@require_safe
def meeting_list(request: Request) -> HttpResponse:
    """List the meetings of all processes."""
    return _list(request, lists.list_meetings(_asked(request)))


@require_safe
def meeting_detail(request: Request, slug: str) -> HttpResponse:
    """Show one meeting."""
    found = Meeting.objects.select_related("process", "series", "country")
    meeting = get_object_or_404(found, slug=slug)
    record = records.read_meeting(meeting, request.user)
    return _show(request, record, _("Meetings"), "pages:meetings")


@require_safe
def document_list(request: Request) -> HttpResponse:
    """List the documents that the reader may see."""
    return _list(request, lists.list_documents(request.user, _asked(request)))


@require_safe
def document_detail(request: Request, slug: str) -> HttpResponse:
    """Show one document, if the reader may see it."""
    visible = Document.objects.visible_to(request.user)
    document = get_object_or_404(visible.select_related("process", "meeting", "of_body"), slug=slug)
    context = {
        "record": records.read_document(document),
        "document": document,
        "paper": read_paper(document, request.user),
        "text": Text.objects.visible_to(request.user).filter(document=document).first(),
        "can_start_text": may(request.user, "texts.start", document),
        "all_label": _("Documents"),
        "all_url": "pages:documents",
    }
    return render_page(request, "pages/document.html", context)


@require_safe
def study_list(request: Request) -> HttpResponse:
    """List the studies of all processes."""
    return _list(request, lists.list_studies(_asked(request)))


@require_safe
def study_detail(request: Request, slug: str) -> HttpResponse:
    """Show one study."""
    study = get_object_or_404(Study.objects.select_related("process", "meeting"), slug=slug)
    return _show(request, records.read_study(study), _("Studies"), "pages:studies")


@require_safe
def project_list(request: Request) -> HttpResponse:
    """List the projects of all processes."""
    return _list(request, lists.list_projects(_asked(request)))


@require_safe
def project_detail(request: Request, slug: str) -> HttpResponse:
    """Show one project."""
    project = get_object_or_404(Project.objects.select_related("process"), slug=slug)
    record = records.read_project(project, timezone.localdate())
    return _show(request, record, _("Projects"), "pages:projects")
