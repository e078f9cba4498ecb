"""What every page on an adopted text does first: find it, for whoever may see it."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from comity.accounts.authority import may
from comity.documents.models import Document
from comity.elements.models import Element
from comity.processes.models import Process
from comity.texts.models import Text
from comity.ui.requests import Request


def find_text(request: Request, slug: str, permission: str = "") -> Text:
    """Return the text of the document at that address.

    Whoever may not read the document, or lacks ``permission`` on the text, finds no such page.
    """
    visible = Document.objects.visible_to(request.user).values("pk")
    texts = Text.objects.select_related("document__process", "document__meeting")
    text = get_object_or_404(
        texts, document__slug=slug, document__in=visible, document__process__isnull=False
    )
    if permission and not may(request.user, permission, text):
        raise Http404
    return text


def find_element(request: Request, slug: str, number: str, permission: str = "") -> Element:
    """Return the element at that address; see ``find_text``."""
    text = find_text(request, slug)
    rows = Element.objects.select_related("text__document__process", "theme", "paragraph")
    element = get_object_or_404(rows, text=text, number=number)
    if permission and not may(request.user, permission, element):
        raise Http404
    return element


def process_of(text: Text) -> Process:
    """Return the process of a text that was found here."""
    process = text.document.process
    assert process is not None  # find_text finds no other
    return process
