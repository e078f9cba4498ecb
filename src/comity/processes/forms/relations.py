"""What people type about partners, agreements, visits and requests."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comity.audit.models import Versioned
from comity.core.dates import FuzzyDateFormField
from comity.core.sorting import sort_key
from comity.core.translated import text_in
from comity.parties.forms import PartyField
from comity.parties.models import Party
from comity.parties.models.parties import name_today
from comity.processes.forms.rows import (
    FactForm,
    PartiesField,
    RowForm,
    choose,
    other_processes,
    propose_last,
)
from comity.processes.models import Agreement, LiaisonVisit, Meeting, Process, RequestState
from comity.processes.services import AgreementFacts, PartnershipFacts, RequestFacts, VisitFacts
from comity.ui.forms import TranslatedFormField


class PartnershipForm(FactForm):
    """Who a partner is and what it does."""

    party = PartyField(label=_("organisation or State"), required=False)
    partner_process = forms.ModelChoiceField(
        Process.objects.none(), label=_("or another process"), required=False
    )
    name_in_source = forms.CharField(
        label=_("name as it is to be shown"),
        required=False,
        max_length=255,
        help_text=_("If you leave this empty, the name of today."),
    )
    role = forms.CharField(label=_("what it does for the process"), max_length=255)
    order = forms.IntegerField(label=_("order in the list"), min_value=0, max_value=32767)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        choose(self.fields["partner_process"], other_processes(self.process))
        propose_last(self, self.process.partnerships.all())

    def clean_name_in_source(self) -> str:
        """Return the name that was typed, else that of the party or process chosen."""
        typed: str = self.cleaned_data["name_in_source"]
        party, process = (self.cleaned_data.get(name) for name in ("party", "partner_process"))
        if typed:
            return typed
        if party:
            return name_today(party.pk)
        if process:
            return text_in(process.name)
        raise ValidationError(_("Choose a party or a process, or write a name."), code="required")

    def facts(self) -> PartnershipFacts:
        """Return what was typed as the service takes it."""
        return PartnershipFacts(**self.shown())


class AgreementForm(FactForm):
    """What was agreed, by whom and when."""

    title = TranslatedFormField(label=_("title"), max_length=300)
    parties = PartiesField(
        label=_("parties"),
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One on each line, by name or by code."),
    )
    signed = FuzzyDateFormField(label=_("signed"), required=False)
    note = forms.CharField(label=_("note"), required=False, max_length=300)

    def values_of(self, row: Versioned) -> dict[str, object]:
        """Return what stands in ``row``, its parties as a list."""
        assert isinstance(row, Agreement)
        return super().values_of(row) | {"parties": list(row.parties.order_by("code"))}

    def facts(self) -> AgreementFacts:
        """Return what was typed as the service takes it."""
        return AgreementFacts(**self.shown())


class VisitForm(RowForm):
    """When the process visits another, who goes, and what they report."""

    meeting = forms.ModelChoiceField(Meeting.objects.none(), label=_("meeting"), required=False)
    days = FuzzyDateFormField(label=_("when"))
    represented_by = forms.CharField(label=_("represented by"), max_length=200)
    report = forms.CharField(
        label=_("report"), required=False, max_length=20_000, widget=forms.Textarea({"rows": 8})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        if isinstance(self.row, LiaisonVisit):
            choose(self.fields["meeting"], self.row.visited.meetings.latest_first())

    def facts(self) -> VisitFacts:
        """Return what was typed as the service takes it."""
        return VisitFacts(**self.shown("visited"))


class NewVisitForm(VisitForm):
    """Which process is visited; its meetings can be chosen once that is known."""

    visited = forms.ModelChoiceField(Process.objects.none(), label=_("process visited"))
    field_order = ["visited"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        del self.fields["meeting"]
        choose(self.fields["visited"], other_processes(self.process))


class AskForm(RowForm):
    """What a party asks of the secretariat."""

    party = forms.ModelChoiceField(
        Party.objects.none(), label=_("for"), to_field_name="code", empty_label=None
    )
    words = forms.CharField(
        label=_("what you ask"), max_length=5000, widget=forms.Textarea({"rows": 6})
    )
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("about the meeting"), required=False
    )

    def __init__(self, *args: Any, parties: QuerySet[Party], **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        party, language = self.fields["party"], get_language() or "en"
        choose(party, parties)
        assert isinstance(party, forms.ModelChoiceField)
        by_name = sorted(parties, key=lambda each: sort_key(str(each), language))
        party.choices = [(each.code, str(each)) for each in by_name]
        choose(self.fields["meeting"], self.process.meetings.latest_first())


class ReceivedForm(RowForm):
    """What the secretariat was asked by mail, by telephone or in the room."""

    party = PartyField(label=_("asked by"), required=False)
    asked = FuzzyDateFormField(label=_("asked"))
    words = forms.CharField(
        label=_("what was asked"), max_length=5000, widget=forms.Textarea({"rows": 6})
    )
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("about the meeting"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        choose(self.fields["meeting"], self.process.meetings.latest_first())

    def facts(self) -> RequestFacts:
        """Return what was typed as the service takes it."""
        return RequestFacts(**self.shown())


class AnswerForm(RowForm):
    """What becomes of a request."""

    state = forms.ChoiceField(label=_("state"), choices=RequestState)
    answer = forms.CharField(
        label=_("answer"), required=False, max_length=5000, widget=forms.Textarea({"rows": 5})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)
        state.choices = [each for each in RequestState.choices if each[0] != RequestState.WITHDRAWN]
