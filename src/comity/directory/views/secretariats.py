"""The directory of secretariats: who serves which process."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from comity.accounts.authority import may
from comity.directory.secretariats import read_secretariats, secretariats_table
from comity.parties.views.editing import day_of
from comity.ui.pieces import Download
from comity.ui.requests import Request
from comity.ui.responses import render_page
from comity.ui.table_files import FORMS, table_file


@require_safe
def secretariats(request: Request) -> HttpResponse:
    """Show who serves which process on a day; to secretariats, whom to write to as well."""
    on, day_form = day_of(request)
    with_people = may(request.user, "directory.read_secretariats", None)
    asked = f"?on={on.isoformat()}" if day_form.is_bound and day_form.is_valid() else ""
    context = {
        "served": read_secretariats(on, with_people=with_people),
        "with_people": with_people,
        "on": on,
        "day_form": day_form,
        "files": [
            Download(label, f"{reverse('directory:secretariats_file', args=[name])}{asked}")
            for name, label in FORMS.items()
        ],
    }
    return render_page(request, "directory/secretariats.html", context)


@require_safe
def secretariats_file(request: Request, form: str) -> HttpResponseBase:
    """Hand the directory of secretariats out as a file, of what its reader sees."""
    if form not in FORMS:
        raise Http404
    on, _form = day_of(request)
    with_people = may(request.user, "directory.read_secretariats", None)
    served = read_secretariats(on, with_people=with_people)
    response = table_file(secretariats_table(served, on, with_people=with_people), form)
    if with_people:
        response["Cache-Control"] = "private, no-store"
    return response
