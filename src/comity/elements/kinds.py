"""What adoption asks of members: whether one objects, what it comments, whether it confirms."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.accounts.authority import Actor
from comity.calls.fields import Field, Shape
from comity.calls.kinds import Kind, kinds
from comity.calls.models import Call, Submission
from comity.calls.models.calls import discreet_kinds
from comity.elements.asked import COMMENTS, CONFIRMATION, CONFIRMS, OBJECTS, SILENCE, WORDS
from comity.elements.models import Adoption
from comity.elements.permissions import is_member
from comity.parties.models import Party


def add_kinds() -> None:
    """Declare the kinds of call by which texts are adopted."""
    silence = Kind(
        gettext_lazy("Objections to a text under silence"), _objection, _break, admit_members
    )
    kinds.add(SILENCE, silence)
    comments = Kind(gettext_lazy("Comments in a written procedure"), _comments, admit=admit_members)
    kinds.add(COMMENTS, comments)
    confirmation = Kind(
        gettext_lazy("Confirmation of a revised text"), _confirmation, admit=admit_members
    )
    kinds.add(CONFIRMATION, confirmation)
    # Who objects is told only to whom the rule of the process names.
    discreet_kinds.add(SILENCE, SILENCE)


def admit_members(call: Call, parties: Sequence[Party]) -> None:
    """Refuse an adoption that nobody opened, and to ask whoever is no member: they alone adopt."""
    asked = Adoption.objects.filter(call=call) | Adoption.objects.filter(comments=call)
    if not asked.exists():
        raise ValidationError(_("Open this from the page of the text."), code="adoption")
    for party in parties:
        if not is_member(party, call.process):
            words = _("Only members are asked: %(party)s is none.") % {"party": party}
            raise ValidationError(words, code="member")


def _objection(_call: Call, _party: Party) -> list[Field]:
    return [
        Field(
            OBJECTS,
            _("Do you object?"),
            Shape.YES_NO,
            help=_("Who does not object need not answer: silence agrees."),
            is_required=True,
        ),
        Field(WORDS, _("Why, and what would let you agree")),
    ]


def _comments(_call: Call, _party: Party) -> list[Field]:
    return [Field(WORDS, _("Your comments on the text"), is_required=True)]


def _confirmation(_call: Call, _party: Party) -> list[Field]:
    return [
        Field(CONFIRMS, _("Do you confirm the revised text?"), Shape.YES_NO, is_required=True),
        Field(WORDS, _("What you want to add")),
    ]


def _break(submission: Submission, by: Actor) -> None:
    from comity.elements.services.silence import break_silence  # noqa: PLC0415 -- a cycle

    break_silence(submission, by)
