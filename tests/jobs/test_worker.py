"""A real worker, killed in the middle of its work."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError

from comity.jobs import worker as module
from comity.jobs.kinds import Kind
from comity.jobs.models import Job
from comity.jobs.services import enqueue
from comity.jobs.worker import Worker
from comity.outbox.models import Message
from tests.factories.outbox import MessageFactory

ROOT = Path(__file__).parent.parent.parent
PATIENCE_SECONDS = 40


def starting_in(folder):
    """Return how to run Python in the installation in ``folder``."""
    environment = {
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith("COMITY_") or name.startswith("COMITY_MAIL_")
        },
        "COMITY_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "tests.jobs.worker_settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }

    def start(*command):
        return subprocess.Popen([sys.executable, *command], env=environment, cwd=folder)

    return start


@pytest.fixture
def started(installation):
    """Return an installation of its own, and how to run Python there."""
    return installation, starting_in(installation)


def ask(folder, question, *values):
    with closing(sqlite3.connect(folder / "comity.sqlite3", timeout=20)) as database, database:
        return database.execute(question, values).fetchall()


def put(start, *calls):
    lines = [
        "import django; django.setup()",
        "from comity.jobs.services import enqueue",
        "from comity.outbox.services import post_message",
        *calls,
    ]
    assert start("-c", "\n".join(lines)).wait() == 0


@contextmanager
def working(start):
    """Run a worker, which is dead afterwards in any case."""
    process = start("-m", "django", "run_worker")
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(condition):
    until = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < until, "It took too long."
        time.sleep(0.05)


def test_killed_worker_loses_nothing_and_does_nothing_twice(started):
    folder, start = started
    put(
        start,
        "enqueue('short', name='once')",
        "enqueue('long', name='row')",
        "post_message(to='a@b.example', subject='S', text='T', cause='test.posted')",
    )

    for kind in ("short", "long"):
        with working(start) as process:
            wait_until((folder / kind).exists)
            process.send_signal(signal.SIGKILL)
            process.wait()
        state = ask(folder, "SELECT attempts, done_at FROM jobs_job WHERE kind = ?", kind)
        assert state == [(1, None)]
    with working(start) as process:
        unfinished = "SELECT id FROM jobs_job WHERE done_at IS NULL"
        unsent = "SELECT id FROM outbox_message WHERE sent_at IS NULL"
        wait_until(lambda: not ask(folder, unfinished) and not ask(folder, unsent))
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0

    rows = "SELECT name FROM jobs_tick WHERE last_run_at IS NULL ORDER BY name"
    assert [name for (name,) in ask(folder, rows)] == ["once", *(f"row {n}" for n in range(5))]
    jobs = "SELECT kind, attempts, progress_done, progress_words FROM jobs_job"
    assert ask(folder, f"{jobs} WHERE kind != 'clock.entry' ORDER BY id") == [
        ("short", 2, 0, ""),
        ("long", 2, 5, "Row 5"),
    ]
    clock = "SELECT count(*) FROM jobs_job WHERE kind = 'clock.entry'"
    assert ask(folder, clock) == ask(
        folder, "SELECT count(*) FROM jobs_tick WHERE last_run_at IS NOT NULL"
    )
    assert len(list((folder / "mail").iterdir())) == 1


def test_workers_side_by_side_share_the_work_and_the_clock(started):
    folder, start = started
    put(
        start,
        "for n in range(20): enqueue('note', name=f'note {n}')",
        "mail = {'to': 'a@b.example', 'text': 'T', 'cause': 'test.posted'}",
        "for n in range(10): post_message(subject=f'Subject-{n}', **mail)",
    )

    with working(start), working(start):
        open_ = (
            "SELECT id FROM jobs_job WHERE done_at IS NULL "
            "UNION ALL SELECT id FROM outbox_message WHERE sent_at IS NULL"
        )
        ticked = "SELECT id FROM jobs_tick WHERE last_run_at IS NOT NULL"
        wait_until(lambda: ask(folder, ticked) and not ask(folder, open_))

    attempts = "SELECT kind, count(*), max(attempts) FROM jobs_job GROUP BY kind ORDER BY kind"
    entries = len(ask(folder, ticked))
    assert ask(folder, attempts) == [("clock.entry", entries, 1), ("note", 20, 1)]
    mails = "".join(path.read_text() for path in (folder / "mail").iterdir())
    assert sorted(re.findall(r"Subject: (\S+)", mails)) == [f"Subject-{n}" for n in range(10)]


def test_worker_that_is_told_to_stop_finishes_what_it_has_in_hand(started):
    folder, start = started
    put(start, "enqueue('polite', name='first')", "enqueue('polite', name='second')")

    with working(start) as process:
        wait_until((folder / "polite").exists)
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0

    done = "SELECT attempts, done_at IS NOT NULL FROM jobs_job WHERE kind = 'polite' ORDER BY id"
    assert ask(folder, done) == [(1, 1), (0, 0)]


@pytest.mark.django_db(transaction=True)
def test_run_worker_once_does_what_is_due_and_ends(entries, declared, settings):
    settings.OUTBOX_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    declared.add("pass", Kind(lambda: None))
    enqueue("pass")
    enqueue("pass")
    MessageFactory()

    try:
        call_command("run_worker", "--once")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

    assert Job.objects.filter(done_at=None).count() == 0
    assert Message.objects.filter(sent_at=None).count() == 0


def test_run_jobs_says_how_much_it_was(declared, capsys):
    declared.add("pass", Kind(lambda: None))
    enqueue("pass")

    call_command("run_jobs")

    assert capsys.readouterr().out == "1 jobs done.\n"


@pytest.mark.django_db(transaction=True)
def test_worker_outlives_a_database_that_is_away(entries, monkeypatch):
    def fail(_now):
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(module, "tick_clock", fail)

    assert Worker().run_once() is False
