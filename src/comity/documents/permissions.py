"""Who may do what to a document. Read this file to know the whole policy."""

from comity.accounts.authority import Actor, declare
from comity.documents.models import Document


def can_read(actor: Actor, document: Document) -> bool:
    """The document is among those its queryset shows to ``actor``."""
    return Document.objects.visible_to(actor).filter(pk=document.pk).exists()


declare("documents.read", can_read)
