"""What people type about the names, the order and the map that a process approves."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from comity.core.languages import language_name
from comity.parties.forms import PartyField
from comity.processes.forms.rows import RowForm, choose
from comity.processes.models import ApprovedList, ApprovedName, Footnote
from comity.processes.services.approved_names import MOST_LETTERS, MOST_PLACES, NameFacts
from comity.ui.forms import TranslatedFormField
from comity.ui.templatetags.ui import disclaimer


class StartListForm(RowForm):
    """In which languages a list of names is prepared."""

    languages = forms.MultipleChoiceField(
        label=_("languages"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each name gets its form, and each language its order."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        field = self.fields["languages"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(code, language_name(code)) for code in settings.CONTENT_LANGUAGES]
        latest = self.process.approved_lists.exclude(begins=None).order_by("begins").last()
        usual = [code for code, _name in settings.LANGUAGES if code in settings.CONTENT_LANGUAGES]
        field.initial = latest.languages if latest else usual


class ApprovedNameForm(RowForm):
    """What a party is called in each language, and where it stands there."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- those of Form
        listed_in: ApprovedList,
        row: ApprovedName | None = None,
        **kwargs: Any,  # noqa: ANN401 -- those of Form
    ) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.languages = listed_in.languages
        self.fields["name"] = TranslatedFormField(
            label=_("name"), languages=self.languages, max_length=MOST_LETTERS
        )
        self.fields["footnote"] = forms.ModelChoiceField(
            Footnote.objects.none(), label=_("footnote"), required=False
        )
        choose(self.fields["footnote"], listed_in.footnotes.all())
        for code in self.languages:
            self.fields[f"place_{code}"] = forms.IntegerField(
                label=_("place in the order of %(language)s") % {"language": language_name(code)},
                min_value=1,
                max_value=MOST_PLACES,
                required=False,
            )
        if row is not None:
            self.initial.update({"name": row.name, "footnote": row.footnote_id})
            self.initial.update({f"place_{c}": place for c, place in row.positions.items()})

    def facts(self) -> NameFacts:
        """Return what was typed as the service takes it."""
        typed = self.cleaned_data
        places = {code: typed[f"place_{code}"] for code in self.languages}
        return NameFacts(
            name=typed["name"],
            positions={code: place for code, place in places.items() if place},
            footnote=typed["footnote"],
        )


class NewApprovedNameForm(ApprovedNameForm):
    """Which party is added to a list, and what it is called."""

    party = PartyField(label=_("party"))
    field_order = ["party"]


class FootnoteForm(RowForm):
    """A mark, and the words that stand under every list in which a name has it."""

    mark = forms.CharField(
        label=_("mark"), max_length=4, help_text=_("What stands behind the name, such as “*”.")
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- those of Form
        listed_in: ApprovedList,
        row: Footnote | None = None,
        **kwargs: Any,  # noqa: ANN401 -- those of Form
    ) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.fields["text"] = TranslatedFormField(
            label=_("text"), languages=listed_in.languages, max_length=1000, long=True
        )
        if row is not None:
            self.initial["text"] = row.text


class ApproveForm(RowForm):
    """From which day on something is followed, and who decided that."""

    begins = forms.DateField(
        label=_("in force from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    decision = forms.CharField(
        label=_("decision"),
        max_length=300,
        help_text=_("Who approved it, and where: a meeting, a document and its paragraph."),
    )


class EndForm(RowForm):
    """On which day something is followed for the last time."""

    last_day = forms.DateField(
        label=_("last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class MapForm(RowForm):
    """The outlines and the disclaimer of the maps of a process."""

    file = forms.FileField(
        label=_("file of outlines"),
        required=False,
        widget=forms.FileInput({"accept": ".geojson,.topojson,.json"}),
        help_text=_(
            "GeoJSON or TopoJSON, 5 MB at most, each outline with the ISO or M49 code of its "
            "party. Without a file the outlines of the platform are used."
        ),
    )
    source = forms.CharField(
        label=_("source of the outlines"),
        max_length=300,
        required=False,
        help_text=_("Stands under each map. Say who drew the file, and when."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        self.fields["disclaimer"] = TranslatedFormField(
            label=_("disclaimer"), max_length=1000, long=True, initial=_usual_disclaimer()
        )

    def clean(self) -> dict[str, Any]:  # Any: each field has its own type
        """Refuse a file of outlines that nobody is said to have drawn."""
        typed = self.cleaned_data
        if typed.get("file") and not typed.get("source"):
            self.add_error("source", gettext("Say who drew the outlines."))
        return typed


def _usual_disclaimer() -> dict[str, str]:
    """Return the words that stand beside maps otherwise, in the languages of the interface."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = disclaimer()
    return {code: text for code, text in found.items() if code == "en" or text != found["en"]}
