"""What loading an archive does to one paper."""

from collections.abc import Mapping
from datetime import UTC, datetime, time

from django.db import transaction
from django.utils import timezone

from comity.accounts.authority import Actor, require
from comity.audit.services import lock_version, record_creation, save_change
from comity.documents.indexing import index_document
from comity.documents.models import Document
from comity.processes.models import Process


@transaction.atomic
def keep_loaded_paper(
    *,
    document: Document | None,
    process: Process,
    slug: str,
    values: Mapping[str, object],
    by: Actor,
) -> Document:
    """Keep a published paper of an archive, made or brought up to date.

    It is out since its own day: nobody is told today of a paper of twenty years ago. Its symbol
    is as it was given then, whatever the process writes now.

    Raises:
        PermissionDenied: ``by`` does not run the process.
        ValidationError: a value is wrong.
    """
    require(by, "documents.manage", process)
    if document is not None:
        changes = {
            name: value for name, value in values.items() if getattr(document, name) != value
        }
        if changes:
            document = lock_version(document, document.version)
            save_change(document, changes, action="archived_paper.loaded", by=by)
            index_document(document)
        return document
    document = Document(process=process, slug=slug, **values)
    document.full_clean()
    document.save()
    day, now = document.dated_earliest, timezone.now()
    then = datetime.combine(day, time(12), UTC) if day else now
    document.published_at = min(then, now)
    document.save(update_fields=["published_at"])
    record_creation(document, action="archived_paper.loaded", by=by)
    index_document(document)
    return document
