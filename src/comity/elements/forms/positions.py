"""What is typed of what States say of an adopted text."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.calls.models import Way
from comity.elements.forms.adoption import RECORDED_WAYS, DayField
from comity.elements.models import Position, PositionKind
from comity.elements.services import PositionFacts
from comity.parties.forms import PartyField
from comity.parties.models import Party
from comity.processes.forms.rows import LanguageField, offer_parties
from comity.texts.models import Paragraph, Passage, RevisionState, Text
from comity.ui.forms import TranslatedFormField, VersionedForm


class PositionForm(forms.Form):
    """What a State says, of which paragraph, in which language."""

    kind = forms.ChoiceField(label=_("kind"), choices=PositionKind.choices)
    paragraph = forms.TypedChoiceField(
        label=_("paragraph"),
        required=False,
        coerce=int,
        empty_value=None,
    )
    language = LanguageField(label=_("language"))
    words = forms.CharField(label=_("words"), max_length=20_000, widget=forms.Textarea({"rows": 8}))

    def __init__(self, *args: Any, text: Text, parties: list[Party], **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        self.text = text
        field = self.fields["paragraph"]
        assert isinstance(field, forms.TypedChoiceField)
        passages = Passage.objects.filter(
            revision__text=text, revision__state=RevisionState.FINAL
        ).order_by("order")
        field.choices = [
            ("", _("the whole text")),
            *((each.paragraph_id, str(each)) for each in passages),
        ]
        self.fields["language"].initial = text.original
        if len(parties) > 1:
            choices = Party.objects.filter(pk__in=[party.pk for party in parties])
            self.fields["party"] = forms.ModelChoiceField(choices, label=_("State"))
            self.order_fields(["party"])
        self.parties = parties

    @property
    def said_by(self) -> Party:
        """The party for which it is said."""
        chosen: Party | None = self.cleaned_data.get("party")
        return chosen or self.parties[0]

    def facts(self) -> PositionFacts:
        """Return what was typed as the service takes it."""
        data = self.cleaned_data
        paragraph = data["paragraph"]
        return PositionFacts(
            kind=PositionKind(data["kind"]),
            language=data["language"],
            words=data["words"],
            paragraph=Paragraph.objects.get(pk=paragraph) if paragraph else None,
        )


class RecordedPositionForm(PositionForm):
    """The same, entered by the secretariat for the State that said it."""

    party = PartyField(label=_("State"))
    way = forms.ChoiceField(label=_("how it came"), choices=RECORDED_WAYS)
    note = forms.CharField(label=_("note"), required=False, max_length=300)
    field_order = ["party", "way", "note"]

    def __init__(self, *args: Any, text: Text, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, text=text, parties=[], **kwargs)
        process = text.document.process
        assert process is not None  # its page is nowhere else
        offer_parties(self, process)

    @property
    def way_taken(self) -> Way:
        """How it came."""
        return Way(self.cleaned_data["way"])


class TranslationForm(VersionedForm):
    """Unofficial translations of a position."""

    translations = TranslatedFormField(
        label=_("unofficial translations"), max_length=20_000, long=True, required=False
    )

    def __init__(self, *args: Any, position: Position, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        kwargs["initial"] = {
            "version": position.version,
            "translations": position.translations,
        }
        super().__init__(*args, **kwargs)


class WithdrawalForm(VersionedForm):
    """On which day a position was withdrawn."""

    withdrawn_on = DayField(label=_("withdrawn on"))
    note = forms.CharField(label=_("note"), required=False, max_length=300)

    def __init__(self, *args: Any, position: Position, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        kwargs["initial"] = {"version": position.version, "withdrawn_on": timezone.localdate()}
        super().__init__(*args, **kwargs)
