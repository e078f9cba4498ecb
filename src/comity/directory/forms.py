"""What people type about a directory: what of it they want to see, and its networks."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comity.core.sorting import sort_key
from comity.directory.queries import Filter
from comity.parties.forms import DayForm
from comity.parties.models import Affiliation
from comity.processes.models import Network
from comity.ui.forms import TranslatedFormField, VersionedForm


class DirectoryForm(DayForm):
    """What of a directory is wanted, and as of which day."""

    party = forms.ChoiceField(label=_("Party"), required=False)
    network = forms.ModelChoiceField(
        Network.objects.none(), label=_("Network"), required=False, empty_label=_("All")
    )
    field_order = ["party", "network", "on"]

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- those of Form
        parties: list[tuple[str, str]],
        networks: Any,  # noqa: ANN401 -- a queryset
        **kwargs: Any,  # noqa: ANN401 -- those of Form
    ) -> None:
        super().__init__(*args, **kwargs)
        party, network = self.fields["party"], self.fields["network"]
        assert isinstance(party, forms.ChoiceField)
        assert isinstance(network, forms.ModelChoiceField)
        language = get_language() or "en"
        by_name = sorted(parties, key=lambda pair: sort_key(pair[1], language))
        party.choices = [("", _("All")), *by_name]
        network.queryset = networks

    def wanted(self) -> Filter:
        """Return what is wanted; what cannot be is left out, and the form says so."""
        typed = self.cleaned_data
        return Filter(typed.get("party") or "", typed.get("network"))


class WantedForm(DirectoryForm):
    """Whose people a workbook is to hold: those of today, for it is to be edited."""

    on = None  # type: ignore[assignment]  # -- Django's way to leave out a field of the parent


class NetworkForm(VersionedForm):
    """What a network is called."""

    name = TranslatedFormField(label=_("name"), max_length=200)

    def __init__(self, *args: Any, row: Network | None = None, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        if row is not None:
            kwargs["initial"] = {"name": row.name, "version": row.version}
        super().__init__(*args, **kwargs)
        if row is None:
            del self.fields["version"]


class ContactForm(VersionedForm):
    """Who comes into a network."""

    affiliation = forms.ChoiceField(label=_("person"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- groups of choices
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        field = self.fields["affiliation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *people]

    def chosen(self) -> Affiliation:
        """Return what brings the person chosen there."""
        return Affiliation.objects.get(pk=self.cleaned_data["affiliation"])


class ContactRowForm(VersionedForm):
    """The version of the contact that the editor was shown."""
