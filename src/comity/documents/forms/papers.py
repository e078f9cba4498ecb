"""What people type about papers, and by what they look for them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.core.dates import FuzzyDateFormField
from comity.documents.models import KINDS, Document
from comity.documents.services import PaperFacts
from comity.processes.audiences import Audience
from comity.processes.forms.rows import PartiesField, RowForm, choose, other_processes
from comity.processes.models import Body, Meeting, Process
from comity.sources.vocabulary import KINDS as WORDS
from comity.ui.forms import TranslatedFormField

MOMENT = "%Y-%m-%dT%H:%M"


class PaperForm(RowForm):
    """What a paper is, for whom, and from when."""

    title = TranslatedFormField(label=_("title"), max_length=300)
    symbol = forms.CharField(label=_("symbol"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("kind"))
    dated = FuzzyDateFormField(label=_("date"), required=False)
    meeting = forms.ModelChoiceField(Meeting.objects.none(), label=_("meeting"), required=False)
    of_body = forms.ModelChoiceField(Body.objects.none(), label=_("body it is for"), required=False)
    audience = forms.ChoiceField(label=_("audience"), choices=Audience)
    body = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("body that reads it"),
        required=False,
        help_text=_("Where the audience is one body."),
    )
    named_parties = PartiesField(
        label=_("parties that read it"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Where the audience is named. One on each line, by name or by code."),
    )
    named_process = forms.ModelChoiceField(
        Process.objects.none(),
        label=_("process whose participants read it"),
        required=False,
        help_text=_("Where the audience is named."),
    )
    embargo_until = forms.DateTimeField(
        label=_("embargo until"),
        required=False,
        input_formats=[MOMENT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format=MOMENT),
        help_text=_("Until then only the presidency and the secretariat read it."),
    )
    adopted_by = forms.CharField(label=_("adopted by"), required=False, max_length=200)
    note = forms.CharField(
        label=_("note"), required=False, max_length=400, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, symbol: str = "", **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        present = self.row.kind if isinstance(self.row, Document) else ""
        known = [*KINDS, *([present] if present and present not in KINDS else [])]
        kind.choices = [(each, str(WORDS.get(each, each))) for each in known]
        choose(self.fields["meeting"], self.process.meetings.latest_first())
        for name in ("of_body", "body"):
            choose(self.fields[name], self.process.bodies.all())
        choose(self.fields["named_process"], other_processes(self.process))
        if self.row is None:
            self.fields["symbol"].initial = symbol
            self.fields["audience"].initial = Audience.PARTICIPANTS
            self.fields["dated"].initial = timezone.localdate().isoformat()

    def values_of(self, row: Any) -> dict[str, object]:  # noqa: ANN401 -- a document
        """Return what stands in ``row``, its parties as a list."""
        return super().values_of(row) | {"named_parties": list(row.named_parties.order_by("code"))}

    def clean(self) -> dict[str, Any]:
        """Drop a body, parties or a process that the audience does not name."""
        typed = super().clean() or self.cleaned_data
        if typed.get("audience") != Audience.BODY:
            typed["body"] = None
        if typed.get("audience") != Audience.NAMED:
            typed["named_parties"], typed["named_process"] = [], None
        return typed

    def facts(self) -> PaperFacts:
        """Return what was typed as the service takes it."""
        return PaperFacts(**self.shown())


class PaperField(forms.ModelChoiceField):  # type: ignore[type-arg]  # none at run time
    """One of the papers of a process, by symbol and title."""

    def label_from_instance(self, obj: Document) -> str:
        """Return the symbol and the title."""
        return " ".join(filter(None, [obj.symbol, str(obj)]))


class SupersedeForm(RowForm):
    """Which paper took the place of this one."""

    superseded_by = PaperField(
        Document.objects.none(),
        label=_("superseded by"),
        required=False,
        to_field_name="slug",
        help_text=_("Leave this empty where nothing took its place."),
    )

    def __init__(self, *args: Any, others: QuerySet[Document], **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        choose(self.fields["superseded_by"], others)

    def values_of(self, row: Any) -> dict[str, object]:  # noqa: ANN401 -- a document
        """Return the slug of what took its place."""
        return {"superseded_by": row.superseded_by.slug if row.superseded_by else None}


class FilterForm(forms.Form):
    """By what one looks for papers of a process."""

    meeting = forms.ChoiceField(label=_("meeting"), required=False)
    kind = forms.ChoiceField(label=_("kind"), required=False)
    year = forms.ChoiceField(label=_("year"), required=False)
    language = forms.ChoiceField(label=_("language"), required=False)

    def offer(self, choices: Mapping[str, list[tuple[str, str]]]) -> None:
        """Let one choose among what there is."""
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("all")), *offered]
