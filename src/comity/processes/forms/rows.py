"""What the forms on the rows of a process share: a party, a language, the version seen."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext_lazy as _

from comity.audit.models import Versioned
from comity.core.languages import language_name
from comity.core.sorting import sort_key
from comity.parties.models import Party, Region
from comity.parties.models.parties import name_of
from comity.processes.models import Process
from comity.ui.forms import VersionedForm

Group = tuple[str, list[tuple[str, str]]]


class PartyField(forms.Field):
    """A party, chosen by its name under its region, or given by its code."""

    widget = forms.Select
    default_error_messages = {"unknown": _("There is no party with the code “%(code)s”.")}

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Field
        super().__init__(**kwargs)
        self.widget.choices = CallableChoiceIterator(self._groups)

    def prepare_value(self, value: object) -> object:
        """Return the code of a party, or what was typed."""
        return value.code if isinstance(value, Party) else value

    def to_python(self, value: str | None) -> Party | None:
        """Return the party of that code; raise ValidationError where there is none."""
        if not value:
            return None
        code = value.strip().replace("\0", "")
        party = Party.objects.filter(code__iexact=code).first()
        if party is None:
            message = self.error_messages["unknown"]
            raise ValidationError(message, code="unknown", params={"code": value})
        return party

    def _groups(self) -> list[tuple[str, str] | Group]:
        groups: list[tuple[str, str] | Group] = [("", "–")]
        today = timezone.localdate()
        named = Party.objects.annotate(called=name_of("pk", today))
        listed = sorted(
            named.values_list("region", "code", "called"), key=lambda row: sort_key(row[2])
        )
        for region, label in [*Region.choices, ("", _("Without a region"))]:
            found = [(code, f"{name} ({code})") for where, code, name in listed if where == region]
            if found:
                groups.append((str(label), found))
        return groups


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
        """Return what was typed, without the version."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"version", *left_out}
        }


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
