"""What people type about the record of a process: parse and check, never save."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext_lazy as _

from comity.audit.models import Versioned
from comity.audit.services import EditConflict
from comity.core.dates import FuzzyDateFormField
from comity.core.facts import perhaps_in_force
from comity.core.languages import language_name
from comity.core.sorting import sort_key
from comity.parties.models import Party, Region
from comity.parties.models.parties import name_of
from comity.processes.models import (
    SINGLE,
    Area,
    Body,
    Meeting,
    Office,
    Process,
    Status,
    Term,
    Theme,
)
from comity.processes.services import (
    AliasFacts,
    AreaFacts,
    BodyFacts,
    ParticipationFacts,
    TermFacts,
)
from comity.ui.forms import TranslatedFormField, VersionedForm

if TYPE_CHECKING:
    from django.http import QueryDict

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


class ParticipationForm(RowForm):
    """How a party takes part."""

    status = forms.ChoiceField(label=_("status"), choices=Status)
    begins = FuzzyDateFormField(label=_("from"))
    ends = FuzzyDateFormField(label=_("until"), required=False)
    since_meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("began at"), required=False
    )
    for_territory = PartyField(label=_("on behalf of"), required=False)
    is_origin = forms.BooleanField(label=_("country of origin"), required=False)
    is_transit = forms.BooleanField(label=_("country of transit"), required=False)
    is_destination = forms.BooleanField(label=_("country of destination"), required=False)
    order = forms.IntegerField(
        label=_("order in the list"), min_value=0, max_value=32767, initial=0
    )
    note = forms.CharField(label=_("note"), required=False, max_length=400)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        _choose(self.fields["since_meeting"], self.process.meetings.all())

    def facts(self) -> ParticipationFacts:
        """Return what was typed as the service takes it."""
        return ParticipationFacts(**self.shown("party"))


class NewParticipationForm(ParticipationForm):
    """Who takes part, and how."""

    party = PartyField(label=_("party"))
    field_order = ["party"]


class BodyForm(RowForm):
    """What a body is."""

    name = TranslatedFormField(label=_("name"), max_length=200)
    kind = forms.CharField(label=_("kind"), max_length=80)
    part_of = forms.ModelChoiceField(Body.objects.none(), label=_("part of"), required=False)
    begins = FuzzyDateFormField(label=_("since"), required=False)
    ends = FuzzyDateFormField(label=_("until"), required=False)
    seat_or_members = forms.CharField(label=_("seat or members"), required=False, max_length=300)
    terms_of_reference = TranslatedFormField(
        label=_("terms of reference"), required=False, max_length=20_000, long=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        others = self.process.bodies.exclude(pk=self.row.pk if self.row else 0)
        _choose(self.fields["part_of"], others)

    def facts(self) -> BodyFacts:
        """Return what was typed as the service takes it."""
        typed = self.shown()
        return BodyFacts(**typed | {"terms_of_reference": typed["terms_of_reference"] or None})


class SeatForm(RowForm):
    """Since when and until when a party sits in a body."""

    begins = FuzzyDateFormField(label=_("from"))
    ends = FuzzyDateFormField(label=_("until"), required=False)
    note = forms.CharField(label=_("note"), required=False, max_length=200)


class NewSeatForm(SeatForm):
    """Who sits in a body, and since when."""

    party = PartyField(label=_("party"))
    field_order = ["party"]


class TermForm(RowForm):
    """When a term of office runs."""

    begins = FuzzyDateFormField(label=_("from"))
    ends = FuzzyDateFormField(label=_("until"), required=False)
    note = forms.CharField(label=_("note"), required=False, max_length=300)

    def facts(self) -> TermFacts:
        """Return what was typed as the service takes it."""
        return TermFacts(**self.shown("office", "party", "body"))


class NewTermForm(TermForm):
    """Who is entrusted with which office."""

    office = forms.ChoiceField(label=_("office"), choices=Office)
    body = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("body"),
        required=False,
        help_text=_("Only for the chair of a body."),
    )
    party = PartyField(label=_("party"))
    field_order = ["office", "body", "party"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        _choose(self.fields["body"], self.process.bodies.all())


@dataclass(frozen=True)
class HeldTerm:
    """The present term of an office as the editor saw it."""

    term: Term
    version: int


class HeldField(forms.ChoiceField):
    """An office, by who holds it: its term and the version of it that the editor was shown."""

    default_error_messages = {
        "vacant": _("Nobody holds this office. Add a term instead."),
        "unknown": _("Choose one of the offices."),
    }
    process: Process

    def clean(self, value: str) -> HeldTerm:
        """Return the term meant; raise ValidationError where nobody holds the office."""
        if value in Office.values:
            raise ValidationError(self.error_messages["vacant"], code="vacant")
        match = re.fullmatch(r"(\d{1,18})-(\d{1,9})", value or "", re.ASCII)
        term = match and self.process.terms.filter(pk=match[1]).first()
        if not (match and term):
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        return HeldTerm(term, int(match[2]))


class HandOverForm(forms.Form):
    """Which office goes to whom, and on which day."""

    held = HeldField(label=_("office"))
    party = PartyField(label=_("next holder"))
    on = forms.DateField(
        label=_("first day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The present term ends the day before."),
    )

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        held = self.fields["held"]
        assert isinstance(held, HeldField)
        held.process = process
        held.choices = held.widget.choices = list(_held_offices(process))

    def accept_conflict(self, conflict: EditConflict) -> None:
        """Let the next saving end the term as it now stands."""
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix("held")] = f"{conflict.current.pk}-{conflict.current.version}"
        self.data = data


def _held_offices(process: Process) -> Iterator[tuple[str, str]]:
    """Yield each office with its holder, and those that nobody holds but one party could."""
    today = timezone.localdate()
    terms = process.terms.filter(perhaps_in_force(today)).select_related("body")
    seen = set()
    for term in terms.annotate(party_name=name_of("party", today)):
        words = [term.get_office_display(), *([str(term.body)] if term.body else [])]
        seen.add(term.office)
        yield f"{term.pk}-{term.version}", f"{' · '.join(words)}: {term.party_name}"
    for office in SINGLE:
        if office not in seen and office != Office.BODY_CHAIR:
            yield office.value, f"{office.label}: {_('nobody')}"


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
        _choose(self.fields["part_of"], whole.exclude(pk=self.row.pk if self.row else 0))

    def values_of(self, row: Versioned) -> dict[str, object]:
        """Return what stands in ``row``, its themes as keys."""
        found = super().values_of(row)
        assert isinstance(row, Area)
        return found | {"themes": list(row.themes.values_list("pk", flat=True))}

    def facts(self) -> AreaFacts:
        """Return what was typed as the service takes it."""
        return AreaFacts(**self.shown())


def _choose(field: forms.Field, rows: QuerySet[Any]) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


class RemovalForm(VersionedForm):
    """The version of the row that is to be removed."""

    @property
    def seen_version(self) -> int:
        """The version that the editor was shown; 0, which none has, where none is given."""
        found: int = self.cleaned_data["version"] if self.is_valid() else 0
        return found
