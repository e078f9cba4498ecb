"""Who may do what to a document. Read this file to know the whole policy."""

from django.utils import timezone

from comity.accounts.authority import Actor, declare
from comity.documents.models import Document, LanguageVersion, OwedPaper, planning
from comity.processes.models import Process
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


def reads_plan(actor: Actor, process: Process) -> bool:
    """Members, the presidency and the secretariat read it; others what they owe themselves."""
    today = timezone.localdate()
    if runs_process(actor, process) or planning(actor, today).filter(pk=process.pk).exists():
        return True
    return OwedPaper.objects.visible_to(actor, today).filter(process=process).exists()


declare("documents.read", can_read)
declare("documents.fetch", can_fetch)
declare("documents.keep", keeps_papers)
# Of a process: its schemes of symbols, new papers, its production plan.
declare("documents.manage", runs_process)
declare("documents.read_plan", reads_plan)
