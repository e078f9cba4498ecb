"""What people type about who takes part."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.core.dates import FuzzyDateFormField
from comity.parties.forms import PartyField
from comity.processes.forms.rows import FactForm, choose, propose_last
from comity.processes.models import Meeting, Status
from comity.processes.services import ParticipationFacts


class ParticipationForm(FactForm):
    """How a party takes part."""

    status = forms.ChoiceField(label=_("status"), choices=Status)
    begins = FuzzyDateFormField(label=_("from"))
    ends = FuzzyDateFormField(label=_("until"), required=False)
    since_meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("began at"), required=False
    )
    for_territory = PartyField(label=_("on behalf of"), required=False)
    is_origin = forms.BooleanField(label=_("country of origin"), required=False)
    is_transit = forms.BooleanField(label=_("country of transit"), required=False)
    is_destination = forms.BooleanField(label=_("country of destination"), required=False)
    order = forms.IntegerField(label=_("order in the list"), min_value=0, max_value=32767)
    note = forms.CharField(label=_("note"), required=False, max_length=400)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        choose(self.fields["since_meeting"], self.process.meetings.all())
        propose_last(self, self.process.participations.all())

    def facts(self) -> ParticipationFacts:
        """Return what was typed as the service takes it."""
        return ParticipationFacts(**self.shown("party"))


class NewParticipationForm(ParticipationForm):
    """Who takes part, and how."""

    party = PartyField(label=_("party"))
    field_order = ["party"]


class OpenSetForm(FactForm):
    """The words for participants that nobody enumerates."""

    words = forms.CharField(
        label=_("words"),
        max_length=200,
        help_text=_("As the source says it, such as “other relevant States”. Nobody is counted."),
    )
    note = forms.CharField(label=_("note"), required=False, max_length=300)
