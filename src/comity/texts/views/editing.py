"""The pages on which the secretariat writes a text: paragraphs, their words and their order."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comity.audit.services import EditConflict
from comity.texts.forms import InsertForm, PassageForm, VersionForm, WordingForm
from comity.texts.models import Kind, Passage
from comity.texts.queries import PassageRow
from comity.texts.services import (
    change_passage,
    change_wording,
    confirm_wording,
    insert_passage,
    join_passages,
    move_passage,
    remove_passage,
    split_passage,
)
from comity.texts.views.finding import written_passage, written_revision
from comity.ui.answering import answer_form
from comity.ui.requests import Request
from comity.ui.responses import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def passage(request: Request, slug: str, number: int, paragraph: int) -> HttpResponse:
    """Write the words of a paragraph, language by language; each is saved by its own button."""
    found = written_passage(request, slug, number, paragraph)
    text = found.revision.text
    had = {each.language: each for each in found.wordings.all()}
    asked = request.POST.get("language", "")
    forms = [
        WordingForm(
            request.POST if code == asked else None,
            language=code,
            wording=had.get(code),
            is_original=code == text.original,
        )
        for code in text.in_order
    ]
    context: dict[str, object] = {"passage": found, "forms": forms, "back": _back(found)}
    if request.method != "POST":
        return render_page(request, "texts/passage.html", context)
    form = next((each for each in forms if each.language == asked), None)
    if form is None:
        raise Http404
    if form.is_valid():
        try:
            change_wording(
                passage=found,
                language=asked,
                words=form.cleaned_data["words"],
                version=form.cleaned_data["version"],
                by=request.user,
                standing=form.worth(),
            )
        except EditConflict as conflict:
            form.accept_conflict(conflict)
            context["conflict"] = conflict
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("This is saved."))
            return redirect(_back(found))
    return render_page(request, "texts/passage.html", context, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def passage_facts(request: Request, slug: str, number: int, paragraph: int) -> HttpResponse:
    """Change the kind, the level and the number of a paragraph."""
    found = written_passage(request, slug, number, paragraph)
    row = PassageRow(paragraph, found.kind, found.number, level=found.level, version=found.version)
    form = PassageForm(request.POST or None, initial=PassageForm.initial_of(row))
    return answer_form(
        request,
        "texts/form.html",
        form,
        {"heading": _("Kind and number"), "text": found.revision.text},
        save=lambda: change_passage(
            passage=found, facts=form.facts(), version=form.cleaned_data["version"], by=request.user
        ),
        to=_back(found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def passage_add(request: Request, slug: str, number: int) -> HttpResponse:
    """Insert a paragraph behind the one that the address names, or at the beginning."""
    revision = written_revision(request, slug, number)
    key = request.GET.get("after", "")
    after = revision.passages.filter(paragraph=int(key)).first() if key.isdecimal() else None
    initial = {
        "version": revision.version,
        "kind": after.kind if after else Kind.OPERATIVE,
        "level": after.level if after else 0,
    }
    form = InsertForm(request.POST or None, text=revision.text, initial=initial)
    return answer_form(
        request,
        "texts/form.html",
        form,
        {"heading": _("Insert a paragraph"), "text": revision.text},
        save=lambda: insert_passage(
            revision=revision,
            after=after,
            facts=form.facts(),
            words=form.cleaned_data["words"],
            version=form.cleaned_data["version"],
            by=request.user,
        ),
        to=revision.get_absolute_url(),
        address_of=_back,
    )


@require_POST
def passage_move(request: Request, slug: str, number: int, paragraph: int) -> HttpResponse:
    """Move a paragraph one place up or down."""
    found = written_passage(request, slug, number, paragraph)
    is_up = request.POST.get("to") == "up"
    others = list(found.revision.passages.exclude(pk=found.pk).order_by("order"))
    above = [each for each in others if each.order < found.order]
    spot = max(len(above) - 1, 0) if is_up else min(len(above) + 1, len(others))
    after = others[spot - 1] if spot else None
    return _act(
        request,
        found,
        lambda version: move_passage(passage=found, after=after, version=version, by=request.user),
    )


@require_POST
def passage_remove(request: Request, slug: str, number: int, paragraph: int) -> HttpResponse:
    """Take a paragraph out of a draft."""
    found = written_passage(request, slug, number, paragraph)
    return _act(
        request,
        found,
        lambda version: remove_passage(passage=found, version=version, by=request.user),
    )


@require_POST
def passage_split(request: Request, slug: str, number: int, paragraph: int) -> HttpResponse:
    """Let the last words of a paragraph become one of their own."""
    found = written_passage(request, slug, number, paragraph)
    languages = found.revision.text.in_order
    tails = {code: request.POST.get(f"tail-{code}", "").strip() for code in languages}
    given = {code: tail for code, tail in tails.items() if tail}
    return _act(
        request,
        found,
        lambda version: split_passage(passage=found, tails=given, version=version, by=request.user),
    )


@require_POST
def passage_join(request: Request, slug: str, number: int, paragraph: int) -> HttpResponse:
    """Let a paragraph take in the one behind it."""
    found = written_passage(request, slug, number, paragraph)
    return _act(
        request,
        found,
        lambda version: join_passages(passage=found, version=version, by=request.user),
    )


@require_POST
def wording_confirm(
    request: Request, slug: str, number: int, paragraph: int, language: str
) -> HttpResponse:
    """Say that a translation still says what the original now says."""
    found = written_passage(request, slug, number, paragraph)
    wording = found.wordings.filter(language=language).first()
    if wording is None:
        raise Http404
    wording.passage = found
    return _act(
        request,
        found,
        lambda version: confirm_wording(wording=wording, version=version, by=request.user),
    )


def _act(request: Request, found: Passage, do: Callable[[int], object]) -> HttpResponse:
    """Do what a button asks for, and lead back to the paragraph; a refusal is said there."""
    form = VersionForm(request.POST)
    # Who sends none has seen none: that is refused as any other that is not the latest.
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        do(version)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("This is saved."))
    return redirect(_back(found))


def _back(found: Passage) -> str:
    return f"{found.revision.get_absolute_url()}#{found.anchor}"
