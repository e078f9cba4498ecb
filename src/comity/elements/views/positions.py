"""The pages on which States say what they hold of an adopted text."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comity.accounts.authority import may
from comity.elements.forms import (
    PositionForm,
    RecordedPositionForm,
    TranslationForm,
    WithdrawalForm,
)
from comity.elements.models import Position
from comity.elements.permissions import is_member
from comity.elements.services import (
    confirm_position,
    record_position,
    take_position,
    translate_position,
    withdraw_position,
)
from comity.elements.views.finding import find_text, process_of
from comity.parties.models import Party
from comity.processes.forms import RemovalForm
from comity.texts.models import Text
from comity.ui.answering import answer_form
from comity.ui.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def take(request: Request, slug: str) -> HttpResponse:
    """Let who speaks for a member say what it holds of the text."""
    text = find_text(request, slug)
    if not request.user.is_authenticated:
        raise Http404
    today = timezone.localdate()
    spoken_for = Party.objects.spoken_for_by(request.user, today).with_name(today)
    parties = [party for party in spoken_for if is_member(party, text.document.process)]
    if not parties:
        raise Http404
    form = PositionForm(request.POST or None, text=text, parties=parties)
    return _answer(
        request,
        text,
        form,
        _("Say what your State holds of the text"),
        lambda: take_position(text=text, party=form.said_by, facts=form.facts(), by=request.user),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: Request, slug: str) -> HttpResponse:
    """Enter what a member said in the room, by note, by mail or by telephone."""
    text = find_text(request, slug, "elements.record_position")
    form = RecordedPositionForm(request.POST or None, text=text)
    return _answer(
        request,
        text,
        form,
        _("Enter what a State said of the text"),
        lambda: record_position(
            text=text,
            party=form.said_by,
            facts=form.facts(),
            way=form.way_taken,
            note=form.cleaned_data["note"],
            by=request.user,
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def translate(request: Request, slug: str, pk: int) -> HttpResponse:
    """Keep unofficial translations of a position."""
    text = find_text(request, slug, "elements.record_position")
    row = get_object_or_404(Position.objects.select_related("party"), text=text, pk=pk)
    form = TranslationForm(request.POST or None, position=row)
    return _answer(
        request,
        text,
        form,
        _("Unofficial translations"),
        lambda: translate_position(
            position=row,
            translations=form.cleaned_data["translations"],
            version=form.cleaned_data["version"],
            by=request.user,
        ),
        position=row,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, slug: str, pk: int) -> HttpResponse:
    """Keep that a position was withdrawn."""
    text = find_text(request, slug)
    row = _position(request, text, pk, "elements.withdraw_position")
    form = WithdrawalForm(request.POST or None, position=row)
    return _answer(
        request,
        text,
        form,
        _("Withdraw the position"),
        lambda: withdraw_position(
            position=row,
            day=form.cleaned_data["withdrawn_on"],
            note=form.cleaned_data["note"],
            version=form.cleaned_data["version"],
            by=request.user,
        ),
        position=row,
    )


@require_POST
def confirm(request: Request, slug: str, pk: int) -> HttpResponse:
    """Say for a State that what was entered for it is what it said."""
    text = find_text(request, slug)
    row = _position(request, text, pk, "elements.take_position")
    form = RemovalForm(request.POST)
    return _answer(
        request,
        text,
        form,
        _("Confirm the position"),
        lambda: confirm_position(position=row, version=form.seen_version, by=request.user),
        position=row,
    )


def _position(request: Request, text: Text, pk: int, permission: str) -> Position:
    row = get_object_or_404(Position.objects.select_related("party"), text=text, pk=pk)
    if not may(request.user, permission, row):
        raise Http404
    row.text = text
    return row


def _answer(
    request: Request,
    text: Text,
    form: Any,  # noqa: ANN401 -- each of the forms above
    heading: str,
    save: Any,  # noqa: ANN401 -- what it does
    *,
    position: Position | None = None,
) -> HttpResponse:
    return answer_form(
        request,
        "elements/form.html",
        form,
        {
            "heading": heading,
            "process": process_of(text),
            "document": text.document,
            "position": position,
        },
        save=save,
        to=reverse("elements:text", args=[text.document.slug]),
    )
