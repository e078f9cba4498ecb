"""What a workbook would change: rehearsed, shown, and then done whole or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.core.dates import in_words, parse_date
from comity.office.problems import Problem
from comity.office.workbook_writing import yes_and_no
from comity.office.workbooks import Change, Column, ColumnKind, Value


class StepKind(StrEnum):
    """What happens to a row; what ends comes first, so that what begins finds its place free."""

    ENDED = "ended"
    CHANGED = "changed"
    ADDED = "added"


ORDER: Final = tuple(StepKind)
# A step takes some 40 ms: whoever sends a workbook waits for all of them.
MOST_STEPS: Final = 300


@dataclass(frozen=True)
class Shown:
    """One value that changes, in words: ``before`` is empty in a row that is new."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Step:
    """What is to be done for one row of a workbook; ``labels`` name the columns of fields."""

    kind: StepKind
    name: str
    sheet: str
    row: int
    shown: Sequence[Shown]
    do: Callable[[], object]
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """All that a workbook would do, and everything that is wrong with it."""

    file: str
    steps: list[Step] = field(default_factory=list)
    untouched: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def by_kind(self) -> list[tuple[StepKind, list[Step]]]:
        """The steps by what they do, added ones first, without kinds that have none."""
        found = [(kind, [step for step in self.steps if step.kind == kind]) for kind in ORDER[::-1]]
        return [(kind, steps) for kind, steps in found if steps]


def show_changes(columns: Sequence[Column], changed: Sequence[Change]) -> list[Shown]:
    """Return what changes in a row as its reader is shown it, in the words of the columns."""
    by_key = {column.key: column for column in columns}
    return [
        Shown(
            by_key[change.column].label,
            _words(by_key[change.column], change.before),
            _words(by_key[change.column], change.after),
        )
        for change in changed
    ]


def _words(column: Column, value: Value) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return yes_and_no()[value]
    if column.kind == ColumnKind.DATE:
        return in_words(parse_date(str(value)))
    return str(column.choices.get(str(value), value))


class RefusedError(Exception):
    """A workbook was not taken over, and nothing of it was done; ``plan`` says why."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan.file)
        self.plan = plan


def rehearse(plan: Plan) -> Plan:
    """Return ``plan`` with what its steps run into, found by doing them and taking all back.

    Rows that can be read are tried beside those that cannot, so that all is told in one round.
    """
    if len(plan.steps) > MOST_STEPS:
        reason = _("This changes %(count)d rows, and at most %(most)d at once are taken.")
        told = reason % {"count": len(plan.steps), "most": MOST_STEPS}
        return replace(plan, problems=[*plan.problems, Problem(plan.file, "", 0, "", told)])
    with transaction.atomic():
        problems = _do(plan)
        transaction.set_rollback(True)
    return replace(plan, problems=in_order([*plan.problems, *problems]))


@transaction.atomic
def carry_out(plan: Plan) -> Plan:
    """Do all steps of ``plan``; raise RefusedError, with nothing done, where one is refused."""
    problems = plan.problems or _do(plan)
    if problems:
        raise RefusedError(replace(plan, problems=problems))
    return plan


def _do(plan: Plan) -> list[Problem]:
    """Do each step by itself, so that what is wrong with the next ones is found as well."""
    problems = []
    for step in sorted(plan.steps, key=lambda step: ORDER.index(step.kind)):
        try:
            with transaction.atomic():
                step.do()
        except PermissionDenied:
            reason = _("You may not do this to %(name)s.") % {"name": step.name}
            problems.append(Problem(plan.file, step.sheet, step.row, "", reason))
        except ValidationError as error:
            problems += _told(plan, step, error)
    return in_order(problems)


def in_order(problems: list[Problem]) -> list[Problem]:
    """Return the problems by sheet and row, as their reader goes through them."""
    return sorted(problems, key=lambda problem: (problem.sheet, problem.row))


def _told(plan: Plan, step: Step, error: ValidationError) -> list[Problem]:
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return [
        Problem(plan.file, step.sheet, step.row, _label(step, name), sentence)
        for name, sentences in by_field.items()
        for sentence in sentences
    ]


def _label(step: Step, name: str) -> str:
    return "" if name in {"", NON_FIELD_ERRORS} else step.labels.get(name, "")
