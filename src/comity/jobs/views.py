"""The pages on which people find the work they left running."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comity.jobs.kinds import kinds
from comity.jobs.models import Job

PAGE_SIZE = 25


@dataclass(frozen=True)
class Work:
    """A job as its owner sees it."""

    job: Job
    title: str
    percent: int


@require_safe
@login_required
@never_cache
def job_list(request: HttpRequest) -> HttpResponse:
    """List the works that the reader asked for, newest first."""
    jobs = Job.objects.visible_to(request.user).order_by("-pk")
    page = Paginator(jobs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "works": [_as_work(job) for job in page]}
    return render(request, "jobs/list.html", context)


@require_safe
def job_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show how far one work is, to its owner alone; htmx asks for the state every second."""
    job = get_object_or_404(Job.objects.visible_to(request.user), uuid=uuid)
    part = "#state" if request.headers.get("HX-Request") else ""
    response = render(request, f"jobs/detail.html{part}", {"work": _as_work(job)})
    patch_vary_headers(response, ["HX-Request"])
    response["Cache-Control"] = "private, no-store"
    return response


def _as_work(job: Job) -> Work:
    try:
        title = str(kinds[job.kind].title)
    except LookupError:  # of a kind that an upgrade took away
        title = ""
    share = job.progress_done / job.progress_total if job.progress_total else 0
    return Work(job=job, title=title or _("Work"), percent=min(100, int(100 * share)))
