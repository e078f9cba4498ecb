"""What an address names, among what its reader may see."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from comity.accounts.authority import may
from comity.documents.models import Document
from comity.texts.models import Passage, Revision, Text
from comity.ui.requests import Request


def visible_revision(request: Request, slug: str, number: int | None = None) -> Revision:
    """Return a revision that the reader may read, the latest unless ``number`` names one."""
    rows = Revision.objects.visible_to(request.user).select_related(
        "text__document__process", "based_on"
    )
    found = rows.filter(text__document__slug=slug).latest_first()
    if number is not None:
        found = found.filter(number=number)
    revision = found.first()
    if revision is None:
        raise Http404
    return revision


def written_text(request: Request, slug: str) -> Text:
    """Return a text that the reader may write; nothing is there for others."""
    rows = Text.objects.select_related("document__process")
    text = get_object_or_404(rows, document__slug=slug)
    if not may(request.user, "texts.write", text):
        raise Http404
    return text


def written_revision(request: Request, slug: str, number: int) -> Revision:
    """Return a revision of a text that the reader may write."""
    text = written_text(request, slug)
    revision = get_object_or_404(Revision, text=text, number=number)
    revision.text = text
    return revision


def written_passage(request: Request, slug: str, number: int, paragraph: int) -> Passage:
    """Return a passage of a text that the reader may write."""
    revision = written_revision(request, slug, number)
    passage = get_object_or_404(Passage, revision=revision, paragraph=paragraph)
    passage.revision = revision
    return passage


def startable_document(request: Request, slug: str) -> Document:
    """Return a document whose text the reader may start."""
    document = get_object_or_404(Document.objects.select_related("process"), slug=slug)
    if not may(request.user, "texts.start", document):
        raise Http404
    return document
