"""What the reader of a page may choose by its address."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.pages.queries.participation import ORDERS, Order, TableChoice
from comity.parties.models import Region
from comity.processes.models import Status
from comity.ui.days import DayField

ANY: Final = ("", _("All"))
MADE_UP: Final = "made-up"


class RecordForm(forms.Form):
    """Which processes a page is about, and as of which day."""

    record = forms.ChoiceField(
        label=_("Processes"),
        required=False,
        choices=[("", _("On record")), (MADE_UP, _("Made up for demonstration"))],
    )
    on = DayField()

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__(data)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = _("“%(value)s” is not one of the list.")

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
