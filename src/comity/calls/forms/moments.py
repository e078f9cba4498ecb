"""Until when something is due: people choose a day, and it lasts to its end."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

END_OF_DAY = time(23, 59)


class DueField(forms.DateField):
    """The last day on which an answer is in time; the value is the end of that day, here."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- those of DateField
        kwargs.setdefault("help_text", _("Until the end of this day."))
        invalid = {"invalid": _("Write a day as 2003-03-01.")}
        super().__init__(input_formats=["%Y-%m-%d"], error_messages=invalid, **kwargs)

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 -- a moment, or what was typed
        """Return the day that a moment is here."""
        return timezone.localdate(value) if isinstance(value, datetime) else value

    def clean(self, value: Any) -> datetime | None:  # noqa: ANN401 -- as Django's
        """Return the end of the day."""
        day: date | None = super().clean(value)
        return timezone.make_aware(datetime.combine(day, END_OF_DAY)) if day else None
