"""The day of the record that a page is asked for, of one range wherever it is asked."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

EARLIEST: Final = date(1900, 1, 1)
MOST_YEARS_AHEAD: Final = 10


def latest_day() -> date:
    """Return the last day of which the record may be asked: the end of a year ahead."""
    return date(timezone.localdate().year + MOST_YEARS_AHEAD, 12, 31)


class DayField(forms.DateField):
    """A day of the record, written as 2003-03-01; today where none is chosen."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self) -> None:
        super().__init__(
            label=_("As of"),
            required=False,
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": _("Write a day as 2003-03-01.")},
        )

    def clean(self, value: Any) -> date:  # noqa: ANN401 -- as Django's
        """Return the day; refuse one of which no record can speak."""
        day: date = super().clean(value) or timezone.localdate()
        if not EARLIEST <= day <= latest_day():
            raise forms.ValidationError(
                _("The record says nothing of %(day)s. Choose a day from %(first)s to %(last)s."),
                params={
                    "day": day.isoformat(),
                    "first": EARLIEST.isoformat(),
                    "last": latest_day().isoformat(),
                },
                code="outside",
            )
        return day
