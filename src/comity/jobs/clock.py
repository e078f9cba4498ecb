"""What runs by the clock: declared by any app, run once a period however many workers there are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from comity.core.registry import Registry
from comity.jobs.kinds import Kind, kinds
from comity.jobs.models import Job, Tick
from comity.jobs.progress import Progress
from comity.jobs.services import enqueue

# An entry tells no progress, so it may be silent for as long as this.
LEASE = timedelta(hours=1)
KIND = "clock.entry"


@dataclass(frozen=True)
class ClockEntry:
    """Something that runs every so often, or daily at an hour of the installation's time zone.

    ``run`` is called with the moment, outside of a transaction, and must be safe to run twice.
    """

    name: str
    run: Callable[[datetime], object]
    every: timedelta | None = None
    daily_at: int | None = None

    def __post_init__(self) -> None:
        if (self.every is None) == (self.daily_at is None):
            raise ValueError(f"{self.name} runs either every so often or daily at an hour.")

    def is_due(self, last: datetime | None, now: datetime) -> bool:
        """Tell whether a period has begun since ``last``; missed periods count as one."""
        if last is None:
            return True
        if self.every is not None:
            return now >= last + self.every
        here = timezone.localtime(now)
        begun = here.replace(hour=self.daily_at or 0, minute=0, second=0, microsecond=0)
        return last < (begun if begun <= here else begun - timedelta(days=1))


clock = Registry[ClockEntry]("entry of the clock")


def run_by_clock(
    name: str,
    run: Callable[[datetime], object],
    *,
    every: timedelta | None = None,
    daily_at: int | None = None,
) -> None:
    """Have ``run`` called by the clock, as ``name``; apps call this in ``ready()``."""
    clock.add(name, ClockEntry(name, run, every, daily_at))


def run_entry(*, name: str, progress: Progress | None = None) -> None:
    """Run one entry of the clock now; if it never runs, its next period makes it up."""
    clock[name].run(timezone.now())


def tick_clock(now: datetime) -> int:
    """Put the work of each entry that is due in the queue; return how many there were."""
    last = dict(Tick.objects.values_list("name", "last_run_at"))
    due = [entry for entry in clock if entry.is_due(last.get(entry.name), now)]
    return sum(_tick(entry, now) for entry in due)


@transaction.atomic
def _tick(entry: ClockEntry, now: datetime) -> bool:
    """Begin a period of ``entry``, unless another worker has: its row is locked meanwhile."""
    tick, _is_new = Tick.objects.select_for_update().get_or_create(name=entry.name)
    if not entry.is_due(tick.last_run_at, now):
        return False
    tick.last_run_at = now
    tick.save(update_fields=["last_run_at"])
    # The work of the period before may still be tried again: once is enough.
    if not Job.objects.unfinished().filter(kind=KIND, keys__name=entry.name).exists():
        enqueue(KIND, name=entry.name)
    return True


kinds.add(KIND, Kind(run_entry, atomic=False, lease=LEASE))
