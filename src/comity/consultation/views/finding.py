"""Find what a page is about among what its reader may see: all else is not found."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from comity.accounts.authority import may
from comity.accounts.models import User
from comity.consultation.models import Consultation
from comity.texts.models import Revision, Text
from comity.ui.requests import Request


def get_consultation(request: Request, pk: int) -> Consultation:
    """Return a consultation that the reader runs, drafts, is asked in, or may read what came of.

    Whoever only sees that there was a call reads no proposals, and finds no such page.
    """
    today = timezone.localdate()
    found = Consultation.objects.visible_to(request.user, today).select_related(
        "call__process", "revision__text__document__process"
    )
    consultation = get_object_or_404(found, pk=pk)
    readable = Revision.objects.visible_to(request.user, today)
    if not readable.filter(pk=consultation.revision_id).exists():
        raise Http404
    return consultation


def get_run(request: Request, pk: int) -> Consultation:
    """Return a consultation that the reader's secretariat runs."""
    consultation = get_consultation(request, pk)
    if not may(request.user, "consultation.run", consultation):
        raise Http404
    return consultation


def get_drafted(request: Request, slug: str) -> tuple[Text, User]:
    """Return a text that the reader drafts, and the reader."""
    texts = Text.objects.select_related("document__process")
    text = get_object_or_404(texts, document__slug=slug)
    if not isinstance(request.user, User) or not may(request.user, "consultation.draft", text):
        raise Http404
    return text, request.user
