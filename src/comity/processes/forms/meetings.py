"""What people type about meetings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.core.dates import FuzzyDateFormField
from comity.parties.forms import PartyField
from comity.processes.forms.rows import FactForm, ReasonForm, choose
from comity.processes.models import CALLED_OFF, Meeting, MeetingStatus, Series
from comity.processes.services import MeetingFacts
from comity.ui.forms import TranslatedFormField


class MeetingForm(FactForm):
    """What a meeting is, when and where."""

    title = TranslatedFormField(label=_("title"), max_length=300)
    series = forms.ModelChoiceField(
        Series.objects.none(), label=_("series of meetings"), required=False
    )
    number = forms.IntegerField(
        label=_("number in the series"), required=False, min_value=1, max_value=32767
    )
    kind = forms.CharField(
        label=_("kind"), max_length=60, help_text=_("Such as plenary, workshop or seminar.")
    )
    status = forms.ChoiceField(label=_("status"))
    days = FuzzyDateFormField(
        label=_("when"),
        required=False,
        help_text=_("A day, a month or a year; for several days 2027-05-11/2027-05-13."),
    )
    place = forms.CharField(label=_("place"), required=False, max_length=120)
    country = PartyField(label=_("country"), required=False)
    organisers = forms.CharField(label=_("host or organisers"), required=False, max_length=300)
    note = forms.CharField(
        label=_("note"), required=False, max_length=600, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        choose(self.fields["series"], self.process.series.all())
        present = self.row.status if isinstance(self.row, Meeting) else None
        status = self.fields["status"]
        assert isinstance(status, forms.ChoiceField)
        status.choices = [
            choice
            for choice in MeetingStatus.choices
            if choice[0] not in CALLED_OFF or choice[0] == present
        ]
        if present is None:
            status.initial = MeetingStatus.PLANNED

    def facts(self) -> MeetingFacts:
        """Return what was typed as the service takes it."""
        return MeetingFacts(**self.shown())


class PostponeForm(ReasonForm):
    """To when a meeting is postponed, and why."""

    days = FuzzyDateFormField(
        label=_("new days"), required=False, help_text=_("Leave this empty where none are known.")
    )
    field_order = ["days", "reason"]

    def values_of(self, row: object) -> dict[str, object]:  # noqa: ARG002 -- the form's
        """Return nothing: the days that stand are those that no longer hold."""
        return {}


class SeriesForm(FactForm):
    """What a series of meetings is called."""

    name = TranslatedFormField(label=_("name"), max_length=200)
