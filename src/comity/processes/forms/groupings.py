"""What people type about regional groupings."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.parties.forms import PartyField
from comity.parties.forms.party_field import Offer
from comity.parties.models import Region
from comity.processes.models import Grouping, GroupingFocus, Process
from comity.processes.services.groupings import GroupingFacts
from comity.ui.forms import VersionedForm


class GroupingForm(VersionedForm):
    """What a grouping is called, where it stands in the list, and what here it is."""

    region = forms.ChoiceField(label=_("region"))
    focus = forms.ChoiceField(label=_("listed for"), choices=GroupingFocus)
    order = forms.IntegerField(label=_("number"), min_value=1, max_value=32767)
    name = forms.CharField(label=_("name"), max_length=200)
    acronym = forms.CharField(label=_("acronym"), max_length=40, required=False)
    process = forms.ModelChoiceField(
        Process.objects.filter(is_made_up=False), label=_("process"), required=False
    )
    party = PartyField(label=_("or organisation"), required=False)
    note = forms.CharField(label=_("note"), max_length=300, required=False)
    grounds = forms.CharField(
        label=_("source of this change"),
        required=False,
        max_length=300,
        help_text=_("A document and its paragraph, or a note. The page says it beside the fact."),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- those of Form
        regions: Sequence[Region],
        row: Grouping | None = None,
        **kwargs: Any,  # noqa: ANN401 -- those of Form
    ) -> None:
        if row is not None:
            known = {name: getattr(row, name) for name in self.base_fields if hasattr(row, name)}
            kwargs["initial"] = known
        super().__init__(*args, **kwargs)
        region, party = self.fields["region"], self.fields["party"]
        assert isinstance(region, forms.ChoiceField)
        assert isinstance(party, PartyField)
        region.choices = [(each.value, each.label) for each in regions]
        party.offer = Offer(made_up=False)
        if row is None:
            del self.fields["version"]
            self.fields["grounds"].label = _("source")

    def facts(self) -> GroupingFacts:
        """Return what was typed as the service takes it."""
        typed = {**self.cleaned_data}
        for name in ("version", "grounds"):
            typed.pop(name, None)
        return GroupingFacts(
            **typed | {"region": Region(typed["region"]), "focus": GroupingFocus(typed["focus"])}
        )
