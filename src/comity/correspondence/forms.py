"""What people type about notes: parse and check, never save."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from comity.audit.models import Versioned
from comity.calls.models import Call
from comity.core.dates import FuzzyDateFormField
from comity.core.sorting import sort_key
from comity.correspondence.models import Circular, Direction, Note
from comity.correspondence.queries import Wanted
from comity.correspondence.services import CircularFacts, NoteFacts, Scan
from comity.parties.models import Party
from comity.processes.audiences import Audience
from comity.processes.forms.rows import LanguageField, PartiesField, RowForm, choose
from comity.processes.models import TAKING_PART, Status
from comity.ui.forms import TranslatedFormField

# For others than those concerned and the secretariat; a note needs no more than these.
AUDIENCES = (
    Audience.SECRETARIAT,
    Audience.CHAIR,
    Audience.MEMBERS,
    Audience.PARTICIPANTS,
    Audience.PUBLIC,
)
SCANS = ".pdf,.png,.jpg,.jpeg,.docx"


def day_field(**kwargs: Any) -> forms.DateField:  # noqa: ANN401 -- those of DateField
    """Return a field for one day, with the calendar of the browser."""
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs
    )


class FilterForm(forms.Form):
    """Which notes of the register are wanted."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    direction = forms.ChoiceField(
        label=_("Direction"), required=False, choices=[("", _("all notes")), *Direction.choices]
    )
    party = forms.ModelChoiceField(
        Party.objects.none(),
        label=_("Party"),
        required=False,
        to_field_name="code",
        empty_label=_("all parties"),
    )
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    due = forms.BooleanField(label=_("Only where a reply is due"), required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- those of Form
        parties: QuerySet[Party] | None,
        years: list[int],
        **kwargs: Any,  # noqa: ANN401 -- those of Form
    ) -> None:
        super().__init__(*args, **kwargs)
        year, party = self.fields["year"], self.fields["party"]
        assert isinstance(year, forms.TypedChoiceField)
        assert isinstance(party, forms.ModelChoiceField)
        year.choices = [("", _("all years")), *((each, str(each)) for each in years)]
        if parties is None:
            del self.fields["party"]
            return
        choose(party, parties)
        listed = sorted(parties, key=lambda each: sort_key(str(each)))
        party.choices = [("", _("all parties")), *((each.code, str(each)) for each in listed)]

    def wanted(self) -> Wanted:
        """Return what was chosen; what cannot be is left out."""
        self.is_valid()
        found = self.cleaned_data
        return Wanted(
            words=found.get("q", ""),
            direction=found.get("direction", ""),
            party=found.get("party"),
            year=found.get("year"),
            only_due=found.get("due", False),
        )


class NoteForm(RowForm):
    """What the register says of a note."""

    number = forms.CharField(label=_("number in the register"), max_length=60)
    reference = forms.CharField(label=_("number on the note"), max_length=100, required=False)
    dated = FuzzyDateFormField(label=_("date"))
    parties = PartiesField(
        widget=forms.Textarea({"rows": 3}), help_text=_("One on each line, by name or by code.")
    )
    signatory = forms.CharField(label=_("signed by"), max_length=200, required=False)
    subject = forms.CharField(label=_("subject"), max_length=300)
    language = LanguageField(label=_("language"), required=False)
    scan = forms.FileField(
        label=_("scan"),
        required=False,
        widget=forms.FileInput({"accept": SCANS}),
        help_text=_("PDF, picture or Word. Without a file, the one that is there stays."),
    )
    reply_due_on = day_field(label=_("reply due"), required=False)
    is_settled = forms.BooleanField(label=_("needs no reply any more"), required=False)
    answers = forms.CharField(
        label=_("answers the note of this number"), max_length=60, required=False
    )
    call = forms.ModelChoiceField(
        Call.objects.none(), label=_("belongs to the call"), required=False, empty_label="–"
    )
    audience = forms.ChoiceField(
        label=_("who reads it"),
        choices=[(each.value, each.label) for each in AUDIENCES],
        initial=Audience.SECRETARIAT,
        help_text=_("The parties concerned always read their own notes."),
    )

    def __init__(self, *args: Any, direction: Direction, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        self.direction = direction
        super().__init__(*args, **kwargs)
        is_in = direction == Direction.IN
        self.fields["parties"].label = _("from") if is_in else _("to")
        language = self.fields["language"]
        assert isinstance(language, LanguageField)
        language.choices = [("", "–"), *list(language.choices)]  # type: ignore[arg-type]  # -- pairs
        choose(self.fields["call"], self.process.calls.all())

    def values_of(self, row: Versioned) -> dict[str, object]:
        """Return what stands in ``row``, its parties as a list and the note answered by number."""
        assert isinstance(row, Note)
        shown = super().values_of(row) | {
            "parties": list(row.parties.order_by("code")),
            "answers": row.answers.number if row.answers else "",
        }
        del shown["scan"]
        return shown

    def clean_answers(self) -> Note | None:
        """Return the note that is answered, which went the other way."""
        typed = self.cleaned_data["answers"]
        if not typed:
            return None
        others = Note.objects.filter(process=self.process, number=typed)
        found = others.exclude(direction=self.direction).first()
        if found is None:
            raise ValidationError(_("No note of this number went the other way."), code="unknown")
        return found

    def facts(self, scan: Scan | None) -> NoteFacts:
        """Return what was typed as the service takes it."""
        return NoteFacts(direction=self.direction, scan=scan, **self.shown("scan"))


class NumbersForm(RowForm):
    """By which series the notes of a process are numbered."""

    received = forms.CharField(label=_("series of notes received"), max_length=20)
    sent = forms.CharField(label=_("series of notes sent"), max_length=20)
    circular = forms.CharField(label=_("series of circular notes"), max_length=20)


class CircularForm(RowForm):
    """A note to all participants, or to some."""

    number = forms.CharField(label=_("number"), max_length=60)
    dated = day_field(label=_("date"))
    subject = TranslatedFormField(label=_("subject"), max_length=200)
    text = TranslatedFormField(
        label=_("text"),
        max_length=20_000,
        long=True,
        help_text=_("A blank line begins a new paragraph."),
    )
    signatory = forms.CharField(label=_("signed by"), max_length=200)
    signatory_title = TranslatedFormField(
        label=_("in which office"), max_length=200, required=False
    )
    asked_statuses = forms.MultipleChoiceField(
        label=_("to all that take part as"),
        choices=[(each.value, each.label) for each in Status if each in TAKING_PART],
        widget=forms.CheckboxSelectMultiple,
        initial=[Status.MEMBER],
        required=False,
    )
    asked_parties = PartiesField(
        label=_("or to these alone"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One on each line, by name or by code."),
    )
    call = forms.ModelChoiceField(
        Call.objects.none(), label=_("belongs to the call"), required=False, empty_label="–"
    )
    reply_due_on = day_field(label=_("reply due"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        choose(self.fields["call"], self.process.calls.all())

    def values_of(self, row: Versioned) -> dict[str, object]:
        """Return what stands in ``row``, its addressees as a list."""
        assert isinstance(row, Circular)
        return super().values_of(row) | {"asked_parties": list(row.asked_parties.order_by("code"))}

    def facts(self) -> CircularFacts:
        """Return what was typed as the service takes it."""
        return CircularFacts(**self.shown())


class FileForm(forms.Form):
    """One file that is sent."""

    file = forms.FileField(label=_("file"))


class TemplateForm(FileForm):
    """A Word template in one language; ``version`` is that of the one it replaces."""

    language = LanguageField(label=_("language"))
    version = forms.IntegerField(required=False)
