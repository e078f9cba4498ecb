"""What the people of a party see of their own answer, and nobody else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils import timezone

from comity.accounts.authority import may
from comity.accounts.models import User
from comity.accounts.names import names_of
from comity.audit.models import Event
from comity.calls.fields import Field, Shape, Value
from comity.calls.kinds import check_values, fields_of
from comity.calls.models import (
    Entry,
    Reply,
    ReplyState,
    Submission,
    SubmissionState,
)
from comity.core.dates import in_words, parse_date
from comity.core.facts import in_force
from comity.office.workbook_writing import yes_and_no
from comity.parties.models import Affiliation, Ministry
from comity.ui.templatetags.ui import number

ASKED_AGAIN = ("reply.returned", "reply.reopened")
# How each state of what was sent is marked.
MARKS = {
    SubmissionState.SENT: "submitted",
    SubmissionState.ACCEPTED: "cleared",
    SubmissionState.RETURNED: "returned",
    SubmissionState.WITHDRAWN: "returned",
    SubmissionState.REPLACED: "awaited",
}


@dataclass(frozen=True)
class Said:
    """What was said on one field, in the reader's words; ``words`` is empty for nothing."""

    key: str
    label: str
    words: str
    is_long: bool
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Sent:
    """Something that was sent or recorded, with what became of it."""

    row: Submission
    mark: str
    said: list[Said]
    by: str
    decided_by: str
    confirmed_by: str
    may_confirm: bool


@dataclass(frozen=True)
class Answer:
    """The answer of one party to one call, as its own people see it."""

    reply: Reply
    asked: dict[str, Field]
    entries: dict[str, Entry]
    drafted: list[Said]
    sent: list[Sent]
    ministries: dict[int, Ministry]
    ministry: int | None
    speakers: list[str]
    due_at: datetime
    is_open: bool
    is_late: bool
    may_write: bool
    may_clear: bool
    asked_again: str

    @property
    def waits(self) -> bool:
        """Whether something the party sent waits for the secretariat."""
        return any(each.row.state == SubmissionState.SENT for each in self.sent)

    @property
    def to_confirm(self) -> list[Sent]:
        """What the secretariat recorded, and the party has not confirmed."""
        return [each for each in self.sent if each.may_confirm]

    def missing(self) -> dict[str, list[str]]:
        """Return what keeps the draft from being sent, by field."""
        values = {key: entry.value for key, entry in self.entries.items() if key in self.asked}
        try:
            check_values(self.asked, values)
        except ValidationError as error:
            return error.message_dict
        return {}


def read_answer(reply: Reply, user: User, now: datetime) -> Answer:
    """Return the answer of ``reply`` as ``user`` sees it, who belongs to its party."""
    on = timezone.localdate(now)
    asked = fields_of(reply.call, reply.party)
    drafted = Entry.objects.visible_to(user, on).filter(reply=reply).select_related("ministry")
    entries = {entry.key: entry for entry in drafted}
    visible = Submission.objects.visible_to(user, on).filter(reply=reply).select_related("scan")
    rows = list(visible.order_by("-number"))
    names = _names(entries.values(), rows)
    due_at = reply.due_at or reply.call.due_at
    may_clear = may(user, "calls.clear", reply)
    return Answer(
        reply=reply,
        asked=asked,
        entries=entries,
        drafted=[_drafted(each, entries.get(key), names) for key, each in asked.items()],
        sent=[_sent(row, asked, names, may_clear=may_clear) for row in rows],
        ministries={ministry.pk: ministry for ministry in reply.party.ministries.all()},
        ministry=ministry_of(user, reply, now),
        speakers=[] if may_clear else _speakers(reply, now),
        due_at=due_at,
        is_open=reply.is_open(now),
        is_late=due_at < now and reply.state in (ReplyState.AWAITED, ReplyState.RETURNED),
        may_write=may_clear or may(user, "calls.write", reply),
        may_clear=may_clear,
        asked_again=_asked_again(reply),
    )


def say(asked: Field, value: Value) -> str:
    """Return a stored value in the reader's words."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return yes_and_no()[value]
    if isinstance(value, int | float):
        return number(value, len(str(value).partition(".")[2]) if isinstance(value, float) else 0)
    if asked.shape == Shape.DAY:
        return in_words(parse_date(str(value)))
    words = dict(asked.options)
    codes = value if isinstance(value, list) else [value]
    return ", ".join(str(words.get(code, code)) for code in codes)


def said(asked: Mapping[str, Field], values: Mapping[str, Value]) -> list[Said]:
    """Return an answer field by field, in the order in which it is asked."""
    return [
        Said(key, each.label, say(each, values.get(key)), each.shape == Shape.TEXT)
        for key, each in asked.items()
    ]


def ministry_of(user: User, reply: Reply, now: datetime) -> int | None:
    """Return the ministry of the party in which ``user`` holds a post today, if it is one."""
    held = Affiliation.objects.filter(
        in_force(timezone.localdate(now)),
        person__user=user,
        party=reply.party_id,
        post__ministry__isnull=False,
    )
    return held.values_list("post__ministry", flat=True).first()


def _drafted(asked: Field, entry: Entry | None, names: Mapping[int, str]) -> Said:
    is_long = asked.shape == Shape.TEXT
    if entry is None or (entry.value is None and entry.version == 1):
        return Said(asked.key, asked.label, "", is_long)
    by = names.get(entry.written_by_id or 0, "")
    if entry.ministry:
        by = f"{entry.ministry}, {by}" if by else str(entry.ministry)
    words = say(asked, entry.value)
    return Said(asked.key, asked.label, words, is_long, by, entry.written_at)


def _sent(
    row: Submission, asked: Mapping[str, Field], names: Mapping[int, str], *, may_clear: bool
) -> Sent:
    holds = row.is_recorded and row.state == SubmissionState.ACCEPTED
    return Sent(
        row=row,
        mark=MARKS[SubmissionState(row.state)],
        said=[each for each in said(asked, row.values) if each.words],
        by=names.get(row.sent_by_id or 0, ""),
        decided_by=names.get(row.decided_by_id or 0, ""),
        confirmed_by=names.get(row.confirmed_by_id or 0, ""),
        may_confirm=may_clear and holds and row.confirmed_at is None,
    )


def _names(entries: Iterable[Entry], rows: Iterable[Submission]) -> dict[int, str]:
    """Return how those are called who wrote, sent and confirmed; who decided is the secretariat."""
    accounts = {entry.written_by_id for entry in entries}
    for row in rows:
        accounts |= {row.confirmed_by_id, None if row.is_recorded else row.sent_by_id}
    return names_of([pk for pk in accounts if pk])


def _speakers(reply: Reply, now: datetime) -> list[str]:
    """Return who may clear for the party, so that a colleague knows whom to ask."""
    speaking = Affiliation.objects.filter(
        in_force(timezone.localdate(now)),
        party=reply.party_id,
        may_speak=True,
        person__user__isnull=False,
    ).select_related("person", "post")
    return [f"{each.person}, {each.post}" if each.post else str(each.person) for each in speaking]


def _asked_again(reply: Reply) -> str:
    """Return why the secretariat returned the answer, or asked for it again."""
    if reply.state != ReplyState.RETURNED:
        return ""
    events = Event.objects.filter(
        content_type=ContentType.objects.get_for_model(Reply),
        object_id=reply.pk,
        action__in=ASKED_AGAIN,
    )
    return events.order_by("-pk").values_list("reason", flat=True).first() or ""
