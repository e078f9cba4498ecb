"""What stands in calendars: each app that has dates adds a reader of its entries."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final

from django.db.models import (
    Count,
    DateField,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Length, StrIndex
from django.utils import timezone

from comity.accounts.authority import Actor
from comity.core.dates import parse_date
from comity.core.registry import Registry
from comity.core.translated import text_in
from comity.processes.models import (
    CALLED_OFF,
    TAKING_PART,
    Area,
    Attendance,
    Meeting,
    Participation,
    Process,
    Term,
)


@dataclass(frozen=True)
class Wanted:
    """Which entries: of a process, a party, a theme, between two days; all of them without.

    ``own`` keeps those of the processes in which the actor has a standing, made up or not.
    """

    process: str = ""
    party: str = ""
    theme: str = ""
    made_up: bool = False
    own: bool = False
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Entry:
    """Something with a date; ``key`` stays the same, ``version`` grows with each change."""

    key: str
    version: int
    title: Mapping[str, str]
    url: str
    days: str
    place: str
    kind: str
    status: str
    process: int | None
    is_off: bool
    is_tentative: bool
    # The other installation that says so; empty for our own record.
    whose: str = ""

    @property
    def earliest(self) -> date | None:
        """The first day that it can lie on."""
        return parse_date(self.days).earliest if self.days else None

    @property
    def latest(self) -> date | None:
        """The last day that it can lie on."""
        return parse_date(self.days).latest if self.days else None

    @property
    def is_exact(self) -> bool:
        """Whether its days are known, and not only its month or year."""
        if not self.days or ".." in self.days:
            return False
        return all(len(point) == len("2003-05-28") for point in self.days.split("/"))

    @property
    def is_within_months(self) -> bool:
        """Whether no day is known, but the months between which it lies are."""
        if not self.days or ".." in self.days or self.is_exact:
            return False
        return all(len(point) >= len("2003-05") for point in self.days.split("/"))

    @property
    def is_in_files(self) -> bool:
        """Whether calendar files hold it: at least its months are known."""
        return self.is_exact or self.is_within_months

    @property
    def words(self) -> str:
        """Its title in the reader's language."""
        return text_in(self.title)


# What ``Entry.is_exact`` and ``Entry.is_within_months`` say, of rows that ``_measured`` returns.
EXACT: Final = Q(days_length__in=(10, 21)) & ~Q(days__contains="..")
WITHIN_MONTHS: Final = (Q(days_length__in=(7, 18)) | Q(days_length=15, days_stroke=8)) & ~Q(
    days__contains=".."
)


@dataclass(frozen=True)
class Around:
    """What lies before and after some days, and how much has neither day nor month."""

    last: date | None
    next: date | None
    left_out: int


@dataclass(frozen=True)
class Dated:
    """Rows with ``days`` and ``status`` that stand in calendars, and how one becomes an entry.

    ``fields`` are all those from which ``entry`` makes one: what they hold tells whether
    calendars have changed.
    """

    rows: Callable[[Actor, Wanted], QuerySet[Any]]  # Any: each app has its own
    entry: Callable[[Any], Entry]
    fields: tuple[str, ...]

    def __call__(self, actor: Actor, wanted: Wanted) -> list[Entry]:
        """Return the entries that ``wanted`` asks for and ``actor`` may see, the earliest first."""
        rows = self.rows(actor, wanted).order_by("days_earliest", "pk")
        return [self.entry(row) for row in rows]

    def first_few(self, actor: Actor, wanted: Wanted, number: int) -> list[Entry]:
        """Return the earliest ``number`` that are not called off; what has no beginning is last."""
        rows = self.rows(actor, wanted).exclude(status__in=CALLED_OFF)
        earliest = F("days_earliest").asc(nulls_last=True)
        return [self.entry(row) for row in rows.order_by(earliest, "pk")[:number]]

    def around(self, actor: Actor, wanted: Wanted, first: date, after: date) -> Around:
        """Return what is known to the day before ``first`` and from ``after`` on, unread."""
        rows = _measured(self.rows(actor, wanted).order_by())
        found = rows.aggregate(
            last=Max("days_earliest", filter=EXACT & Q(days_earliest__lt=first)),
            next=Min("days_earliest", filter=EXACT & Q(days_earliest__gte=after)),
            left_out=Count("pk", filter=~(EXACT | WITHIN_MONTHS)),
        )
        return Around(**found)

    def state(self, actor: Actor, wanted: Wanted) -> str:
        """Return what changes with any of the entries, without making them."""
        rows = self.rows(actor, wanted).order_by("pk").annotate(words=Cast("title", TextField()))
        found = rows.values_list("pk", "words", *self.fields)
        return sha256(repr(list(found)).encode()).hexdigest()


