"""The calendar: a month at a time, what comes next, and what falls together."""

import calendar
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import combinations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.core.punctuation import semicolon
from comity.core.sorting import sort_key
from comity.core.translated import text_in
from comity.pages.queries.lines import dated, foreign, words_of
from comity.parties.models.parties import SEATED, name_of
from comity.processes.calendar import Entry, Wanted, readers
from comity.processes.models import (
    BARRED,
    TAKING_PART,
    Area,
    Meeting,
    MeetingStatus,
    Participation,
    Process,
)

MOST_AHEAD = 12
STATUSES = dict(MeetingStatus.choices)
A_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Shown:
    """An entry as the page shows it."""

    entry: Entry
    when: str
    title: str
    language: str
    url: str
    remark: str
    process: str
    process_url: str
    region: str


@dataclass(frozen=True)
class Day:
    """A day of the month with what lies on it."""

    day: date
    is_outside: bool
    is_today: bool
    entries: list[Shown]


@dataclass(frozen=True)
class Together:
    """Two meetings of one week that call on the same States, or are about the same themes."""

    one: Shown
    other: Shown
    parties: list[str]
    themes: list[str]

    @property
    def theme_words(self) -> str:
        """The themes that both are about; names of themes hold commas."""
        return semicolon().join(self.themes)

    @property
    def shared_words(self) -> str:
        """What the two have in common, in words."""
        said = []
        if self.parties:
            said.append(_("Same States: %(names)s.") % {"names": ", ".join(self.parties)})
        if self.themes:
            said.append(_("Same themes: %(names)s.") % {"names": self.theme_words})
        return " ".join(said)


@dataclass(frozen=True)
class MonthPage:
    """What the page shows of a month; ``vague`` is what its source dates no better.

    ``left_out`` counts what has no month in any year, and so is in no calendar file.
    """

    first: date
    weekdays: list[str]
    weeks: list[list[Day]]
    entries: list[Shown]
    vague: list[Shown]
    before: date
    after: date
    last_filled: date | None
    next_filled: date | None
    left_out: int


def read_entries(actor: Actor, wanted: Wanted) -> list[Entry]:
    """Return what ``actor`` may see of all that has a date, the earliest first."""
    return _in_order(entry for read in readers for entry in read(actor, wanted))


def state_of(actor: Actor, wanted: Wanted) -> list[str]:
    """Return what changes when anything changes that ``actor`` may see; it costs little."""
    return [each.state(actor, wanted) for each in readers]


