"""What the secretariat types about a call: what, of whom, until when, and for whom."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.audit.models import Versioned
from comity.calls.forms.languages import LANGUAGES
from comity.calls.forms.moments import DueField
from comity.calls.kinds import QUESTIONS
from comity.calls.models import AskedBy, Call, Release
from comity.calls.services import CallFacts
from comity.processes.audiences import Audience
from comity.processes.forms.rows import PartiesField, RowForm, choose, other_processes
from comity.processes.models import TAKING_PART, Body, Process, Status
from comity.ui.forms import TranslatedFormField

MOST_OF_A_SUBJECT = 200
MOST_OF_INSTRUCTIONS = 5_000
# The fields that a choice needs: without the choice they say nothing.
NEEDED_BY = {
    "asked_statuses": ("asked_by", AskedBy.STATUS),
    "asked_body": ("asked_by", AskedBy.BODY),
    "asked_parties": ("asked_by", AskedBy.LIST),
    "body": ("audience", Audience.BODY),
}
ONE_ON_EACH_LINE = _("One on each line, by name or by code.")


class CallForm(RowForm):
    """A call that is being prepared."""

    subject = TranslatedFormField(
        label=_("subject"), languages=LANGUAGES, max_length=MOST_OF_A_SUBJECT
    )
    instructions = TranslatedFormField(
        label=_("what is asked"),
        languages=LANGUAGES,
        max_length=MOST_OF_INSTRUCTIONS,
        long=True,
        required=False,
    )
    due_at = DueField(label=_("due"))
    asked_by = forms.ChoiceField(
        label=_("who is asked"), choices=AskedBy, widget=forms.RadioSelect, initial=AskedBy.STATUS
    )
    asked_statuses = forms.MultipleChoiceField(
        label=_("those who take part as"),
        choices=[(each, Status(each).label) for each in TAKING_PART],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        initial=[Status.MEMBER],
    )
    asked_body = forms.ModelChoiceField(
        Body.objects.none(), label=_("those who sit in"), required=False
    )
    asked_parties = PartiesField(
        label=_("those of a list"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=ONE_ON_EACH_LINE,
    )
    release = forms.ChoiceField(
        label=_("replies are released"),
        choices=Release,
        widget=forms.RadioSelect,
        initial=Release.NEVER,
    )
    audience = forms.ChoiceField(
        label=_("who reads what is released"), choices=Audience, initial=Audience.MEMBERS
    )
    body = forms.ModelChoiceField(
        Body.objects.none(), label=_("the body that reads it"), required=False
    )
    named_parties = PartiesField(
        label=_("the parties that read it"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=ONE_ON_EACH_LINE,
    )
    named_process = forms.ModelChoiceField(
        Process.objects.none(),
        label=_("the process whose participants read it"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        bodies = self.process.bodies.all()
        choose(self.fields["asked_body"], bodies)
        choose(self.fields["body"], bodies)
        choose(self.fields["named_process"], other_processes(self.process))

    def values_of(self, row: Versioned) -> dict[str, object]:
        """Return what stands in ``row``, its parties as lists."""
        call = cast("Call", row)
        return super().values_of(row) | {
            name: list(getattr(call, name).order_by("code"))
            for name in ("asked_parties", "named_parties")
        }

    def clean(self) -> dict[str, Any]:
        """Drop what another choice needs, and ask for what this one needs."""
        typed: dict[str, Any] = super().clean() or {}
        for name, (chooser, choice) in NEEDED_BY.items():
            empty: object = None if name.endswith("body") else []
            if typed.get(chooser) != choice:
                typed[name] = empty
            elif not typed.get(name) and name not in self.errors:
                self.add_error(name, _("Choose at least one."))
        if typed.get("audience") != Audience.NAMED:
            typed |= {"named_parties": [], "named_process": None}
        elif not typed.get("named_parties") and not typed.get("named_process"):
            self.add_error("named_parties", _("Choose at least one."))
        return typed

    def facts(self) -> CallFacts:
        """Return what was typed as the service takes it; a call keeps its kind."""
        kind = self.row.kind if isinstance(self.row, Call) else QUESTIONS
        return CallFacts(kind=kind, **self.shown())


class ExtendForm(RowForm):
    """Until when all who are asked may answer."""

    due_at = DueField(label=_("due"))


class ReopenCallForm(RowForm):
    """Until when a closed call is open again."""

    due_at = DueField(label=_("due"))

    def values_of(self, row: Versioned) -> dict[str, object]:  # noqa: ARG002 -- the form's
        """Return nothing: the day that stands is the one that is over."""
        return {}


class WithdrawForm(RowForm):
    """Why nothing is asked any more."""

    reason = forms.CharField(label=_("reason"), max_length=1000, widget=forms.Textarea({"rows": 3}))


class ConfirmForm(RowForm):
    """Nothing but the version that somebody saw who presses a button."""


class AskMoreForm(RowForm):
    """Whom an open call asks too."""

    parties = PartiesField(
        label=_("parties"), widget=forms.Textarea({"rows": 4}), help_text=ONE_ON_EACH_LINE
    )
