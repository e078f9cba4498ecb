"""What the forms on the rows of a process share: a party, a language, the version seen."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from comity.audit.models import Versioned
from comity.core.languages import language_name
from comity.parties.forms import Offer, PartyField
from comity.parties.models import Party
from comity.processes.models import Process
from comity.ui.forms import VersionedForm


def offer_parties(form: forms.Form, process: Process) -> None:
    """Offer those who take part in ``process`` first; the invented and the real never mix."""
    offer = Offer(
        first=process.participations.values_list("party", flat=True),
        region=process.region,
        made_up=process.is_made_up,
    )
    for field in form.fields.values():
        if isinstance(field, PartiesField):
            field.one.offer = offer
        elif isinstance(field, PartyField):
            field.offer = offer


class LanguageField(forms.ChoiceField):
    """One of the languages in which texts may be."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Field
        languages = settings.CONTENT_LANGUAGES
        names = [(code, language_name(code)) for code in languages]
        super().__init__(choices=names, **kwargs)


class RowForm(VersionedForm):
    """A form on one row of a process; a new row has no version yet."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- those of Form
        process: Process,
        row: Versioned | None = None,
        **kwargs: Any,  # noqa: ANN401 -- those of Form
    ) -> None:
        self.process, self.row = process, row
        if row is not None:
            kwargs["initial"] = self.values_of(row) | {"version": row.version}
        super().__init__(*args, **kwargs)
        offer_parties(self, process)
        if row is None:
            del self.fields["version"]

    def values_of(self, row: Versioned) -> dict[str, object]:
        """Return what stands in ``row`` under the names of the fields."""
        names = [name for name in self.base_fields if hasattr(row, name)]
        return {name: getattr(row, name) for name in names}

    @property
    def seen_version(self) -> int:
        """The version that the editor was shown."""
        found: int = self.cleaned_data["version"]
        return found

    def shown(self, *left_out: str) -> dict[str, Any]:
        """Return what was typed of the row itself."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"version", "grounds", *left_out}
        }


class FactForm(RowForm):
    """A form on facts that may rest on a source: who writes them may say where that comes from."""

    grounds = forms.CharField(
        label=_("source of this change"),
        required=False,
        max_length=300,
        help_text=_("A document and its paragraph, or a note. The page says it beside the fact."),
    )

    def __init__(self, *args: Any, row: Versioned | None = None, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, row=row, **kwargs)
        if row is None:
            self.fields["grounds"].label = _("source")
        self.order_fields([name for name in self.fields if name != "grounds"])

    @property
    def given_grounds(self) -> str:
        """Where the facts come from, in the editor's words."""
        found: str = self.cleaned_data["grounds"]
        return found


class ReasonForm(RowForm):
    """Why something is done to a row."""

    reason = forms.CharField(label=_("reason"), max_length=300)


class PartiesField(forms.CharField):
    """Several parties, one on each line, by name or by code."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- those of CharField
        self.one = PartyField(required=False)
        super().__init__(**kwargs)

    def prepare_value(self, value: object) -> object:
        """Return the parties line by line, or what was typed."""
        if not isinstance(value, list):
            return value
        return "\n".join(str(self.one.prepare_value(party)) for party in value)

    def clean(self, value: str | None) -> list[Party]:
        """Return the parties; raise ValidationError for each line that names none."""
        typed = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        found, problems = [], []
        for line in typed:
            try:
                found.append(self.one.to_python(line))
            except ValidationError as error:
                problems += error.messages
        if problems:
            raise ValidationError(problems)
        return list(dict.fromkeys(party for party in found if party))


class RemovalForm(VersionedForm):
    """The version of the row that is to be removed."""

    @property
    def seen_version(self) -> int:
        """The version that the editor was shown; 0, which none has, where none is given."""
        found: int = self.cleaned_data["version"] if self.is_valid() else 0
        return found


def choose(field: forms.Field, rows: QuerySet[Any]) -> None:
    """Let one choose among ``rows``."""
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


def propose_last(form: RowForm, rows: QuerySet[Any]) -> None:
    """Propose for a new row the place after the last of ``rows``."""
    if form.row is None:
        last = rows.order_by().aggregate(last=Max("order"))["last"]
        form.fields["order"].initial = (last or 0) + 1


def other_processes(process: Process) -> QuerySet[Process]:
    """Return the other processes: the invented and the real never mix."""
    return Process.objects.filter(is_made_up=process.is_made_up).exclude(pk=process.pk)
