"""What people type about texts: parsed and checked, never saved here."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from comity.core.languages import language_name
from comity.texts.models import Kind, Standing, Text, Wording
from comity.texts.queries import PassageRow
from comity.texts.services import PassageFacts
from comity.ui.forms import TranslatedFormField, VersionedForm

LONGEST = 20_000
TRANSLATIONS = [(each.value, each.label) for each in Standing if each != Standing.ORIGINAL]


def _language_choices(codes: list[str]) -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in codes]


class StartForm(forms.Form):
    """In which languages a text is written, and which of them is the original."""

    languages = forms.MultipleChoiceField(label=_("Languages"), widget=forms.CheckboxSelectMultiple)
    original = forms.ChoiceField(label=_("Original language"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        choices = _language_choices(settings.CONTENT_LANGUAGES)
        self.fields["languages"].choices = choices  # type: ignore[attr-defined]  # -- it has choices
        self.fields["original"].choices = choices  # type: ignore[attr-defined]  # -- it has choices


class RevisionForm(VersionedForm):
    """What a revision is called."""

    label = TranslatedFormField(
        label=_("Label"), required=False, help_text=_("For instance “Draft of 3 May”.")
    )


class VersionForm(VersionedForm):
    """The version of the revision that its reader was shown."""


class WordForm(VersionedForm):
    """A Word file, and the language of its words where it does not say that itself."""

    file = forms.FileField(label=_("Word file"), widget=forms.FileInput({"accept": ".docx"}))
    language = forms.ChoiceField(
        label=_("Language of the file"),
        help_text=_("A file that was written here says itself in which language it is."),
    )

    def __init__(self, *args: Any, text: Text, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = _language_choices(text.in_order)  # type: ignore[attr-defined]  # -- it has choices


class PassageForm(VersionedForm):
    """What a paragraph is, and where its number stands."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    level = forms.IntegerField(
        label=_("Level"), min_value=0, max_value=2, help_text=_("0 for “12”, 1 for “12 (a)”.")
    )
    number = forms.CharField(label=_("Number"), required=False, max_length=30)

    def facts(self) -> PassageFacts:
        """Return what was entered."""
        data = self.cleaned_data
        return PassageFacts(Kind(data["kind"]), data["level"], data["number"])

    @staticmethod
    def initial_of(row: PassageRow) -> dict[str, object]:
        """Return what stands there."""
        return {
            "kind": row.kind,
            "level": row.level,
            "number": row.number,
            "version": row.version,
        }


class InsertForm(PassageForm):
    """A new paragraph, with its words."""

    words = TranslatedFormField(label=_("Words"), max_length=LONGEST, long=True)

    def __init__(self, *args: Any, text: Text, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        field = TranslatedFormField(
            label=_("Words"), languages=text.in_order, max_length=LONGEST, long=True
        )
        self.fields["words"] = field

    def clean_words(self) -> dict[str, str]:
        """Return the words with the line ends of one kind."""
        words: dict[str, str] = self.cleaned_data["words"]
        return {code: _lines(said) for code, said in words.items()}


class WordingForm(VersionedForm):
    """The words of a paragraph in one language; version 0 where there were none."""

    words = forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}))
    standing = forms.ChoiceField(label=_("Standing"), choices=TRANSLATIONS, required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- those of Form
        language: str,
        wording: Wording | None,
        is_original: bool,
        **kwargs: Any,  # noqa: ANN401 -- those of Form
    ) -> None:
        kwargs["prefix"] = language
        kwargs["initial"] = {
            "version": wording.version if wording else 0,
            "words": wording.words if wording else "",
            "standing": wording.standing if wording else Standing.UNOFFICIAL,
        }
        super().__init__(*args, **kwargs)
        self.language, self.wording, self.is_original = language, wording, is_original
        self.fields["words"].label = language_name(language)
        self.fields["words"].widget.attrs |= {"lang": language, "dir": "auto"}
        if is_original:
            del self.fields["standing"]

    def clean_words(self) -> str:
        """Return the words with the line ends of one kind."""
        return _lines(self.cleaned_data["words"])

    def worth(self) -> Standing:
        """Return what a translation is worth."""
        return Standing(self.cleaned_data.get("standing") or Standing.UNOFFICIAL)


def _lines(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\r", "\n")