# Each app that has dates adds what it has of them.
readers = Registry[Dated]("reader of the calendar")

# What a secretariat is told when it has saved a meeting: a sentence each.
Teller = Callable[[Actor, Meeting], Iterable[str]]
tellers = Registry[Teller]("teller of what a meeting meets")


def _meeting(row: Meeting) -> Entry:
    return Entry(
        key=f"meeting-{row.slug}",
        version=row.version,
        title=row.title,
        url=row.get_absolute_url(),
        days=row.days,
        place=row.place,
        kind=row.kind,
        status=row.status,
        process=row.process_id,
        is_off=row.is_off,
        is_tentative=row.is_tentative,
    )


def _meetings(actor: Actor, wanted: Wanted) -> QuerySet[Meeting]:
    """Return the meetings that ``wanted`` asks for; they are public."""
    return Meeting.objects.filter(_condition(actor, wanted))


meetings: Final = Dated(
    _meetings, _meeting, ("slug", "version", "days", "place", "kind", "status", "process")
)


def own_processes(actor: Actor) -> QuerySet[Process]:
    """Return the processes in which ``actor`` has a standing today."""
    today = timezone.localdate()
    places = Participation.objects.held_by(actor, today).unless_suspended(today)
    terms = Term.objects.held_by(actor, today)
    return Process.objects.filter(
        Q(pk__in=places.values("process")) | Q(pk__in=terms.values("process"))
    ).order_by()


def has_part(process: str, party: str) -> bool:
    """Tell whether a calendar of ``process`` can hold anything for ``party``, on any day."""
    places = Participation.objects.filter(
        process__slug=process, party__code=party, status__in=TAKING_PART
    )
    named = Attendance.objects.filter(meeting__process__slug=process, party__code=party)
    return places.exists() or named.exists()


def _condition(actor: Actor, wanted: Wanted) -> Q:
    if wanted.own:
        condition = Q(process__in=own_processes(actor))
    else:
        condition = Q(process__is_made_up=wanted.made_up)
        if not wanted.made_up:
            condition |= Q(process=None)
    if wanted.process:
        condition &= Q(process__slug=wanted.process)
    if wanted.theme:
        areas = Area.objects.filter(process=OuterRef("process"), themes__slug=wanted.theme)
        condition &= Q(Exists(areas))
    if wanted.party:
        # Whoever may take part on some day of a meeting, not on the day that is asked about.
        first = Coalesce(OuterRef("days_earliest"), Value(date.min), output_field=DateField())
        last = Coalesce(OuterRef("days_latest"), Value(date.max), output_field=DateField())
        places = Participation.objects.filter(
            Q(begins_earliest=None) | Q(begins_earliest__lte=last),
            Q(ends_latest=None) | Q(ends_latest__gte=first),
            process=OuterRef("process"),
            party__code=wanted.party,
            status__in=TAKING_PART,
        )
        named = Attendance.objects.filter(meeting=OuterRef("pk"), party__code=wanted.party)
        condition &= Q(Exists(places)) | Q(Exists(named))
    if wanted.first:
        condition &= Q(days_latest__gte=wanted.first)
    if wanted.last:
        condition &= Q(days_earliest__lte=wanted.last)
    return condition


def _measured(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return ``rows`` with the length of their days as written, and where the stroke stands."""
    measured: QuerySet[Any] = rows.annotate(
        days_length=Length("days"), days_stroke=StrIndex("days", Value("/"))
    )
    return measured
