"""The pages on which a text is read: itself, what changed, and its files."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from comity.accounts.authority import may
from comity.texts.comparing import compare
from comity.texts.exports import as_pdf, as_text
from comity.texts.models import Revision, Text
from comity.texts.queries import read_rows
from comity.texts.screens import chosen_languages, read_screen
from comity.texts.views.finding import visible_revision, written_text
from comity.texts.word_writing import write_word
from comity.ui.pieces import Download
from comity.ui.requests import Request
from comity.ui.responses import render_page

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def text(request: Request, slug: str) -> HttpResponse:
    """Show the latest revision that the reader may read; to who writes it, a text without any."""
    if Revision.objects.visible_to(request.user).filter(text__document__slug=slug).exists():
        return _show(request, visible_revision(request, slug))
    return render_page(request, "texts/empty.html", {"text": written_text(request, slug)})


@require_safe
def revision(request: Request, slug: str, number: int) -> HttpResponse:
    """Show one revision, if the reader may read it."""
    return _show(request, visible_revision(request, slug, number))


@require_safe
def changes(request: Request, slug: str, number: int) -> HttpResponse:
    """Show what changed in one language from another revision to this one, word by word."""
    newer = visible_revision(request, slug, number)
    since = request.GET.get("since", "")
    older = visible_revision(request, slug, int(since) if since.isdecimal() else number - 1)
    language = _language(request, newer.text)
    compared = compare(read_rows(older), read_rows(newer), language)
    context = {
        "text": newer.text,
        "revision": newer,
        "older": older,
        "others": Revision.objects.visible_to(request.user)
        .filter(text=newer.text)
        .exclude(pk=newer.pk)
        .latest_first(),
        "compared_in": language,
        "lines": compared,
        "changed": sum(each.is_changed for each in compared),
    }
    return render_page(request, "texts/changes.html", context)


@require_safe
def revision_file(request: Request, slug: str, number: int, form: str) -> HttpResponse:
    """Hand out a revision as a file; ``since`` has a Word file show what changed from another."""
    found = visible_revision(request, slug, number)
    languages = chosen_languages(found.text, request.GET.getlist("language"))
    since = request.GET.get("since", "")
    older = visible_revision(request, slug, int(since)) if since.isdecimal() else None
    name = f"{slug}-{number}-{'-'.join(languages)}"
    if form == "docx":
        content = write_word(found, languages, since=older)
        return _file(content, DOCX, f"{name}{'-changes' if older else ''}.docx")
    if form == "txt":
        return _file(as_text(found, languages).encode(), "text/plain; charset=utf-8", f"{name}.txt")
    raise Http404


@require_safe
@login_required
def revision_pdf(request: Request, slug: str, number: int) -> HttpResponse:
    """Hand out a revision as a PDF; to make one costs too much for strangers."""
    found = visible_revision(request, slug, number)
    languages = chosen_languages(found.text, request.GET.getlist("language"))
    name = f"{slug}-{number}-{'-'.join(languages)}.pdf"
    return _file(as_pdf(found, languages), "application/pdf", name)


def _show(request: Request, found: Revision) -> HttpResponse:
    screen = read_screen(found, request.user, request.GET.getlist("language"))
    can_write = may(request.user, "texts.write", found.text)
    context = {
        "screen": screen,
        "text": found.text,
        "revision": found,
        "can_write": can_write,
        "can_edit": can_write and not found.is_frozen,
        "can_revise": can_write and screen.revisions[0].is_frozen,
        "has_side": screen.has_notes or (can_write and not found.is_frozen),
        "columns": len(screen.languages),
        "files": [
            Download(label, f"{found.get_absolute_url().rstrip('/')}.{form}?{screen.query}")
            for label, form in (("Word", "docx"), ("PDF", "pdf"), ("TXT", "txt"))
            if form != "pdf" or request.user.is_authenticated
        ],
    }
    return render_page(request, "texts/text.html", context)


def _language(request: Request, found: Text) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in found.languages else found.original


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
