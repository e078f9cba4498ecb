"""The page with all pages of editing: what each is for, and how much it holds."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from comity.accounts.authority import may
from comity.processes.parts import RECORD, WORK
from comity.processes.queries import counts_of
from comity.processes.views.editing import get_editable
from comity.ui.requests import Request
from comity.ui.responses import render_page


@require_safe
def edit(request: Request, slug: str) -> HttpResponse:
    """List what can be edited of a process."""
    process = get_editable(request, slug)
    counts = counts_of(process)
    runs = may(request.user, "processes.run", process)
    listed = {"record": RECORD, "work": WORK if runs else ()}
    context = {
        "process": process,
        "part": "",
        **{
            name: [(part, counts.get(part.name)) for part in parts]
            for name, parts in listed.items()
        },
    }
    return render_page(request, "processes/edit.html", context)
