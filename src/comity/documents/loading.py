"""Load documents that the paper names, and what it says that they set out."""

from datetime import UTC, datetime

from comity.documents.models import Document, DocumentSubject
from comity.processes.audiences import Audience
from comity.processes.loading.catalogue import SUBJECT_COLUMNS, processes_by_slug
from comity.processes.models import Meeting
from comity.sources.folders import Folder, Place

# They have long been public; the paper that names them is dated so.
PAPER_ISSUED_AT = datetime(2003, 11, 10, tzinfo=UTC)


def load_documents(folder: Folder) -> None:
    """Load ``documents.csv``: declarations, plans, decisions, conclusions."""
    file = "paper/documents.csv"
    columns = (
        "document_id", "title_in_paper", "kind", "date_text", "date", "process_id", "forum_id",
        "meeting_id", "adopted_by", "source", "note",
    )  # fmt: skip
    processes = processes_by_slug()
    meetings = {meeting.slug: meeting for meeting in Meeting.objects.all()}
    for row in folder.rows(file, columns):
        values, place = row.values, Place(file, row.number)
        slug = values["process_id"] or values["forum_id"]
        document = folder.keep(
            Document,
            place,
            {"slug": values["document_id"]},
            {
                "process": folder.known(processes, slug, place, "process_id"),
                "meeting": folder.known(meetings, values["meeting_id"], place, "meeting_id"),
                "title": {"en": values["title_in_paper"]},
                "kind": values["kind"],
                "dated": values["date"],
                "adopted_by": values["adopted_by"],
                "note": values["note"],
                "audience": Audience.PUBLIC,
                "published_at": PAPER_ISSUED_AT,
            },
            columns={"slug": "document_id", "dated": "date"},
        )
        folder.cite(document, values["source"])


def load_document_subjects(folder: Folder) -> None:
    """Load the rows of ``themes.csv`` of the paper that belong to documents."""
    file = "paper/themes.csv"
    documents = {document.slug: document for document in Document.objects.all()}
    for row in folder.rows(file, SUBJECT_COLUMNS):
        values, place = row.values, Place(file, row.number)
        if (document := documents.get(values["owner_id"])) is not None:
            subject = folder.keep(
                DocumentSubject,
                place,
                {
                    "document": document,
                    "kind": values["kind"],
                    "order": folder.number(values["seq"], place, "seq"),
                },
                {"words": values["theme_in_paper"]},
            )
            folder.cite(subject, values["source"])
