"""The day that a page shows: today, or the one that its address names."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils import timezone

from comity.ui.days import DayField
from comity.ui.requests import Request


@dataclass(frozen=True)
class Shown:
    """The day shown, whether the address names it, and what is wrong with what it names."""

    on: date
    is_chosen: bool
    problem: str

    def at(self, address: str) -> str:
        """Return ``address`` as of the same day."""
        return f"{address}?on={self.on.isoformat()}" if self.is_chosen else address


class DayForm(forms.Form):
    """The day to show a page as of."""

    on = DayField()


def day_of(request: Request) -> Shown:
    """Return the day that ``request`` asks for, today where it asks for none that can be."""
    if not request.GET.get("on"):
        return Shown(timezone.localdate(), is_chosen=False, problem="")
    form = DayForm(request.GET)
    if form.is_valid():
        return Shown(form.cleaned_data["on"], is_chosen=True, problem="")
    return Shown(timezone.localdate(), is_chosen=False, problem=str(form.errors["on"][0]))