def read_month(actor: Actor, wanted: Wanted, first: date, today: date) -> MonthPage:
    """Return the month that begins on ``first``, in weeks that begin on Monday."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    after = (first + timedelta(days=31)).replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    own = replace(wanted, first=weeks[0][0], last=weeks[-1][-1])
    shown = list(_shown(read_entries(actor, own)))
    exact = [each for each in shown if each.entry.is_exact]
    in_month = [
        each
        for each in shown
        if (each.entry.earliest or date.min) < after and (each.entry.latest or date.max) >= first
    ]
    by_day: dict[date, list[Shown]] = defaultdict(list)
    for each in exact:
        for day in _days_of(each.entry, weeks[0][0], weeks[-1][-1]):
            by_day[day].append(each)
    around = [each.around(actor, wanted, first, after) for each in readers]
    return MonthPage(
        first=first,
        weekdays=[date_format(day, "D") for day in weeks[0]],
        weeks=[
            [Day(day, day.month != first.month, day == today, by_day[day]) for day in week]
            for week in weeks
        ],
        entries=[each for each in in_month if each.entry.is_exact],
        vague=[each for each in in_month if not each.entry.is_exact],
        before=before,
        after=after,
        last_filled=max(filter(None, (each.last for each in around)), default=None),
        next_filled=min(filter(None, (each.next for each in around)), default=None),
        left_out=sum(each.left_out for each in around),
    )


def read_ahead(actor: Actor, wanted: Wanted, today: date) -> list[Shown]:
    """Return what comes next, whether its days are known or only its year."""
    own = replace(wanted, first=today)
    found = (entry for each in readers for entry in each.first_few(actor, own, MOST_AHEAD))
    return list(_shown(_in_order(found)[:MOST_AHEAD]))


def read_together(actor: Actor, today: date) -> list[Together]:
    """Return what falls together in a week ahead: with a process whose secretariat asks.

    Two meetings of different processes, of which ``actor`` runs at least one, in one week, that
    call on the same States or are about the same themes.
    """
    own = set(Process.objects.run_by(actor, today).values_list("pk", flat=True))
    if not own:
        return []
    entries = [
        entry
        for made_up in (False, True)
        for entry in read_entries(actor, Wanted(first=today, made_up=made_up))
        if entry.is_exact and entry.process and not entry.is_off
    ]
    weeks: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        for monday in _weeks_of(entry, today):
            weeks[monday].append(entry)
    pairs = {
        (one.key, other.key): (one, other)
        for _monday, some in sorted(weeks.items())
        for one, other in combinations(some, 2)
        if one.process != other.process and {one.process, other.process} & own
    }
    if not pairs:
        return []
    met = {entry.key: entry for pair in pairs.values() for entry in pair}
    shown = {each.entry.key: each for each in _shown(met.values())}
    processes = {each.process for each in met.values() if each.process}
    parties, themes = _parties_of(met.values(), processes, today), _themes_of(processes)
    by_name = partial(sort_key, language=get_language() or "en")
    found = []
    for one, other in pairs.values():
        shared = parties[one.key] & parties[other.key]
        common = themes[one.process] & themes[other.process]
        if shared or common:
            both = shown[one.key], shown[other.key]
            found.append(Together(*both, sorted(shared, key=by_name), sorted(common, key=by_name)))
    return found


def tell_together(actor: Actor, meeting: Meeting) -> list[str]:
    """Say which meetings of other processes fall together with ``meeting``, a sentence each."""
    said = []
    key = f"meeting-{meeting.slug}"
    for pair in read_together(actor, timezone.localdate()):
        for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
            if one.entry.key == key:
                said.append(
                    _("In the same week: %(title)s (%(process)s, %(when)s). %(shared)s")
                    % {
                        "title": other.title,
                        "process": other.process,
                        "when": other.when,
                        "shared": pair.shared_words,
                    }
                )
    return said


def _in_order(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.earliest or date.max, entry.key))


def _shown(entries: Iterable[Entry]) -> Iterator[Shown]:
    found = list(entries)
    processes = Process.objects.in_bulk({each.process for each in found if each.process})
    for each in found:
        process = processes.get(each.process) if each.process else None
        remark = [words_of(each.kind), each.place]
        if each.is_off or each.is_tentative:
            remark.append(str(STATUSES.get(each.status, each.status)))
        if each.whose:
            remark.append(_("from another installation"))
        yield Shown(
            entry=each,
            when=dated(each.days),
            title=each.words,
            language=foreign(each.title),
            url=each.url,
            remark=", ".join(filter(None, remark)),
            # Another installation stands where a process of ours would.
            process=text_in(process.short_name) if process else each.whose,
            process_url=process.get_absolute_url()
            if process
            else each.whose and each.url.partition("#")[0],
            region=process.region if process else "",
        )


def _days_of(entry: Entry, first: date, last: date) -> Iterator[date]:
    """Return its days from ``first`` to ``last``: one may go on for as long as it was said to."""
    if entry.earliest and entry.latest:
        begins, ends = max(entry.earliest, first), min(entry.latest, last)
        for number in range((ends - begins).days + 1):
            yield begins + timedelta(days=number)


def _weeks_of(entry: Entry, first: date) -> set[date]:
    """Return the Mondays of its weeks from ``first`` on, of a year at most."""
    begins = max(entry.earliest or first, first)
    days = _days_of(entry, begins, begins + min(A_YEAR, date.max - begins))
    return {day - timedelta(days=day.weekday()) for day in days}


def _parties_of(entries: Iterable[Entry], processes: set[int], today: date) -> dict[str, set[str]]:
    """Return the States that may come to each entry, by its key.

    They take part in its process on some day of it, in whichever way, and are barred on none.
    """
    rows = Participation.objects.filter(
        process__in=processes, status__in=(*TAKING_PART, *BARRED), party__kind__in=SEATED
    )
    places: dict[int | None, list[tuple[str, bool, date, date]]] = defaultdict(list)
    fields = ("process_id", "name", "status", "begins_earliest", "ends_latest")
    for process, name, status, begins, ends in rows.annotate(
        name=name_of("party", today)
    ).values_list(*fields):
        place = (name, status in BARRED, begins or date.min, ends or date.max)
        places[process].append(place)
    found = {}
    for entry in entries:
        present = [
            (name, is_barred)
            for name, is_barred, begins, ends in places[entry.process]
            if begins <= (entry.latest or date.max) and ends >= (entry.earliest or date.min)
        ]
        barred = {name for name, is_barred in present if is_barred}
        found[entry.key] = {name for name, _is_barred in present} - barred
    return found


def _themes_of(processes: set[int]) -> dict[int | None, set[str]]:
    found: dict[int | None, set[str]] = defaultdict(set)
    rows = Area.objects.filter(process__in=processes).exclude(themes=None).order_by()
    for process, name in rows.values_list("process_id", "themes__name"):
        found[process].add(text_in(name))
    return found
