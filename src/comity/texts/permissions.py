"""Who may do what with texts. Read this file to know the whole policy."""

from comity.accounts.authority import Actor, declare, may
from comity.documents.models import Document
from comity.texts.models import Revision, Text


def starts_text(actor: Actor, document: Document) -> bool:
    """``actor`` works today for the secretariat of the process of the document."""
    return document.process is not None and may(actor, "processes.run", document.process)


def writes_text(actor: Actor, text: Text) -> bool:
    """Who may start a text writes it. Whether a revision can still change is not asked here."""
    return starts_text(actor, text.document)


def reads_revision(actor: Actor, revision: Revision) -> bool:
    """The revision is among those its queryset shows to ``actor``."""
    return Revision.objects.visible_to(actor).filter(pk=revision.pk).exists()


declare("texts.start", starts_text)
declare("texts.write", writes_text)
declare("texts.read", reads_revision)
