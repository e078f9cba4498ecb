"""The calendar as a page, and for other programs."""

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from comity.accounts.authority import Actor
from comity.accounts.models import TokenUse, User
from comity.accounts.services import create_token, user_of_token
from comity.core.addresses import whole_address
from comity.core.sorting import sort_key
from comity.core.translated import text_in
from comity.pages.forms import MADE_UP, RecordForm
from comity.pages.ics import write_calendar
from comity.pages.queries.calendar import (
    MonthPage,
    read_ahead,
    read_entries,
    read_month,
    read_together,
    state_of,
)
from comity.pages.views.choices import address_with, choices_of, kept_beside, query_of
from comity.parties.models import Party
from comity.processes.calendar import Wanted, has_part, meetings, own_processes
from comity.processes.models import Meeting, Process, Theme
from comity.ui.days import EARLIEST
from comity.ui.requests import Request
from comity.ui.responses import render_page

LATEST_YEAR = 2100
ON_RECORD: Final = "on-record"


class CalendarForm(RecordForm):
    """Whose calendar, and which month.

    Who has processes of their own starts with those, until something else is chosen.
    """

    process = forms.SlugField(required=False)
    party = forms.SlugField(required=False)
    theme = forms.SlugField(required=False)
    month = forms.DateField(
        required=False,
        input_formats=["%Y-%m"],
        error_messages={"invalid": gettext_lazy("Write a month as 2003-10.")},
    )

    def __init__(self, data: Mapping[str, str], *, actor: Actor | None = None) -> None:
        super().__init__(data)
        self.starts_with_own = (
            actor is not None
            and not any(data.get(name) for name in ("process", "party", "theme"))
            and own_processes(actor).exists()
        )
        field = self.fields["record"]
        assert isinstance(field, forms.ChoiceField)
        own = [("", _("My processes"))] if self.starts_with_own else []
        made_up = (MADE_UP, _("Made up for demonstration"))
        field.choices = [*own, (ON_RECORD, _("On record")), made_up]

    def clean_month(self) -> date | None:
        """Return the first day of the month; refuse one of which no record can speak."""
        month: date | None = self.cleaned_data["month"]
        if month and not EARLIEST.year <= month.year <= LATEST_YEAR:
            raise forms.ValidationError(_("The record says nothing of that year."))
        return month

    def clean_process(self) -> str:
        """Return the process; refuse one that is not on record."""
        return self._known("process", Process.objects.all(), "slug")

    def clean_party(self) -> str:
        """Return the party; refuse one that is not on record."""
        return self._known("party", Party.objects.all(), "code")

    def clean_theme(self) -> str:
        """Return the theme; refuse one that is not on record."""
        return self._known("theme", Theme.objects.all(), "slug")

    def clean(self) -> dict[str, Any]:
        """Leave out a party that has no part in the process, neither by its list nor by name."""
        chosen: dict[str, Any] = super().clean() or self.cleaned_data
        process, party = chosen.get("process"), chosen.get("party")
        if process and party and not has_part(process, party):
            names = _names(Wanted(process, party))
            said = {"process": names[0], "party": names[1]}
            sentence = _("%(party)s is not on record as taking part in %(process)s.")
            self.add_error("party", forms.ValidationError(sentence % said, code="no_part"))
        return chosen

    def _known(self, field: str, rows: Any, key: str) -> str:  # noqa: ANN401 -- any queryset
        value: str = self.cleaned_data[field]
        if value and not rows.filter(**{key: value}).exists():
            raise forms.ValidationError(
                _("“%(value)s” is not on record.") % {"value": value}, code="unknown"
            )
        return value

    def wanted(self) -> Wanted:
        """Return what is asked for; what cannot be is left out, and stands among the errors."""
        self.is_valid()
        chosen = self.cleaned_data
        process = chosen.get("process", "")
        made_up = self.is_made_up or Process.objects.filter(slug=process, is_made_up=True).exists()
        own = self.starts_with_own and not chosen.get("record") and "record" not in self.errors
        return Wanted(process, chosen.get("party", ""), chosen.get("theme", ""), made_up, own)


