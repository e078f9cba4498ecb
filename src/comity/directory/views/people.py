"""The directory of a process, and the way to all that a reader may see of people."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from comity.accounts.authority import may
from comity.accounts.models import User
from comity.directory.exports import FORMS, directory_file
from comity.directory.forms import DirectoryForm
from comity.directory.queries import Filter, own_parties, read_directory, rooms_of
from comity.parties.models.parties import name_of
from comity.processes.models import TAKING_PART, Participation, Process
from comity.processes.permissions import parties_kept_by
from comity.ui.pieces import Download
from comity.ui.requests import Request
from comity.ui.responses import render_page


def get_process(request: Request, slug: str, permission: str) -> Process:
    """Return the process of that address; who does not hold ``permission`` finds no such page."""
    process = get_object_or_404(Process, slug=slug)
    if not may(request.user, permission, process):
        raise Http404
    return process


@login_required
@require_safe
def people(request: Request) -> HttpResponse:
    """Lead to the people of the reader's parties and processes."""
    assert isinstance(request.user, User)
    today = timezone.localdate()
    context = {
        "parties": own_parties(request.user, today),
        "rooms": rooms_of(request.user, today),
        "sees_visits": may(request.user, "directory.read_secretariats", None),
    }
    return render_page(request, "directory/people.html", context)


@require_safe
def directory(request: Request, slug: str) -> HttpResponse:
    """Show who is to be reached in a process on a day: by party, with what is vacant."""
    process = get_process(request, slug, "directory.read")
    form, wanted = _read_filter(request, process)
    on = form.cleaned_data.get("on") or timezone.localdate()
    entries = read_directory(process, on, wanted, request.user)
    asked = urlencode({name: value for name, value in request.GET.items() if value})
    files = [
        Download(label, f"{_file_url(slug, name)}?{asked}" if asked else _file_url(slug, name))
        for name, label in FORMS.items()
    ]
    runs = may(request.user, "processes.run", process)
    assert isinstance(request.user, User)
    context = {
        "process": process,
        "part": "people",
        "form": form,
        "on": on,
        "entries": entries,
        "vacant": [
            (entry, post)
            for entry in entries
            for post in entry.posts
            if post.is_focal_point and post.is_vacant
        ],
        "files": files,
        "runs": runs,
        "kept": _kept_by(request.user),
    }
    return render_page(request, "directory/directory.html", context)


@require_safe
def directory_export(request: Request, slug: str, form: str) -> HttpResponseBase:
    """Hand the directory out as a file, of what the address asks for."""
    process = get_process(request, slug, "directory.read")
    if form not in FORMS:
        raise Http404
    typed, wanted = _read_filter(request, process)
    on = typed.cleaned_data.get("on") or timezone.localdate()
    response = directory_file(process, on, wanted, form, request.user)
    response["Cache-Control"] = "private, no-store"
    return response


def _read_filter(request: Request, process: Process) -> tuple[DirectoryForm, Filter]:
    today = timezone.localdate()
    rows = Participation.objects.on(today).filter(process=process, status__in=TAKING_PART)
    named = rows.annotate(called=name_of("party", today)).order_by("order", "pk")
    parties = dict(named.values_list("party__code", "called"))
    form = DirectoryForm(request.GET, parties=[*parties.items()], networks=process.networks.all())
    form.is_valid()
    return form, form.wanted()


def _kept_by(user: User) -> set[str]:
    """Return the codes of the parties whose people ``user`` keeps, or whose own people they are."""
    today = timezone.localdate()
    kept = parties_kept_by(user, today).values_list("code", flat=True)
    return {*kept, *(party.code for party in own_parties(user, today))}


def _file_url(slug: str, form: str) -> str:
    return reverse("directory:directory_export", args=[slug, form])
