"""Long overviews, drawn by the worker: asked for, drawn, and kept until they are fetched.

What is kept is a file that can be drawn again at any time, so it stands in the cache and not in
the store.
"""

from datetime import date
from typing import Any, Final
from uuid import uuid4

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from comity.accounts.models import User
from comity.jobs.kinds import Outcome
from comity.jobs.models import Job
from comity.jobs.progress import Progress
from comity.jobs.services import enqueue
from comity.pages.overview import FILES
from comity.pages.queries.overview import read_overview
from comity.processes.models import Process, ProcessKind

JOB: Final = "pages.overview"
# Some 35 ms of CPU a process: beyond this a PDF takes a second of the web process.
MOST_AT_ONCE: Final = 25
KEPT_FOR_SECONDS: Final = 7 * 24 * 60 * 60
Drawn = tuple[str, bytes]


def is_long(*, made_up: bool) -> bool:
    """Whether an overview has so many processes that the worker draws its files."""
    every = Process.objects.filter(kind=ProcessKind.PROCESS, is_made_up=made_up)
    return every.count() > MOST_AT_ONCE


def ask_for_overview(*, by: User, **asked: str) -> Job:
    """Have the worker draw the overview that ``asked`` names, unless it does so already for ``by``.

    ``asked`` are ``form``, ``on``, ``language``, ``record`` and ``address``.
    """
    for job in Job.objects.visible_to(by).unfinished().filter(kind=JOB):
        if {name: value for name, value in job.keys.items() if name != "key"} == asked:
            return job
    keys: dict[str, Any] = {**asked, "key": uuid4().hex}  # Any: they are no other arguments
    return enqueue(JOB, owner=by, **keys)


def draw_overview(
    *, form: str, on: str, language: str, record: str, address: str, key: str, progress: Progress
) -> Outcome:
    """Draw an overview and keep it for a week.

    If it never runs, its owner sees it waiting. Drawn twice, it is the same file.
    """
    progress.tell(0, 2, _("Reading the record"))
    with override(language):
        overview = read_overview(date.fromisoformat(on), made_up=bool(record))
    progress.tell(1, 2, _("Drawing the document"))
    content = FILES[form].draw(overview, address)
    cache.set(_place(key), (file_name(overview.on, language, form), content), KEPT_FOR_SECONDS)
    progress.tell(2, 2)
    url = reverse("pages:overview_drawn", args=[key, form])
    return Outcome(url=url, words=_("The overview is ready, and is kept for a week."))


def drawn_overview(key: str) -> Drawn | None:
    """Return the name and the content of an overview that was drawn, while it is kept."""
    found: Drawn | None = cache.get(_place(key))
    return found


def file_name(on: date, language: str, form: str) -> str:
    """Return what the file of an overview is called."""
    return f"overview-{on.isoformat()}-{language}.{form}"


def _place(key: str) -> str:
    return f"overview:{key}"
