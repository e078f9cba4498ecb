"""Answer a request with a stored file."""

from django.http import FileResponse

from comity.store.models import StoredFile
from comity.store.names import clean_name
from comity.store.services import open_file


def serve_file(stored: StoredFile, *, name: str) -> FileResponse:
    """Hand out ``stored`` under ``name``, to be saved and never shown by the browser in our name.

    Whoever calls this has asked first whether the reader may have the file.
    """
    response = FileResponse(
        open_file(stored),
        as_attachment=True,
        filename=clean_name(name),
        content_type=stored.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-cache"
    return response
