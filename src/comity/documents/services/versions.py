"""What can be done with the files of a paper."""

import zlib
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.services import (
    lock_version,
    record_creation,
    record_removal,
    save_change,
)
from comity.documents.indexing import index_document
from comity.documents.models import Document, LanguageVersion
from comity.documents.tasks import READ
from comity.jobs.services import enqueue
from comity.store.content import CHUNK_BYTES
from comity.store.models import StoredFile
from comity.store.names import ending_of
from comity.store.services import discard_file, open_file

# The endings of what papers come in.
FORMS: Final = frozenset({"docx", "odt", "ods", "odp", "pdf", "pptx", "xlsx"})


@transaction.atomic
def add_version(
    *, document: Document, language: str, status: str, stored: StoredFile, name: str, by: Actor
) -> LanguageVersion:
    """Let a paper have a file in a language; one of the same form is replaced by it.

    Raises:
        PermissionDenied: ``by`` does not run the process of the paper.
        ValidationError: the paper is withdrawn, or the file is of no form that papers come in.
    """
    require(by, "documents.keep", document)
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if document.is_withdrawn:
        raise ValidationError(_("This paper is withdrawn already."), code="withdrawn")
    form = ending_of(name)
    if form not in FORMS:
        raise ValidationError(
            {
                "file": _("Papers come in one of these: %(forms)s.")
                % {"forms": ", ".join(sorted(FORMS))}
            }
        )
    for earlier in document.versions.filter(language=language, form=form):
        _drop(earlier, by, kept=stored)
    version = LanguageVersion(
        document=document,
        language=language,
        status=status,
        form=form,
        file=stored,
        crc32=_checksum(stored),
    )
    version.full_clean()
    version.save()
    record_creation(version, action="language_version.added", by=by)
    enqueue(READ, version=version.pk)
    return version


@transaction.atomic
def change_version_status(
    *, version: LanguageVersion, status: str, seen: int, by: Actor
) -> LanguageVersion:
    """Say what the words of a language version are worth.

    Raises:
        PermissionDenied: ``by`` does not run the process of the paper.
        EditConflict: somebody saved it after ``seen``.
    """
    require(by, "documents.keep", version.document)
    changes = {"status": status}
    current = lock_version(version, seen, yours=changes)
    save_change(current, changes, action="language_version.changed", by=by)
    return current


@transaction.atomic
def remove_version(*, version: LanguageVersion, seen: int, by: Actor) -> None:
    """Take a file from a paper; the log keeps its hash.

    Raises:
        PermissionDenied: ``by`` does not run the process of the paper.
        EditConflict: somebody saved it after ``seen``.
    """
    require(by, "documents.keep", version.document)
    current = lock_version(version, seen)
    document = current.document
    _drop(current, by)
    index_document(document)


def _drop(version: LanguageVersion, by: Actor, *, kept: StoredFile | None = None) -> None:
    stored = version.file
    record_removal(
        version, action="language_version.removed", by=by, also={"sha256": stored.sha256}
    )
    version.delete()
    if stored != kept:
        discard_file(stored=stored, by=by)


def _checksum(stored: StoredFile) -> int:
    """Return the checksum by which packs name the content."""
    value = 0
    with open_file(stored) as stream:
        while chunk := stream.read(CHUNK_BYTES):
            value = zlib.crc32(chunk, value)
    return value
