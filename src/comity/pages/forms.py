"""What the reader of a page may choose by its address."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.pages.queries.participation import ORDERS, Order, TableChoice
from comity.parties.models import Region
from comity.processes.models import Status

EARLIEST: Final = date(1900, 1, 1)
MOST_YEARS_AHEAD: Final = 10
ANY: Final = ("", _("All"))
MADE_UP: Final = "made-up"


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
        today = timezone.localdate()
        day: date = super().clean(value) or today
        if not EARLIEST <= day <= today.replace(year=today.year + MOST_YEARS_AHEAD, day=1):
            raise forms.ValidationError(
                _("The record says nothing of %(day)s. Choose a day from %(first)s on.")
                % {"day": day.isoformat(), "first": EARLIEST.isoformat()},
                code="outside",
            )
        return day


class RecordForm(forms.Form):
    """Which processes a page is about, and as of which day."""

    record = forms.ChoiceField(
        label=_("Processes"),
        required=False,
        choices=[("", _("On record")), (MADE_UP, _("Made up for demonstration"))],
    )
    on = DayField()

    @property
    def on_day(self) -> date:
        """The day chosen; today where none is, or one that cannot be."""
        self.is_valid()
        return self.cleaned_data.get("on") or timezone.localdate()

    @property
    def is_made_up(self) -> bool:
        """Whether the processes that are made up are asked for."""
        self.is_valid()
        return self.cleaned_data.get("record") == MADE_UP

    @property
    def problems(self) -> list[str]:
        """What is wrong with the address, a sentence each."""
        return [str(error) for errors in self.errors.values() for error in errors]


class TableForm(RecordForm):
    """What the participation table shows, and in which order."""

    region = forms.ChoiceField(
        label=_("Region of the party"), required=False, choices=[ANY, *Region.choices]
    )
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[ANY, *Status.choices])
    order = forms.ChoiceField(label=_("Order"), required=False, choices=list(ORDERS.items()))

    def choice(self) -> TableChoice:
        """Return what was chosen; what cannot be is left out, and stands among the errors."""
        self.is_valid()
        chosen = self.cleaned_data
        return TableChoice(
            on=self.on_day,
            region=chosen.get("region", ""),
            status=chosen.get("status", ""),
            order=chosen.get("order") or Order.REGION,
            made_up=self.is_made_up,
        )
