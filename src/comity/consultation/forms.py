"""What people type in a negotiation: parse and check, never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.accounts.models import User
from comity.calls.forms.moments import DueField
from comity.consultation.models import ConsultationRules, NamesShown, RecordAfter
from comity.consultation.services.consulting import ConsultationFacts
from comity.consultation.services.rules import RulesFacts
from comity.core.languages import language_name
from comity.parties.models import Party
from comity.processes.models import Body, Process
from comity.ui.forms import TranslatedFormField, VersionedForm

MOST_OF_A_FILE = 20 * 1024 * 1024


class RulesForm(VersionedForm):
    """Who sees who proposed, who reads drafts, who drafts, what becomes of the record."""

    names_shown_to = forms.ChoiceField(
        label=_("Who sees which State proposed what"), choices=NamesShown, widget=forms.RadioSelect
    )
    committee = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("Drafting committee"),
        required=False,
        empty_label=_("none"),
        help_text=_("Members who sit in it draft, beside the presidency and the secretariat."),
    )
    observers_read_drafts = forms.BooleanField(
        label=_("Observers read drafts of outcome texts"),
        required=False,
        help_text=_("They never propose, whatever stands here."),
    )
    record_after = forms.ChoiceField(
        label=_("After adoption, the record of who proposed what is"),
        choices=RecordAfter,
        widget=forms.RadioSelect,
        help_text=_(
            "A sealed record is opened only for a reason that the presidency is told. One that is"
            " destroyed is gone from here; older backups hold it until they are deleted."
        ),
    )

    def __init__(self, *args: Any, rules: ConsultationRules, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        names = ("names_shown_to", "committee", "observers_read_drafts", "record_after", "version")
        kwargs["initial"] = {name: getattr(rules, name) for name in names}
        super().__init__(*args, **kwargs)
        bodies = self.fields["committee"]
        assert isinstance(bodies, forms.ModelChoiceField)
        bodies.queryset = Body.objects.filter(process=rules.process)

    def facts(self) -> RulesFacts:
        """Return what was chosen."""
        chosen = self.cleaned_data
        return RulesFacts(
            NamesShown(chosen["names_shown_to"]),
            chosen["observers_read_drafts"],
            RecordAfter(chosen["record_after"]),
            chosen["committee"],
        )


class ConsultationForm(VersionedForm):
    """What is asked of whom, until when."""

    subject = TranslatedFormField(label=_("Subject"))
    instructions = TranslatedFormField(
        label=_("What is asked"), required=False, max_length=4000, long=True
    )
    due_at = DueField(label=_("Answers are due"))
    parties = forms.ModelMultipleChoiceField(
        Party.objects.none(),
        label=_("Only these members"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none to ask all members. Observers are never asked for words."),
    )

    def __init__(self, *args: Any, process: Process, members: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form; an annotated queryset
        super().__init__(*args, **kwargs)
        del self.fields["version"]  # it is a new one
        self.process = process
        parties = self.fields["parties"]
        assert isinstance(parties, forms.ModelMultipleChoiceField)
        parties.queryset = members

    def facts(self) -> ConsultationFacts:
        """Return what was entered."""
        return ConsultationFacts(
            subject=self.cleaned_data["subject"],
            due_at=self.cleaned_data["due_at"],
            instructions=self.cleaned_data["instructions"],
            parties=self.cleaned_data["parties"],
        )


class DecisionForm(forms.Form):
    """Which proposals, and what becomes of them; ``seen`` are their versions as shown."""

    proposals = forms.TypedMultipleChoiceField(coerce=int, required=False)
    words = forms.CharField(required=False, max_length=20_000)
    language = forms.CharField(required=False, max_length=10)
    reason = forms.CharField(required=False, max_length=2_000)

    def __init__(self, *args: Any, proposals: list[int], **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        chosen = self.fields["proposals"]
        assert isinstance(chosen, forms.TypedMultipleChoiceField)
        chosen.choices = [(pk, "") for pk in proposals]

    def seen(self) -> dict[int, int]:
        """Return the versions of the proposals that the reader was shown."""
        shown = {pk: self.data.get(f"version-{pk}", "") for pk in self.cleaned_data["proposals"]}
        return {pk: int(version) for pk, version in shown.items() if version.isdecimal()}


class WordsForm(VersionedForm):
    """The words of one passage in one language."""

    words = forms.CharField(
        label=_("Words"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        help_text=_("Put words on which there is no agreement in [square brackets]."),
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("Words in %(language)s") % {
            "language": language_name(language)
        }
        self.fields["words"].widget.attrs["lang"] = language


class PenForm(forms.Form):
    """To whom the pen is handed, or why it is taken from another."""

    to = forms.ModelChoiceField(User.objects.none(), required=False)
    reason = forms.CharField(required=False, max_length=500)

    def __init__(self, *args: Any, drafters: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form; a queryset
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        assert isinstance(to, forms.ModelChoiceField)
        to.queryset = drafters


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class FileForm(forms.Form):
    """A Word file that comes back."""

    file = forms.FileField(label=_("Word file"), widget=forms.FileInput({"accept": ".docx"}))
