"""Compress pages on their way, and leave alone what is compressed already."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

COMPRESSED = ("application/zip", "application/vnd.openxmlformats", "image/")
DRAWN = "image/svg+xml"


class PagesCompressed(GZipMiddleware):
    """Django's compression: it would take size and strong ETag from a file that gains nothing."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compress ``response`` unless it is a file that is compressed already."""
        kind = response.get("Content-Type", "")
        if kind.startswith(COMPRESSED) and kind != DRAWN:
            return response
        return super().process_response(request, response)
