"""What the secretariat types about the answer of one party."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from comity.audit.models import Versioned
from comity.calls.answer_forms import DECIMAL, SPACES, TWO_WAYS
from comity.calls.fields import MOST_CHARACTERS, Field, Shape
from comity.calls.forms.moments import DueField
from comity.calls.models import RECORDED
from comity.processes.forms.rows import RowForm

SCANS = ("pdf", "png", "jpg", "jpeg")
REASON = {"rows": 4}


class ReturnForm(RowForm):
    """What is missing in an answer, and until when it can be mended."""

    reason = forms.CharField(
        label=_("what is missing"), max_length=2_000, widget=forms.Textarea(REASON)
    )
    due_at = DueField(
        label=_("due"),
        required=False,
        help_text=_("More time for this party alone. Leave it empty where the call gives enough."),
    )

    def values_of(self, row: Versioned) -> dict[str, object]:  # noqa: ARG002 -- the form's
        """Return nothing: what is missing is said anew each time."""
        return {}


class MoreTimeForm(RowForm):
    """Until when one party may answer, and why."""

    due_at = DueField(label=_("due"))
    reason = forms.CharField(label=_("reason"), required=False, max_length=300)


class RecordForm(RowForm):
    """What a party answered by note, mail, telephone or in the room.

    It has a field for each thing that the call asks, under the same key.
    """

    way = forms.ChoiceField(label=_("how it came"), choices=[(way, way.label) for way in RECORDED])
    note = forms.CharField(
        label=_("note"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Such as the number of the note, or who spoke."),
    )
    scan = forms.FileField(
        label=_("scan"),
        required=False,
        max_length=200,
        help_text=_("A PDF or a picture."),
        widget=forms.FileInput({"accept": ",".join(f".{ending}" for ending in SCANS)}),
    )

    def __init__(self, *args: Any, asked: Mapping[str, Field], **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        self.asked = asked
        for key, field in asked.items():
            self.fields[key] = form_field(field)

    def values(self) -> dict[str, object]:
        """Return what was typed of the answer, by the keys of the fields."""
        return {key: self.cleaned_data[key] for key in self.asked}


class NumberField(forms.CharField):
    """A number as people write it, with a comma or a point; what reads in two ways is refused."""

    def to_python(self, value: object) -> str:
        """Return the number with a point, as an answer holds it."""
        typed = super().to_python(value) or ""
        text = typed.translate(SPACES)
        if TWO_WAYS.fullmatch(text):
            raise ValidationError(
                _("Write a number without a sign for thousands."), code="two_ways"
            )
        return text.replace(",", ".").replace("−", "-") if DECIMAL.fullmatch(text) else typed


def form_field(field: Field) -> forms.Field:
    """Return the form field by which ``field`` of an answer is typed; it refuses as that does."""
    usual: dict[str, Any] = {
        "label": field.label,
        "help_text": field.help,
        "required": field.is_required,
    }
    match field.shape:
        case Shape.LINE:
            found: forms.Field = forms.CharField(**usual)
        case Shape.NUMBER:
            found = NumberField(widget=forms.TextInput({"inputmode": "decimal"}), **usual)
        case Shape.DAY:
            found = forms.CharField(widget=forms.TextInput({"type": "date"}), **usual)
        case Shape.YES_NO:
            # What is sent is checked against its choices, before it is yes or no.
            return forms.TypedChoiceField(
                choices=[("yes", _("yes")), ("no", _("no"))],
                coerce=lambda typed: typed == "yes",
                empty_value=None,
                widget=forms.RadioSelect,
                **usual,
            )
        case Shape.CHOICE:
            found = forms.ChoiceField(choices=field.options, widget=forms.RadioSelect, **usual)
        case Shape.CHOICES:
            boxes = forms.CheckboxSelectMultiple
            found = forms.MultipleChoiceField(choices=field.options, widget=boxes, **usual)
        case _:
            area = forms.Textarea({"rows": 5, "maxlength": MOST_CHARACTERS, "dir": "auto"})
            found = forms.CharField(widget=area, **usual)
    found.validators.append(_checker(field))
    return found


def _checker(field: Field) -> Any:  # noqa: ANN401 -- a validator
    """Return a validator that refuses what ``field`` does not hold."""

    def check(value: object) -> None:
        field.plain(value)

    return check
