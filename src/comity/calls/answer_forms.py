"""The answer of a party as a form: one input for each field that is asked, whatever its shape."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from comity.calls.fields import Field, Shape, Value
from comity.calls.models import Entry
from comity.calls.services.replying import DraftConflict
from comity.parties.models import Ministry

if TYPE_CHECKING:
    from django.http import QueryDict

NAME: Final = "a-"
SEEN: Final = "seen-"
MOST_RADIOS: Final = 7
YES: Final = "yes"
NO: Final = "no"
SPACES: Final = str.maketrans("", "", " \u00a0\u202f")
COMMA_FIRST: Final = ("es", "fr")
# A number that reads as thousands in one country and as thousandths in the next.
TWO_WAYS: Final = re.compile(r"[-−]?[1-9]\d{0,2}[.,]\d{3}")
DECIMAL: Final = re.compile(r"[-−]?\d+([.,]\d+)?")


@dataclass(frozen=True)
class FieldRow:
    """One field as the page shows it, with what its colleagues wrote and what differs."""

    asked: Field
    bound: BoundField
    seen_name: str
    seen: str
    entry: Entry | None
    conflict: Entry | None


class AnswerForm(forms.Form):
    """What a party drafts, field by field.

    Each input carries the version of the entry that was shown, and a digest of what it said. So
    ``touched`` knows which fields *this* reader has changed: those alone are saved, and a
    colleague who writes beside them is in nobody's way. What was not touched is shown as it now
    stands.
    """

    ministry = forms.ModelChoiceField(
        label=gettext_lazy("You write for"),
        queryset=Ministry.objects.none(),
        required=False,
        empty_label=gettext_lazy("no ministry in particular"),
        help_text=gettext_lazy("Your colleagues see which ministry wrote each field."),
    )

    def __init__(
        self,
        data: "QueryDict | None" = None,
        *,
        asked: Mapping[str, Field],
        entries: Mapping[str, Entry],
        ministries: Mapping[int, Ministry],
        ministry: int | None,
    ) -> None:
        initial = {NAME + key: raw_of(each, _value(entries, key)) for key, each in asked.items()}
        super().__init__(data, initial={**initial, "ministry": ministry})
        self.asked, self.entries = asked, entries
        self.touched: dict[str, object] = {}
        self.conflicts: dict[str, Entry] = {}
        for key, each in asked.items():
            self.fields[NAME + key] = _input(each)
        choice = cast("forms.ModelChoiceField[Ministry]", self.fields["ministry"])
        choice.queryset = Ministry.objects.filter(pk__in=ministries)
        if not ministries:
            del self.fields["ministry"]
        self._seen = {key: seen_of(entries.get(key)) for key in asked}
        if data is not None:
            self._settle(data)

    @property
    def versions(self) -> dict[str, int]:
        """The versions that the reader was shown of the fields that they changed."""
        shown = {key: self._seen[key].partition(".")[0] for key in self.touched}
        return {key: int(version) for key, version in shown.items() if version.isdecimal()}

    def rows(self) -> list[FieldRow]:
        """Return the fields in the order in which they are asked."""
        return [
            FieldRow(
                each,
                self[NAME + key],
                SEEN + key,
                self._seen[key],
                self.entries.get(key),
                self.conflicts.get(key),
            )
            for key, each in self.asked.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse a number that could be read in two ways, instead of guessing."""
        for key, value in self.touched.items():
            text = str(value).translate(SPACES)
            if self.asked[key].shape == Shape.NUMBER and TWO_WAYS.fullmatch(text):
                whole = re.sub(r"[.,]", "", text)
                words = _(
                    "“%(value)s” can be read in two ways. Write %(whole)s, or one more digit after "
                    "its sign."
                )
                error = ValidationError(words % {"value": value, "whole": whole}, code="two_ways")
                self.add_error(NAME + key, error)
        return self.cleaned_data

    def ministry_chosen(self) -> Ministry | None:
        """Return the ministry for which the reader writes."""
        return cast("Ministry | None", self.cleaned_data.get("ministry"))

    def values(self) -> dict[str, object]:
        """Return what the reader changed, as the service takes it."""
        return {key: _typed(self.asked[key], raw) for key, raw in self.touched.items()}

    def refuse(self, error: ValidationError) -> None:
        """Show each sentence at its field; after a conflict, the next saving knows what stands."""
        if isinstance(error, DraftConflict):
            self.conflicts = {entry.key: entry for entry in error.entries}
            self._seen |= {key: seen_of(entry) for key, entry in self.conflicts.items()}
        by_key = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: [error]}
        for key, errors in by_key.items():
            name = NAME + key if key in self.asked else key if key in self.fields else None
            for each in errors:
                self.add_error(name, each)

    def _settle(self, data: "QueryDict") -> None:
        """Find what the reader changed; let all else say what stands now."""
        shown = data.copy()
        for key, each in self.asked.items():
            name = NAME + key
            if name not in data and SEEN + key not in data:
                continue
            raw = self.fields[name].widget.value_from_datadict(data, {}, name)
            seen = data.get(SEEN + key, "")
            if _digest(_stored(each, _typed(each, raw))) == seen.partition(".")[2]:
                now = self.initial[name]
                shown.setlist(name, now if isinstance(now, list) else [now])
            else:
                self.touched[key], self._seen[key] = raw, seen
        self.data = shown


