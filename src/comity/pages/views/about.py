"""The pages about the platform."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from comity.pages.queries.functions import read_functions
from comity.ui.requests import Request
from comity.ui.responses import render_page


@require_safe
def about(request: Request) -> HttpResponse:
    """Say what this is, where its facts come from and who may see what."""
    return render_page(request, "pages/about.html", {})


@require_safe
def functions(request: Request) -> HttpResponse:
    """Show what the paper says that secretariats do, each with the page that does it."""
    groups = read_functions()
    context = {
        "groups": groups,
        "total": sum(len(group.functions) for group in groups),
        "done": sum(group.done for group in groups),
    }
    return render_page(request, "pages/functions.html", context)
