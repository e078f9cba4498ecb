"""The pages on where facts come from."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from comity.core.dates import parse_date
from comity.sources.models import Source
from comity.sources.queries import all_differences, list_sources, places_of
from comity.ui.requests import Request
from comity.ui.responses import render_page


@require_safe
def index(request: Request) -> HttpResponse:
    """Show every source, its licence, and how much rests on it."""
    listed, page = list_sources(request.user, request.GET.get("page"))
    return render_page(
        request, "sources/index.html", {"listed": listed, "page": page}, partial="results"
    )


@require_safe
def detail(request: Request, slug: str) -> HttpResponse:
    """Show what rests on each place of a source, from the place that the address names."""
    source = get_object_or_404(Source, slug=slug)
    places, page = places_of(
        request.user,
        source,
        number=request.GET.get("page"),
        place=request.GET.get("place", ""),
    )
    context = {
        "source": source,
        "issued": parse_date(source.issued) if source.issued else None,
        "places": places,
        "page": page,
    }
    return render_page(request, "sources/detail.html", context)


@require_safe
def differences(request: Request) -> HttpResponse:
    """Show side by side what sources say differently."""
    found = all_differences(request.user)
    return render_page(request, "sources/differences.html", {"differences": found})
