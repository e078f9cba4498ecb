"""What people type about a party: its names through time, its place, its offices."""

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from comity.core.dates import FuzzyDateFormField
from comity.parties.forms.people import PartyRowForm
from comity.parties.services import NameFacts, PartyFacts
from comity.ui.forms import TranslatedFormField


class RenamingForm(PartyRowForm):
    """What a party is called from a day on, in each language."""

    names = TranslatedFormField(label=_("new name"), max_length=255)
    on = forms.DateField(
        label=_("first day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The present name in each of these languages ends the day before."),
    )
    source = forms.CharField(
        label=_("source"),
        required=False,
        max_length=255,
        help_text=_("The note or resolution that says so."),
    )


class NameForm(PartyRowForm):
    """One name of a party, and when it was used."""

    name = forms.CharField(label=_("name"), max_length=255)
    begins = FuzzyDateFormField(label=_("from"), required=False)
    ends = FuzzyDateFormField(label=_("until"), required=False)
    source = forms.CharField(label=_("source"), required=False, max_length=255)

    def facts(self) -> NameFacts:
        """Return what was typed as the service takes it."""
        return NameFacts(**self.typed("name", "begins", "ends", "source"))


class PartyForm(PartyRowForm):
    """What is kept of a party besides its names."""

    acronym = forms.CharField(label=_("acronym"), required=False, max_length=40)
    place = forms.CharField(label=_("place"), required=False, max_length=120)
    ends = FuzzyDateFormField(label=_("existed until"), required=False)

    def facts(self) -> PartyFacts:
        """Return what was typed as the service takes it."""
        return PartyFacts(**self.typed("acronym", "place", "ends"))


class OfficeForm(PartyForm):
    """A regional office or mission of an organisation."""

    names = TranslatedFormField(label=_("name"), max_length=255)
    code = forms.CharField(
        label=_("code"),
        max_length=40,
        validators=[validate_slug],
        help_text=_("The last part of its address; it stays the same when the name changes."),
    )
    field_order = ["names", "code"]
