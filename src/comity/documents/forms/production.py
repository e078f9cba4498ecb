"""What people type about papers that somebody owes."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from comity.core.languages import language_name
from comity.documents.forms.papers import PaperField
from comity.documents.models import Document, Owner
from comity.documents.services import OwedFacts
from comity.parties.forms import PartyField
from comity.processes.forms.rows import RowForm, choose
from comity.processes.models import Body, Meeting
from comity.ui.forms import TranslatedFormField


class OwedPaperForm(RowForm):
    """Who owes which paper, in which languages, and how long before the meeting."""

    title = TranslatedFormField(label=_("title"), max_length=300)
    meeting = forms.ModelChoiceField(Meeting.objects.none(), label=_("meeting"))
    days_before = forms.IntegerField(label=_("days before the meeting"), min_value=0, max_value=730)
    languages = forms.MultipleChoiceField(
        label=_("languages"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(code, language_name(code)) for code in settings.CONTENT_LANGUAGES],
    )
    owner = forms.ChoiceField(label=_("owed by"), choices=Owner)
    party = PartyField(label=_("party"), required=False, help_text=_("Where a party owes it."))
    body = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("body"),
        required=False,
        help_text=_("Where a body owes it."),
    )
    document = PaperField(
        Document.objects.none(),
        label=_("the paper that came"),
        required=False,
        to_field_name="slug",
        help_text=_("Its files say in which languages it has come."),
    )
    note = forms.CharField(label=_("note"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        choose(self.fields["meeting"], self.process.meetings.latest_first())
        choose(self.fields["body"], self.process.bodies.all())
        choose(self.fields["document"], self.process.documents.latest_first())

    def values_of(self, row: Any) -> dict[str, object]:  # noqa: ANN401 -- a paper owed
        """Return what stands in ``row``, the paper by its slug."""
        return super().values_of(row) | {"document": row.document.slug if row.document else None}

    def clean(self) -> dict[str, Any]:
        """Drop a party or a body that does not owe it."""
        typed = super().clean() or self.cleaned_data
        if typed.get("owner") != Owner.PARTY:
            typed["party"] = None
        if typed.get("owner") != Owner.BODY:
            typed["body"] = None
        return typed

    def facts(self) -> OwedFacts:
        """Return what was typed as the service takes it."""
        return OwedFacts(**self.shown())
