"""What can be asked: each kind of call, with its fields and what an accepted reply does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.accounts.authority import Actor
from comity.calls.fields import Field, Shape, Value
from comity.calls.models import Call, Question, Submission
from comity.core.registry import Registry
from comity.core.translated import text_in
from comity.parties.models import Party


def _nothing(_submission: Submission, _by: Actor) -> None:
    """Do no more than keep the reply."""


def _no_more(_call: Call, _rows: Sequence[Any]) -> dict[str, object]:  # Any: rows of a form
    """Show the fields one after another."""
    return {}


def _anybody(_call: Call, _parties: Sequence[Party]) -> None:
    """Let whoever the call names be asked."""


@dataclass(frozen=True)
class Kind:
    """A kind of call.

    ``fields`` returns what a party is asked, in the language that is set. ``accept`` is what an
    accepted reply does, in the transaction that accepts it; it may raise ValidationError.
    ``admit`` is given a call that is about to ask these parties, all at once or some later; it
    raises ValidationError where the call may not be opened as it is, or one may not be asked.
    A kind that ``asks_alike`` asks all parties the same: lists ask for its fields once.
    ``answer_template`` extends ``calls/answer_page.html``; ``answer_context`` is what it needs
    beside that, from the call and the pairs of row and draft that the page shows.
    """

    title: str | Promise
    fields: Callable[[Call, Party], Sequence[Field]]
    accept: Callable[[Submission, Actor], None] = _nothing
    admit: Callable[[Call, Sequence[Party]], None] = _anybody
    asks_alike: bool = True
    answer_template: str = "calls/answer_page.html"
    # Any: as above
    answer_context: Callable[[Call, Sequence[Any]], Mapping[str, object]] = _no_more


kinds = Registry[Kind]("kind of call")
QUESTIONS = "questions"


def fields_of(call: Call, party: Party) -> dict[str, Field]:
    """Return what ``call`` asks of ``party``, by key, in the order in which it is asked."""
    return {field.key: field for field in kinds[call.kind].fields(call, party)}


def check_values(fields: Mapping[str, Field], values: Mapping[str, object]) -> dict[str, Value]:
    """Return an answer as it is stored, with all of its fields in order.

    Raises ValidationError with a sentence under the key of each field that is wrong, required
    and empty, or not asked.
    """
    errors: dict[str, ValidationError] = {
        key: ValidationError(_("This is not asked."), code="unknown")
        for key in values
        if key not in fields
    }
    checked: dict[str, Value] = {}
    for key, field in fields.items():
        try:
            checked[key] = field.plain(values.get(key))
        except ValidationError as error:
            errors[key] = error
            continue
        if field.is_required and checked[key] is None:
            errors[key] = ValidationError(_("This must be answered."), code="required")
    if errors:
        raise ValidationError(errors)
    return checked


def _questions(call: Call, _party: Party) -> list[Field]:
    return [_asked(question) for question in Question.objects.filter(call=call)]


def _asked(question: Question) -> Field:
    return Field(
        key=f"q{question.pk}",
        label=text_in(question.words),
        shape=Shape(question.shape),
        help=text_in(question.help),
        options=[(option["code"], text_in(option["words"])) for option in question.options],
        is_required=question.is_required,
    )


kinds.add(QUESTIONS, Kind(gettext_lazy("Questions of the secretariat"), _questions))
