"""The downloads of a drawing."""

import gzip
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from comity.office.models import Drawing
from comity.office.svg import download_svg
from comity.office.tables import write_csv

Response = TypeVar("Response", HttpResponse, StreamingHttpResponse)


@require_safe
def drawing_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """Hand out the table of a drawing, ready or not."""
    drawing = _get_visible(request, key)
    pieces = write_csv(drawing.table["columns"], drawing.table["rows"])
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    return _named(response, drawing, "csv")


@require_safe
def drawing_svg(request: HttpRequest, key: str) -> HttpResponse:
    """Hand out a drawing in lines, with its fixed colours."""
    drawing = _get_visible(request, key)
    if drawing.svg is None:
        raise Http404
    svg = download_svg(gzip.decompress(drawing.svg).decode())
    return _named(HttpResponse(svg, content_type="image/svg+xml"), drawing, "svg")


@require_safe
def drawing_png(request: HttpRequest, key: str) -> HttpResponse:
    """Hand out a drawing in dots."""
    drawing = _get_visible(request, key)
    if drawing.png is None:
        raise Http404
    return _named(HttpResponse(bytes(drawing.png), content_type="image/png"), drawing, "png")


def _get_visible(request: HttpRequest, key: str) -> Drawing:
    return get_object_or_404(Drawing.objects.visible_to(request.user).defer("spec"), key=key)


def _named(response: Response, drawing: Drawing, ending: str) -> Response:
    """Have the browser save the answer, and ask again who may have it."""
    response["Content-Disposition"] = f'attachment; filename="comity-{drawing.key[:12]}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response
