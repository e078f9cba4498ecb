"""What people type about what a process is called and works on."""

from typing import Any

from django import forms
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from comity.audit.models import Versioned
from comity.core.dates import FuzzyDateFormField
from comity.processes.forms.rows import FactForm, LanguageField, choose, other_processes
from comity.processes.models import Area, Process, StageKind, Theme
from comity.processes.services import AliasFacts, AreaFacts, StageFacts
from comity.ui.forms import TranslatedFormField


class NamesForm(FactForm):
    """What a process is called."""

    name = TranslatedFormField(label=_("name"), max_length=300)
    short_name = TranslatedFormField(label=_("short name"), max_length=80)


class AliasForm(FactForm):
    """Another name of a process."""

    name = forms.CharField(label=_("name"), max_length=300)
    language = LanguageField(label=_("language"))
    kind = forms.CharField(label=_("kind of name"), required=False, max_length=60)

    def facts(self) -> AliasFacts:
        """Return what was typed as the service takes it."""
        return AliasFacts(**self.shown())


class AreaForm(FactForm):
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
        if kwargs.get("row") is None:
            kwargs.setdefault("initial", {"order": self.next_number(kwargs["process"])})
        super().__init__(*args, **kwargs)
        whole = self.process.areas.filter(part_of=None)
        choose(self.fields["part_of"], whole.exclude(pk=self.row.pk if self.row else 0))

    @staticmethod
    def next_number(process: Process) -> int:
        """Return the number after the last of the areas that are part of none."""
        last = process.areas.filter(part_of=None).aggregate(last=Max("order"))["last"]
        return (last or 0) + 1

    def values_of(self, row: Versioned) -> dict[str, object]:
        """Return what stands in ``row``, its themes as keys."""
        found = super().values_of(row)
        assert isinstance(row, Area)
        return found | {"themes": list(row.themes.values_list("pk", flat=True))}

    def facts(self) -> AreaFacts:
        """Return what was typed as the service takes it."""
        return AreaFacts(**self.shown())


class StageForm(FactForm):
    """When a stage of the process runs."""

    begins = FuzzyDateFormField(label=_("from"))
    ends = FuzzyDateFormField(label=_("until"), required=False)
    note = forms.CharField(
        label=_("note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 4})
    )

    def facts(self) -> StageFacts:
        """Return what was typed as the service takes it."""
        return StageFacts(**self.shown())


class NewStageForm(FactForm):
    """Which stage the process enters, and on which day."""

    kind = forms.ChoiceField(label=_("stage"), choices=StageKind)
    on = forms.DateField(
        label=_("first day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The present stage ends the day before."),
    )
    merged_into = forms.ModelChoiceField(
        Process.objects.none(),
        label=_("merged into"),
        required=False,
        help_text=_("Only where the process is merged into another."),
    )
    note = forms.CharField(
        label=_("note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        choose(self.fields["merged_into"], other_processes(self.process))