def raw_of(asked: Field, value: Value) -> str | list[str]:
    """Return what an input shows for a stored value."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int | float):
        return _written_number(value)
    if asked.shape == Shape.CHOICES:
        return value if isinstance(value, list) else []
    return "" if value is None else str(value)


def seen_of(entry: Entry | None) -> str:
    """Return what a page keeps of an entry it shows: its version, and a digest of what it says."""
    return f"{entry.version if entry else 0}.{_digest(entry.value if entry else None)}"


def _value(entries: Mapping[str, Entry], key: str) -> Value:
    return entries[key].value if key in entries else None


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def _stored(asked: Field, value: object) -> object:
    """Return ``value`` as it would be stored, or as it is where the service will refuse it."""
    try:
        return asked.plain(value)
    except ValidationError:
        return ["refused", str(value)]


def _typed(asked: Field, raw: object) -> object:
    """Return what was typed as the service takes it; what cannot be that is left to it."""
    if asked.shape == Shape.YES_NO:
        return {YES: True, NO: False, "": None, None: None}.get(cast("str | None", raw), raw)
    if asked.shape == Shape.NUMBER and isinstance(raw, str):
        text = raw.translate(SPACES)
        return text.replace(",", ".").replace("−", "-") if DECIMAL.fullmatch(text) else raw
    return raw


def _written_number(value: float) -> str:
    """Return a number as the reader writes it, so that it is read in one way when it returns."""
    text = format(Decimal(repr(value)), "f")
    if TWO_WAYS.fullmatch(text):
        text += "0"
    return text.replace(".", ",") if get_language() in COMMA_FIRST else text


def _input(asked: Field) -> forms.Field:
    """Return the input of a field; whether a value is right is for the service to say."""
    kind = forms.Field if asked.shape == Shape.CHOICES else _Line
    return kind(label=asked.label, help_text=asked.help, required=False, widget=_widget(asked))


class _Line(forms.CharField):
    """What was typed, with its spaces: the service takes those at its ends away."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- those of CharField
        super().__init__(strip=False, **kwargs)


def _widget(asked: Field) -> forms.Widget:
    if asked.shape == Shape.CHOICES:
        return forms.CheckboxSelectMultiple(choices=asked.options)
    if asked.shape in (Shape.CHOICE, Shape.YES_NO):
        options = asked.options
        if asked.shape == Shape.YES_NO:
            options = [(YES, _("yes")), (NO, _("no"))]
        choices = [("", _("no answer yet")), *options]
        kind = forms.RadioSelect if len(choices) <= MOST_RADIOS else forms.Select
        return kind(choices=choices)
    widgets: dict[Shape, forms.Widget] = {
        Shape.TEXT: forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        Shape.NUMBER: forms.TextInput(attrs={"inputmode": "decimal"}),
        Shape.DAY: forms.DateInput(attrs={"type": "date"}),
    }
    return widgets.get(asked.shape, forms.TextInput(attrs={"dir": "auto"}))
