"""What people type about what a process is called and works on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.audit.models import Versioned
from comity.processes.forms.rows import LanguageField, RowForm, choose
from comity.processes.models import Area, Theme
from comity.processes.services import AliasFacts, AreaFacts
from comity.ui.forms import TranslatedFormField


class NamesForm(RowForm):
    """What a process is called."""

    name = TranslatedFormField(label=_("name"), max_length=300)
    short_name = TranslatedFormField(label=_("short name"), max_length=80)


class AliasForm(RowForm):
    """Another name of a process."""

    name = forms.CharField(label=_("name"), max_length=300)
    language = LanguageField(label=_("language"))
    kind = forms.CharField(label=_("kind of name"), required=False, max_length=60)

    def facts(self) -> AliasFacts:
        """Return what was typed as the service takes it."""
        return AliasFacts(**self.shown())


class AreaForm(RowForm):
    """An area of interest and its themes."""

    words = forms.CharField(label=_("words of the process"), max_length=300)
    language = LanguageField(label=_("language"))
    order = forms.IntegerField(label=_("number"), min_value=1, max_value=32767)
    part_of = forms.ModelChoiceField(Area.objects.none(), label=_("part of"), required=False)
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.all(),
        label=_("themes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        whole = self.process.areas.filter(part_of=None)
        choose(self.fields["part_of"], whole.exclude(pk=self.row.pk if self.row else 0))

    def values_of(self, row: Versioned) -> dict[str, object]:
        """Return what stands in ``row``, its themes as keys."""
        found = super().values_of(row)
        assert isinstance(row, Area)
        return found | {"themes": list(row.themes.values_list("pk", flat=True))}

    def facts(self) -> AreaFacts:
        """Return what was typed as the service takes it."""
        return AreaFacts(**self.shown())
