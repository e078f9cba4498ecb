"""What the pages of the register share: its filters, and files handed out."""

from django.http import FileResponse
from django.utils import timezone

from comity.correspondence.forms import FilterForm
from comity.correspondence.queries import parties_in_register, years_of
from comity.processes.models import Process
from comity.store.models import StoredFile
from comity.store.names import clean_name
from comity.store.services import open_file
from comity.ui.requests import Request


def filter_form(request: Request, process: Process, *, keeps: bool) -> FilterForm:
    """Return the form by which the reader chooses among the notes that they may see.

    Whoever ``keeps`` the register chooses by party too.
    """
    today = timezone.localdate()
    return FilterForm(
        request.GET,
        parties=parties_in_register(process, today) if keeps else None,
        years=years_of(process, request.user, today),
    )


def query_of(request: Request) -> str:
    """Return what was chosen, as it goes on to the files of the list."""
    chosen = request.GET.copy()
    chosen.pop("page", None)
    return f"?{chosen.urlencode()}" if chosen else ""


def file_answer(file: StoredFile, name: str) -> FileResponse:
    """Return a file as a download, under a name that is safe to write."""
    answer = FileResponse(
        open_file(file),
        as_attachment=True,
        filename=clean_name(name),
        content_type=file.media_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
