"""What adoption asks: whether brackets are open, and whether anybody is at work."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from comity.accounts.models import User
from comity.consultation.brackets import count_groups
from comity.consultation.models import CheckoutState, Pen, rules_of
from comity.consultation.models.standing import seats_of_members
from comity.processes.models import CALLED_OFF, Meeting, MeetingStatus, Process, Seat
from comity.processes.models.offices import HeldQuerySet
from comity.texts.models import Passage, Revision, Text, Wording


@dataclass(frozen=True)
class OpenBrackets:
    """A passage on whose words there is no agreement, with how many brackets it holds."""

    passage: Passage
    count: int


def open_brackets(revision: Revision) -> list[OpenBrackets]:
    """Return the passages of ``revision`` that hold brackets, in their order; none is agreed.

    A passage counts as often as in the language that has most of them: a bracket in two
    languages is one bracket, and one that is forgotten in a translation is open still.
    """
    wordings = Wording.objects.filter(passage__revision=revision, words__contains="[")
    counts: dict[int, int] = {}
    for passage, words in wordings.values_list("passage", "words"):
        counts[passage] = max(counts.get(passage, 0), count_groups(words))
    passages = Passage.objects.filter(pk__in=counts).order_by("order")
    return [OpenBrackets(passage, counts[passage.pk]) for passage in passages]


def meeting_on(text: Text, on: date | None = None) -> Meeting | None:
    """Return the meeting that the text is for, if it is under way on that day, today by default.

    What is in session now is so today only: another day is judged by the days of the meeting.
    """
    today = timezone.localdate()
    day = on or today
    under_way = Q(days_earliest__lte=day, days_latest__gte=day) & ~Q(status__in=CALLED_OFF)
    if day == today:
        under_way |= Q(status=MeetingStatus.IN_SESSION)
    meeting = text.document.meeting
    return meeting and Meeting.objects.filter(under_way, pk=meeting.pk).first()


def being_drafted(text: Text, now: datetime | None = None) -> bool:
    """Tell whether somebody writes in the text now, or has it along on a laptop."""
    pen = Pen.objects.filter(text=text, until__gt=now or timezone.now())
    out = text.revisions.filter(checkouts__state__in=(CheckoutState.OUT, CheckoutState.BROUGHT))
    return pen.exists() or out.exists()


def committee_seats(process: Process | None, actor: User, on: date) -> HeldQuerySet[Seat]:
    """Return the seats in the drafting committee of ``process`` that ``actor`` holds that day."""
    seats = seats_of_members(actor, on)
    if process is None:
        return seats.none()
    return seats.filter(body__isnull=False, body=rules_of(process).committee_id)
