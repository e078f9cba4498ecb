"""Who may do what to a document. Read this file to know the whole policy."""

from comity.accounts.authority import Actor, declare
from comity.documents.models import Document, LanguageVersion
from comity.processes.permissions import runs_process


def can_read(actor: Actor, document: Document) -> bool:
    """The document is among those its queryset shows to ``actor``."""
    return Document.objects.visible_to(actor).filter(pk=document.pk).exists()


def can_fetch(actor: Actor, version: LanguageVersion) -> bool:
    """The file is among those its queryset shows to ``actor``."""
    return LanguageVersion.objects.visible_to(actor).filter(pk=version.pk).exists()


def keeps_papers(actor: Actor, document: Document) -> bool:
    """``actor`` works today for the secretariat of the process that the paper belongs to."""
    return document.process is not None and runs_process(actor, document.process)


declare("documents.read", can_read)
declare("documents.fetch", can_fetch)
declare("documents.keep", keeps_papers)
# Of a process: its schemes of symbols, new papers, its production plan.
declare("documents.manage", runs_process)
