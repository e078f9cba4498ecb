"""Who may open each page of this app, and the things that its addresses name."""

from functools import cache

from django.utils import timezone

from tests.access_rows import EDITED, EVERYONE, MEMBERS, SECRETARIAT, SIGNED_IN, Row
from tests.factories.documents import (
    DocumentFactory,
    OwedPaperFactory,
    SymbolSeriesFactory,
    version_of,
)
from tests.factories.processes import MeetingFactory

ON_PAPER = (*EDITED, "paper_row")
ON_SERIES = (*EDITED, "symbol_series")
ACCESS: dict[str, Row] = {
    "documents:papers": Row(EVERYONE, EDITED),
    "documents:symbol": Row(MEMBERS, (*EDITED, "symbol")),
    "documents:file": Row(MEMBERS, ("paper_slug", "paper_language", "paper_form")),
    "documents:paper_add": Row(SECRETARIAT, EDITED, "POST"),
    "documents:paper": Row(SECRETARIAT, ON_PAPER, "POST"),
    "documents:paper_history": Row(SECRETARIAT, ON_PAPER),
    "documents:paper_publish": Row(SECRETARIAT, ON_PAPER, "POST"),
    "documents:paper_supersede": Row(SECRETARIAT, ON_PAPER, "POST"),
    "documents:paper_withdraw": Row(SECRETARIAT, ON_PAPER, "POST"),
    "documents:part_add": Row(SECRETARIAT, (*ON_PAPER, "paper_part"), "POST"),
    "documents:version_add": Row(SECRETARIAT, ON_PAPER, "POST"),
    "documents:version_remove": Row(SECRETARIAT, (*ON_PAPER, "paper_file"), "POST"),
    "documents:meeting_papers": Row(EVERYONE, ("meeting_with_papers",)),
    "documents:meeting_pack": Row(EVERYONE, ("meeting_with_papers",)),
    "documents:desk_papers": Row(SIGNED_IN),
    "documents:desk_pack": Row(SIGNED_IN),
    "documents:plan": Row(MEMBERS, EDITED),
    "documents:plan_file": Row(MEMBERS, (*EDITED, "csv")),
    "documents:owed_add": Row(SECRETARIAT, EDITED, "POST"),
    "documents:owed": Row(SECRETARIAT, (*EDITED, "owed_paper"), "POST"),
    "documents:owed_remove": Row(SECRETARIAT, (*EDITED, "owed_paper"), "POST"),
    "documents:symbols": Row(SECRETARIAT, EDITED),
    "documents:series_add": Row(SECRETARIAT, EDITED, "POST"),
    "documents:series": Row(SECRETARIAT, ON_SERIES, "POST"),
    "documents:series_remove": Row(SECRETARIAT, ON_SERIES, "POST"),
}


def things(people, affiliations, process, body):
    """Return how to make what the addresses name: see ``tests/test_access.py``."""

    @cache
    def paper():
        return DocumentFactory(process=process, published_at=timezone.now())

    @cache
    def file():
        return version_of(paper())

    @cache
    def meeting():
        return MeetingFactory(process=process)

    def meeting_with_papers():
        version_of(DocumentFactory(process=process, meeting=meeting(), published_at=timezone.now()))
        return meeting().slug

    return {
        "meeting_with_papers": meeting_with_papers,
        "paper_row": lambda: paper().pk,
        "paper_slug": lambda: file().document.slug,
        "paper_language": lambda: "en",
        "paper_form": lambda: "docx",
        "paper_part": lambda: "addendum",
        "paper_file": lambda: file().pk,
        "owed_paper": lambda: OwedPaperFactory(process=process).pk,
        "symbol": lambda: paper().symbol,
        "symbol_series": lambda: SymbolSeriesFactory(process=process).pk,
    }
