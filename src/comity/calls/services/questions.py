"""What the secretariat does with its own questions, while their call is being prepared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.services import lock_version, record_creation, record_removal, save_change
from comity.calls.fields import Shape
from comity.calls.kinds import QUESTIONS
from comity.calls.models import Call, CallState, Question
from comity.calls.services.steps import lock_call, refuse_unless

WITH_OPTIONS = (Shape.CHOICE, Shape.CHOICES)


@dataclass(frozen=True)
class QuestionFacts:
    """What is asked, and how it is answered; ``options`` are the words of each choice."""

    order: int
    words: Mapping[str, str]
    shape: Shape
    help: Mapping[str, str] = field(default_factory=dict)
    options: Sequence[Mapping[str, str]] = ()
    is_required: bool = False


@transaction.atomic
def add_question(*, call: Call, facts: QuestionFacts, by: Actor) -> Question:
    """Add a question to a call that is being prepared.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: the call was opened, asks no questions of its own, or a value is wrong.
    """
    _require_prepared(call, by)
    question = Question(call=call, **_columns(facts))
    question.full_clean()
    question.save()
    record_creation(question, action="question.added", by=by)
    return question


@transaction.atomic
def change_question(
    *, question: Question, facts: QuestionFacts, version: int, by: Actor
) -> Question:
    """Change a question of a call that is being prepared.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: the call was opened, or a value is wrong.
    """
    _require_prepared(question.call, by)
    changes = _columns(facts)
    current = lock_version(question, version, yours=changes)
    save_change(current, changes, action="question.changed", by=by)
    return current


@transaction.atomic
def remove_question(*, question: Question, version: int, by: Actor) -> None:
    """Take a question out of a call that is being prepared.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: the call was opened.
    """
    _require_prepared(question.call, by)
    current = lock_version(question, version)
    record_removal(current, action="question.removed", by=by)
    current.delete()


@transaction.atomic
def move_question(*, question: Question, places: int, by: Actor) -> Question:
    """Move a question ``places`` down the list of its call, or up where that is negative.

    It goes no further than to the end. The others keep their order among themselves, so that it
    does not matter who moved one meanwhile.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: the call was opened, or asks no questions of its own.
    """
    _require_prepared(question.call, by)
    rows = list(Question.objects.select_for_update().filter(call=question.call_id))
    at = next(place for place, row in enumerate(rows) if row.pk == question.pk)
    moved = rows.pop(at)
    rows.insert(max(0, at + places), moved)
    for order, row in enumerate(rows, start=1):
        if row.order != order:
            save_change(row, {"order": order}, action="question.changed", by=by)
    return moved


def _require_prepared(call: Call, by: Actor) -> None:
    require(by, "calls.run", call)
    current = lock_call(call)
    refuse_unless(current, [CallState.PREPARED], _("This call was opened already."))
    if current.kind != QUESTIONS:
        raise ValidationError(_("This kind of call asks what it always asks."), code="kind")


def _columns(facts: QuestionFacts) -> dict[str, object]:
    """Return the columns of ``facts``; each choice gets a code that stays when words change."""
    if facts.shape in WITH_OPTIONS and len(facts.options) < 2:
        raise ValidationError({"options": _("Give at least two choices.")}, code="options")
    if facts.shape not in WITH_OPTIONS and facts.options:
        raise ValidationError({"options": _("This is not answered by a choice.")}, code="options")
    options = [
        {"code": f"c{number}", "words": dict(words)}
        for number, words in enumerate(facts.options, start=1)
    ]
    return {**vars(facts), "options": options}
