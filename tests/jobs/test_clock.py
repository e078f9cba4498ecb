from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from comity.jobs import clock as module
from comity.jobs.clock import ClockEntry, clock, run_by_clock, run_entry, tick_clock
from comity.jobs.models import Job, Tick
from comity.jobs.services import run_due_jobs

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_clock_runs_an_entry_once_a_period(entries):
    moments = []
    run_by_clock("test.sweep", moments.append, every=HOUR)

    ticks = [tick_clock(NOW + minutes * timedelta(minutes=1)) for minutes in (0, 1, 59)]
    run_due_jobs(timezone.now())
    ticks += [tick_clock(NOW + HOUR)]
    run_due_jobs(timezone.now())

    assert ticks == [1, 0, 0, 1]
    assert len(moments) == 2
    assert list(Tick.objects.values_list("name", "last_run_at")) == [("test.sweep", NOW + HOUR)]


def test_clock_makes_up_missed_periods_once(entries):
    run_by_clock("test.sweep", print, every=HOUR)
    tick_clock(NOW)
    Job.objects.all().delete()

    assert [tick_clock(NOW + 10 * HOUR), tick_clock(NOW + 10 * HOUR)] == [1, 0]
    assert Job.objects.count() == 1


def test_clock_does_not_pile_up_work_that_is_still_tried(entries):
    run_by_clock("test.sweep", print, every=HOUR)

    tick_clock(NOW)
    tick_clock(NOW + HOUR)

    assert [job.keys for job in Job.objects.all()] == [{"name": "test.sweep"}]


def test_two_workers_never_begin_the_same_period(entries):
    run_by_clock("test.sweep", print, every=HOUR)
    entry = entries["test.sweep"]

    assert [module._tick(entry, NOW), module._tick(entry, NOW)] == [True, False]
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    ("last", "now", "is_due"),
    [
        (None, NOW, True),
        (datetime(2026, 3, 1, 3, tzinfo=UTC), NOW, False),
        (datetime(2026, 3, 1, 2, 59, tzinfo=UTC), NOW, True),
        (datetime(2026, 2, 28, 3, tzinfo=UTC), datetime(2026, 3, 1, 2, 59, tzinfo=UTC), False),
        (datetime(2026, 2, 28, 3, tzinfo=UTC), datetime(2026, 3, 1, 3, tzinfo=UTC), True),
        (datetime(2026, 2, 1, 3, tzinfo=UTC), datetime(2026, 3, 1, 1, tzinfo=UTC), True),
    ],
)
def test_daily_entry_is_due_from_its_hour_on(settings, last, now, is_due):
    settings.TIME_ZONE = "UTC"

    assert ClockEntry("test.night", print, daily_at=3).is_due(last, now) is is_due


@pytest.mark.parametrize("period", [{}, {"every": HOUR, "daily_at": 3}])
def test_entry_has_exactly_one_period(period):
    with pytest.raises(ValueError, match=r"test\.sweep runs either every so often or daily"):
        ClockEntry("test.sweep", print, **period)


def test_entries_of_the_ground_are_declared():
    names = {entry.name for entry in clock}

    assert names >= {"jobs.forget", "outbox.forget", "store.sweep"}


def test_run_entry_is_an_error_for_a_name_that_nobody_declares(entries):
    with pytest.raises(LookupError, match=r"test\.none"):
        run_entry(name="test.none")


def test_run_clock_lists_entries_and_runs_one(entries, capsys):
    run_by_clock("test.sweep", lambda _now: None, every=HOUR)

    call_command("run_clock")
    call_command("run_clock", "test.sweep")

    assert capsys.readouterr().out == "test.sweep\ntest.sweep has run.\n"
    with pytest.raises(CommandError, match=r"test\.none"):
        call_command("run_clock", "test.none")
