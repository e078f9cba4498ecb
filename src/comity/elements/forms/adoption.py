"""What is typed to adopt a text: one form for each step."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.calls.models import RECORDED
from comity.elements.models import Adoption, AdoptionRule, AdoptionWay, NamedTo
from comity.elements.services import RuleFacts
from comity.parties.forms import PartyField
from comity.processes.forms.rows import RowForm, choose, offer_parties
from comity.processes.models import Meeting, Process
from comity.texts.models import Revision, RevisionState, Text
from comity.ui.forms import VersionedForm

MOMENT = "%Y-%m-%dT%H:%M"
RECORDED_WAYS = [(way.value, way.label) for way in RECORDED]


class MomentField(forms.DateTimeField):
    """A day and an hour, here."""

    widget = forms.DateTimeInput({"type": "datetime-local"}, format=MOMENT)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- those of DateTimeField
        super().__init__(input_formats=[MOMENT, "%Y-%m-%d %H:%M"], **kwargs)


class DayField(forms.DateField):
    """A day."""

    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- those of DateField
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


class RuleForm(RowForm):
    """By which rule a process adopts its texts."""

    ways = forms.MultipleChoiceField(
        label=_("texts are adopted"),
        choices=AdoptionWay.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    needs_consensus = forms.BooleanField(
        label=_("the presidency states that all members agree"),
        required=False,
        help_text=_("Before a text is adopted in the room or by written procedure."),
    )
    objectors_named_to = forms.ChoiceField(label=_("who objected is told to"))
    least_days = forms.IntegerField(
        label=_("silence lasts at least, in days"), min_value=0, max_value=365
    )
    most_extensions = forms.IntegerField(
        label=_("a silence is extended at most, in times"), min_value=0, max_value=99
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        field = self.fields["objectors_named_to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = NamedTo.choices
        if self.row is None:
            usual = AdoptionRule(process=self.process)
            self.initial = self.values_of(usual)

    def facts(self) -> RuleFacts:
        """Return what was typed as the service takes it."""
        return RuleFacts(**self.shown())


class ActForm(VersionedForm):
    """A step of adopting ``text``; it carries the version of an adoption that is under way."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- those of Form
        text: Text,
        adoption: Adoption | None,
        **kwargs: Any,  # noqa: ANN401 -- those of Form
    ) -> None:
        self.text, self.adoption = text, adoption
        if adoption is not None:
            kwargs.setdefault("initial", {})["version"] = adoption.version
        super().__init__(*args, **kwargs)
        if adoption is None:
            del self.fields["version"]

    @property
    def process(self) -> Process:
        """The process whose text it is."""
        process = self.text.document.process
        assert process is not None  # its page is nowhere else
        return process

    def offer_revisions(self) -> None:
        """Let one choose among the revisions that are not final, the latest first."""
        rows = Revision.objects.filter(text=self.text).exclude(state=RevisionState.FINAL)
        choose(self.fields["revision"], rows.latest_first())
        self.fields["revision"].initial = rows.latest_first().first()


class RevisionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # -- none at run time
    """A revision of the text."""

    def __init__(self) -> None:
        super().__init__(Revision.objects.none(), label=_("revision"), empty_label=None)


class RoomForm(ActForm):
    """At which meeting and on which day a revision was adopted."""

    revision = RevisionField()
    meeting = forms.ModelChoiceField(Meeting.objects.none(), label=_("meeting"))
    day = DayField(label=_("day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        self.offer_revisions()
        choose(self.fields["meeting"], self.process.meetings.latest_first())
        self.fields["meeting"].initial = self.text.document.meeting_id


class SilenceForm(ActForm):
    """Until which moment silence is kept."""

    revision = RevisionField()
    due_at = MomentField(
        label=_("silence until"),
        help_text=_("At this moment the text is adopted, unless a member has objected."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        self.offer_revisions()


class WrittenForm(SilenceForm):
    """Until when members comment."""

    due_at = MomentField(label=_("comments until"))


class ConfirmationForm(SilenceForm):
    """Which revision is to be confirmed, and until when."""

    due_at = MomentField(label=_("confirmation until"))


class WritingForm(ActForm):
    """Nothing but that the members confirmed."""


class ExtensionForm(ActForm):
    """Until when silence lasts now."""

    due_at = MomentField(label=_("silence until"))


class EndForm(ActForm):
    """Why an adoption is ended."""

    reason = forms.CharField(label=_("reason"), max_length=300)


class ConsensusForm(ActForm):
    """On which revision all members agree."""

    revision = RevisionField()
    note = forms.CharField(label=_("note"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        self.fields.pop("version", None)
        self.offer_revisions()


class LateObjectionForm(ActForm):
    """Which member objected after the moment, how and in which words."""

    party = PartyField(label=_("member"))
    way = forms.ChoiceField(label=_("how it came"), choices=RECORDED_WAYS)
    words = forms.CharField(label=_("words"), max_length=4000, widget=forms.Textarea({"rows": 5}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        offer_parties(self, self.process)
