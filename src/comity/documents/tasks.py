"""Work on papers that is put off until after the page."""

from django.db import transaction
from django.utils import timezone

from comity.documents.indexing import index_document, index_documents, whole_documents
from comity.documents.models import Document, LanguageVersion, Reading
from comity.documents.reading import read_words
from comity.jobs.progress import Progress
from comity.jobs.services import enqueue
from comity.search.followers import follow

INDEX = "documents.index"
READ = "documents.read"


def index_when_free(document: Document) -> None:
    """Have a paper indexed anew at the end of its embargo, in the caller's transaction."""
    if document.embargo_until and document.is_embargoed(timezone.now()):
        enqueue(INDEX, due_at=document.embargo_until, document=document.pk)


def index_again(*, document: int) -> None:
    """Index a paper whose embargo has ended. If it never runs, its audience does not find it."""
    for row in whole_documents().filter(pk=document):
        index_documents([row])
        follow(row)


def read_version(*, version: int, progress: Progress) -> None:
    """Read the words of a file, and index its paper. If it never runs, they are not searched."""
    row = LanguageVersion.objects.select_related("file", "document").filter(pk=version).first()
    if row is None:
        return  # it was removed meanwhile
    found = read_words(row.file, row.form, row.language, progress.tell)
    with transaction.atomic():
        if not LanguageVersion.objects.select_for_update().filter(pk=version).exists():
            return
        LanguageVersion.objects.filter(pk=version).update(pages=found.pages)
        Reading.objects.update_or_create(
            version_id=version,
            defaults={"words": found.words, "is_recognised": found.is_recognised},
        )
        index_document(row.document)
