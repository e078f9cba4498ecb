"""The pages on which the secretariat starts a text, takes words from a file, and lets it out."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from comity.texts.forms import RevisionForm, StartForm, VersionForm, WordForm
from comity.texts.models import Revision
from comity.texts.services import (
    Taken,
    circulate_revision,
    finish_revision,
    label_revision,
    renumber,
    start_revision,
    start_text,
    take_passages,
)
from comity.texts.views.finding import startable_document, written_revision, written_text
from comity.texts.word_reading import read_word
from comity.ui.answering import answer_form
from comity.ui.requests import Request
from comity.ui.responses import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Request, slug: str) -> HttpResponse:
    """Let the words of a document be kept here, and start the first revision."""
    document = startable_document(request, slug)
    form = StartForm(request.POST or None)
    context = {"form": form, "document": document, "back": document.get_absolute_url()}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            text = start_text(
                document=document,
                languages=data["languages"],
                original=data["original"],
                by=request.user,
            )
        except ValidationError as error:
            for sentence in error.messages:
                form.add_error(None, sentence)
        else:
            return redirect(start_revision(text=text, by=request.user))
    status = 422 if request.method == "POST" else 200
    context["heading"] = _("Write the text here")
    return render_page(request, "texts/form.html", context, status=status)


@require_POST
def revision_add(request: Request, slug: str) -> HttpResponse:
    """Start the next revision."""
    text = written_text(request, slug)
    try:
        revision = start_revision(text=text, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(text)
    return redirect(revision)


@require_http_methods(["GET", "HEAD", "POST"])
def revision_label(request: Request, slug: str, number: int) -> HttpResponse:
    """Name a revision."""
    found = written_revision(request, slug, number)
    initial = {"label": found.label, "version": found.version}
    form = RevisionForm(request.POST or None, initial=initial)
    return answer_form(
        request,
        "texts/form.html",
        form,
        {"heading": _("Name the revision"), "text": found.text},
        save=lambda: label_revision(
            revision=found,
            label=form.cleaned_data["label"],
            version=form.cleaned_data["version"],
            by=request.user,
        ),
        to=found.get_absolute_url(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def revision_word(request: Request, slug: str, number: int) -> HttpResponse:
    """Take the words of a Word file into a draft."""
    found = written_revision(request, slug, number)
    form = WordForm(
        request.POST or None,
        request.FILES or None,
        text=found.text,
        initial={"version": found.version},
    )

    def save() -> Revision:
        upload = form.cleaned_data["file"]
        text = read_word(upload.read(), upload.name, form.cleaned_data["language"])
        revision, taken = take_passages(
            revision=found,
            incoming=text.incoming,
            version=form.cleaned_data["version"],
            by=request.user,
            source=upload.name,
        )
        messages.info(request, _said(taken))
        for remark in text.remarks:
            messages.warning(request, remark)
        return revision

    return answer_form(
        request,
        "texts/form.html",
        form,
        {
            "heading": _("Take words from Word"),
            "text": found.text,
            "has_file": True,
            "standfirst": _(
                "The draft will stand as the file says. A paragraph that the file lacks is removed"
                " from this draft; it stays in the revisions before."
            ),
        },
        save=save,
        to=found.get_absolute_url(),
    )


@require_POST
def revision_circulate(request: Request, slug: str, number: int) -> HttpResponse:
    """Let a draft out to the audience of its document."""
    return _act(request, slug, number, circulate_revision)


@require_POST
def revision_finish(request: Request, slug: str, number: int) -> HttpResponse:
    """Make a revision the final words."""
    return _act(request, slug, number, finish_revision)


@require_POST
def revision_renumber(request: Request, slug: str, number: int) -> HttpResponse:
    """Number the paragraphs of a draft anew."""
    return _act(request, slug, number, renumber)


def _act(request: Request, slug: str, number: int, do: Callable[..., Revision]) -> HttpResponse:
    found = written_revision(request, slug, number)
    form = VersionForm(request.POST)
    # Who sends none has seen none: that is refused as any other that is not the latest.
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        do(revision=found, version=version, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("This is saved."))
    return redirect(found)


def _said(taken: Taken) -> str:
    """Return the sentence on what a file changed."""
    count = taken.inserted + taken.changed + taken.removed
    if not count and not taken.is_reordered:
        return _("The file changes nothing.")
    if not count:
        return _("The file changed the order of the paragraphs.")
    return ngettext(
        "The file changed %(count)d paragraph.", "The file changed %(count)d paragraphs.", count
    ) % {"count": count}
