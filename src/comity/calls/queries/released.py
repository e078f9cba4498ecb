"""The answers to a call that were released, side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.calls.fields import Field
from comity.calls.kinds import fields_of, kinds
from comity.calls.models import Call, Submission, SubmissionState
from comity.calls.queries.answers import Said, said
from comity.calls.queries.protocol import read_protocol
from comity.parties.models.parties import name_of
from comity.ui.table_files import TableFile


@dataclass(frozen=True)
class Answer:
    """What one party answered and the secretariat accepted, by the keys of the fields."""

    name: str
    code: str
    submission: Submission
    said: Mapping[str, Said]


@dataclass(frozen=True)
class Column:
    """One question, by its key, with what each party says to it."""

    key: str
    label: str
    said: Sequence[tuple[Answer, Said]]


def released_answers(call: Call, actor: Actor, on: date) -> QuerySet[Submission]:
    """Return the answers of ``call`` that were released, where ``actor`` may read them."""
    visible = Submission.objects.visible_to(actor, on)
    return visible.filter(
        reply__call=call, state=SubmissionState.ACCEPTED, reply__released_at__isnull=False
    )


def read_answers(call: Call, actor: Actor, on: date) -> list[Answer]:
    """Return the released answers in protocol order, in a fixed number of queries.

    Only a kind of call that asks each party something else asks once for each of them.
    """
    named: Any = released_answers(call, actor, on).annotate(  # Any: annotated
        called=name_of("reply__party", on)
    )
    rows = list(named.select_related("reply__party"))
    protocol = read_protocol(call.process_id or 0, on)
    rows.sort(key=lambda row: protocol.place(row.reply.party_id, row.called))
    shared = fields_of(call, rows[0].reply.party) if rows and kinds[call.kind].asks_alike else None
    return [
        Answer(
            protocol.called(row.reply.party_id, row.called),
            row.reply.party.code,
            row,
            _by_key(shared if shared is not None else fields_of(call, row.reply.party), row),
        )
        for row in rows
    ]


def _by_key(fields: Mapping[str, Field], row: Submission) -> dict[str, Said]:
    return {each.key: each for each in said(fields, row.values)}


def side_by_side(answers: Sequence[Answer]) -> list[Column]:
    """Return each question with the answers of all, in the order in which it is first asked."""
    labels = {key: said.label for answer in answers for key, said in answer.said.items()}
    return [
        Column(key, label, [(each, each.said[key]) for each in answers if key in each.said])
        for key, label in labels.items()
    ]


def answers_table(call: Call, answers: Sequence[Answer]) -> TableFile:
    """Return the released answers as a table: a row for each party, a column for each question."""
    columns = side_by_side(answers)
    return TableFile(
        f"call-{call.pk}-answers",
        _("Answers"),
        [_("Party"), _("Code"), *(column.label for column in columns)],
        [[each.name, each.code, *(_words(each, column) for column in columns)] for each in answers],
    )


def _words(answer: Answer, column: Column) -> str:
    return answer.said[column.key].words if column.key in answer.said else ""