@require_safe
def calendar(request: Request) -> HttpResponse:
    """Show a month, what comes next, and for a secretariat what falls together."""
    form = CalendarForm(request.GET, actor=request.user)
    wanted = form.wanted()
    today = timezone.localdate()
    first = form.cleaned_data.get("month") or today.replace(day=1)
    month = read_month(request.user, wanted, first, today)
    context = {
        "form": form,
        "wanted": wanted,
        "shows_made_up": wanted.made_up
        or (wanted.own and own_processes(request.user).filter(is_made_up=True).exists()),
        "names": _names(wanted),
        "month": month,
        "steps": _steps(request, month),
        "ahead": read_ahead(request.user, wanted, today),
        "together": read_together(request.user, today),
        "choices": [choices_of(request, form, "record")],
        "selects": _selects(wanted),
        "kept": kept_beside(request, ["process", "party", "theme"]),
        "subscription": reverse("pages:calendar_ics") + query_of(request, form, {"month", "on"}),
    }
    return render_page(request, "pages/calendar.html", context, partial="month")


@login_required
@never_cache
@require_POST
def calendar_address(request: Request) -> HttpResponse:
    """Make an address of the reader's own calendar; it is shown in the answer, once."""
    user = get_object_or_404(User, pk=request.user.pk)
    made = create_token(user=user, name=_("Calendar"), by=user, use=TokenUse.CALENDAR)
    address = whole_address(reverse("pages:calendar_own", args=[made.secret]))
    return render_page(request, "pages/calendar_address.html", {"address": address})


@require_safe
@never_cache
def calendar_own(request: Request, secret: str) -> HttpResponse:
    """Hand out the calendar of whose address it is: all of the processes they belong to."""
    user = user_of_token(secret, TokenUse.CALENDAR)
    if user is None:
        raise Http404
    with override(user.language or settings.LANGUAGE_CODE):
        return _as_calendar(request, _("My calendar on Comity"), user, Wanted(own=True))


@require_safe
def calendar_ics(request: Request) -> HttpResponse:
    """Hand out the calendar for other programs: what everybody may see."""
    form = CalendarForm(request.GET)
    wanted = form.wanted()
    if form.errors:
        raise Http404
    name = " · ".join(filter(None, ("Comity", *_names(wanted))))
    return _as_calendar(request, name, request.user, wanted)


@require_safe
def meeting_ics(_request: Request, slug: str) -> HttpResponse:
    """Hand out one meeting for a calendar program; 404 where not even its months are known."""
    entry = meetings.entry(get_object_or_404(Meeting, slug=slug))
    if not entry.is_in_files:
        raise Http404
    content = write_calendar(entry.words, [entry], timezone.now())
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    return answer


def _as_calendar(request: Request, name: str, actor: Actor, wanted: Wanted) -> HttpResponse:
    """Return the calendar; a program that has it already is told so, and nothing is written."""
    # The same answer for the whole day, so that a program that asks again is sent nothing.
    day = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    state = (settings.SITE_ADDRESS, get_language(), day, name, *state_of(actor, wanted))
    tag = f'"{sha256(repr(state).encode()).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=tag)
    if answer is None:
        content = write_calendar(name, read_entries(actor, wanted), day)
        answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = 'inline; filename="comity.ics"'
    answer["ETag"] = tag
    return answer


def _steps(request: Request, month: MonthPage) -> dict[str, tuple[date, str]]:
    """Return the months that this one leads to, each with its address."""
    months = {
        "before": month.before,
        "after": month.after,
        "last": month.last_filled,
        "next": month.next_filled,
    }
    return {
        name: (day, address_with(request, "month", f"{day:%Y-%m}"))
        for name, day in months.items()
        if day
    }


def _names(wanted: Wanted) -> list[str]:
    """Return what the calendar is narrowed to, in words."""
    found = []
    if wanted.process:
        found.append(str(Process.objects.get(slug=wanted.process)))
    if wanted.party:
        found.append(str(Party.objects.with_name(timezone.localdate()).get(code=wanted.party)))
    if wanted.theme:
        found.append(str(Theme.objects.get(slug=wanted.theme)))
    return found


def _selects(wanted: Wanted) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Return the fields by which the calendar is narrowed, with what each offers."""
    processes = Process.objects.all()
    if not wanted.own:
        processes = processes.filter(is_made_up=wanted.made_up)
    taking_part = Party.objects.filter(
        participations__process__is_made_up=wanted.made_up
    ).distinct()
    parties: Any = taking_part.with_name(timezone.localdate())
    return [
        (
            "process",
            _("Process"),
            wanted.process,
            [(each.slug, text_in(each.short_name)) for each in processes],
        ),
        ("party", _("Party"), wanted.party, _by_name((each.code, each.name) for each in parties)),
        (
            "theme",
            _("Theme"),
            wanted.theme,
            _by_name((each.slug, str(each)) for each in Theme.objects.all()),
        ),
    ]


def _by_name(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what a field offers in the order in which its readers look for it."""
    language = get_language() or settings.LANGUAGE_CODE
    return sorted(pairs, key=lambda pair: sort_key(pair[1], language))
