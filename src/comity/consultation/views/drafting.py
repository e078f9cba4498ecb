"""The room of the drafting committee: the text, who writes in it, and the wall."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.accounts.authority import may
from comity.accounts.models import User
from comity.accounts.names import names_of
from comity.consultation.adopting import open_brackets
from comity.consultation.asking import place_of
from comity.consultation.brackets import groups_in
from comity.consultation.forms import PenForm, WordsForm
from comity.consultation.models import rules_of
from comity.consultation.permissions import process_of
from comity.consultation.queries import draft_of, read_draft, who_writes
from comity.consultation.services.draft import put_words
from comity.consultation.services.lifting import lift_bracket
from comity.consultation.services.pen import (
    hand_pen,
    lay_down_pen,
    pen_of,
    require_pen,
    take_over_pen,
    take_pen,
)
from comity.consultation.services.taking_along import out_of
from comity.consultation.views.finding import get_drafted
from comity.core.facts import in_force
from comity.core.languages import language_name
from comity.parties.models import Affiliation
from comity.processes.models import PRESIDENCIES, SECRETARIATS, Seat, Term
from comity.texts.models import Passage, Revision, Text
from comity.ui.answering import answer_form
from comity.ui.requests import Request
from comity.ui.responses import render_page

Step = Callable[[], object]
# How often the wall is read anew, in seconds; a page without scripts does it too.
REFRESH = timedelta(seconds=8)


@login_required
@require_safe
def room(request: Request, slug: str) -> HttpResponse:
    """Show the draft with who writes in it, its brackets and what is taken along."""
    text, reader = get_drafted(request, slug)
    return _show_room(request, text, reader)


@login_required
@require_POST
def pen(request: Request, slug: str) -> HttpResponse:
    """Take the pen, lay it down, hand it on or take it from another."""
    text, reader = get_drafted(request, slug)
    drafters = drafters_of(text)
    form = PenForm(request.POST, drafters=drafters)
    steps: dict[str, Step] = {
        "take": lambda: take_pen(text=text, by=reader),
        "lay": lambda: lay_down_pen(text=text, by=reader),
        "hand": lambda: hand_pen(text=text, to=form.cleaned_data["to"] or reader, by=reader),
        "over": lambda: take_over_pen(text=text, reason=form.cleaned_data["reason"], by=reader),
    }
    step = steps.get(request.POST.get("step", ""))
    if step is None or not form.is_valid():
        return _show_room(request, text, reader, [_("Choose what shall be done with the pen.")])
    try:
        step()
    except PermissionDenied:
        return _show_room(request, text, reader, [_("You do not hold the pen.")])
    except ValidationError as error:
        return _show_room(request, text, reader, error.messages)
    return redirect(reverse("consultation:room", args=[slug]))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request, slug: str, passage: int, language: str) -> HttpResponse:
    """Write the words of one passage in one language, and lift its brackets."""
    text, reader = get_drafted(request, slug)
    draft = draft_of(text)
    found = get_object_or_404(Passage, revision=draft, pk=passage)
    if draft is None or language not in text.languages:
        raise Http404
    found.revision = draft
    wording = found.wordings.filter(language=language).first()
    shown = {
        "words": wording.words if wording else "",
        "version": wording.version if wording else 0,
    }
    form = WordsForm(request.POST or None, initial=shown, language=language)
    room_url = f"{reverse('consultation:room', args=[slug])}#p{found.paragraph_id}"
    if request.method == "POST" and "lift" in request.POST:
        return _lift(request, found, language, reader, room_url)

    def save() -> object:
        require_pen(text, reader, timezone.now())
        words, version = form.cleaned_data["words"], form.cleaned_data["version"]
        return put_words(found, language, words, reader, version=version)

    context = {
        **_about(text),
        "heading": place_of(found),
        "passage": found,
        "language": language,
        "wording": wording,
        "groups": list(enumerate(groups_in(wording.words))) if wording else [],
        "others": [each for each in found.wordings.all() if each.language != language],
        "writing": who_writes(pen_of(text), reader),
        "revision": draft,
    }
    return answer_form(request, "consultation/write.html", form, context, save=save, to=room_url)


@login_required
@require_safe
def projected(request: Request, slug: str) -> HttpResponse:
    """Show the draft on a wall: large, without names, in one language or two; it renews itself."""
    text, _reader = get_drafted(request, slug)
    revision = draft_of(text) or text.revisions.latest_first().first()
    wanted = [code for code in request.GET.getlist("in") if code in text.languages]
    languages = list(dict.fromkeys(wanted))[:2] or text.in_order[:2]
    context = {
        "text": text,
        "revision": revision,
        "languages": languages,
        "all_languages": [(code, language_name(code)) for code in text.in_order],
        "passages": [
            (passage, place, [each for each in words if each.row.language in languages])
            for passage, place, words in (read_draft(revision) if revision else [])
        ],
        "is_still": "still" in request.GET,
    }
    answer = render_page(request, "consultation/projected.html", context)
    if "still" not in request.GET:
        answer["Refresh"] = str(int(REFRESH.total_seconds()))
    return answer


def drafters_of(text: Text) -> QuerySet[User]:
    """Return the people to whom the pen can be handed: of presidency, secretariat, committee."""
    process, today = process_of(text), timezone.localdate()
    assert process is not None  # -- else nobody drafts it
    offices = (*PRESIDENCIES, *SECRETARIATS)
    terms = Term.objects.filter(in_force(today), process=process, office__in=offices)
    seats = Seat.objects.filter(in_force(today), body=rules_of(process).committee_id or 0)
    there = Affiliation.objects.filter(in_force(today), person__user__is_active=True)
    parties = [*terms.values_list("party", flat=True), *seats.values_list("party", flat=True)]
    users = there.filter(party__in=parties).values("person__user")
    return User.objects.filter(pk__in=users).order_by("pk")


def _lift(request: Request, passage: Passage, language: str, reader: User, to: str) -> HttpResponse:
    """Lift the bracket whose alternative was chosen: ``lift`` says which and which."""
    place, _sign, choice = request.POST["lift"].partition(".")
    wording = passage.wordings.filter(language=language).first()
    groups = groups_in(wording.words) if wording else []
    text = passage.revision.text
    try:
        alternatives = groups[int(place)].alternatives
        chosen = alternatives[int(choice)] if choice else ""
        lift_bracket(
            passage=passage,
            language=language,
            place=int(place),
            chosen=chosen,
            version=int(request.POST.get("version", "0")),
            by=reader,
        )
    except (ValueError, IndexError):
        return _show_room(request, text, reader, [_("This bracket is not there any more.")])
    except ValidationError as error:
        return _show_room(request, text, reader, error.messages)
    messages.success(request, _("The bracket is lifted."))
    return redirect(to)


def _show_room(
    request: Request, text: Text, reader: User, problems: list[str] | None = None
) -> HttpResponse:
    draft = draft_of(text)
    current = draft or text.revisions.latest_first().first()
    drafters = [] if draft is None else list(drafters_of(text).exclude(pk=reader.pk))
    names = names_of({each.pk for each in drafters})
    context = {
        **_about(text),
        "heading": str(text),
        "draft": draft,
        "revision": current,
        "passages": read_draft(current) if current else [],
        "writing": who_writes(pen_of(text), reader),
        "leads": may(reader, "consultation.lead", text),
        "drafters": [(pk, names[pk]) for pk in names],
        "along": _along(draft) if draft else [],
        "brackets": sum(each.count for each in open_brackets(current)) if current else 0,
        "languages": [(code, language_name(code)) for code in text.in_order],
        "problems": problems or [],
    }
    return render_page(request, "consultation/room.html", context, status=422 if problems else 200)


def _along(draft: Revision) -> list[tuple[object, str, str]]:
    rows = list(out_of(draft))
    names = names_of({row.taken_by_id for row in rows if row.taken_by_id})
    return [(row, names.get(row.taken_by_id or 0, ""), language_name(row.language)) for row in rows]


def _about(text: Text) -> dict[str, object]:
    return {"text": text, "document": text.document, "process": process_of(text)}
