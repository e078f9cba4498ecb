"""Kinds of work for the workers that the tests kill: on their first run they never end."""

import time
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


def begin(mark):
    """Tell the test that work is under way; then wait to be killed, the first time."""
    path = Path(settings.DATA_DIR) / mark
    if not path.exists():
        path.touch()
        time.sleep(60)


def write_once(name):
    """Store one row, and be killed before the transaction ends."""
    from comity.jobs.models import Tick  # noqa: PLC0415 -- models come after apps

    Tick.objects.create(name=name)
    begin("short")


def write_five(progress, name):
    """Store five rows such that a second run adds none, and be killed after the third."""
    from comity.jobs.models import Tick  # noqa: PLC0415 -- models come after apps

    for number in range(5):
        Tick.objects.get_or_create(name=f"{name} {number}")
        progress.tell(number + 1, 5, f"Row {number + 1}")
        if number == 2:
            begin("long")


def note(name):
    """Store a row, which a second run could not."""
    from comity.jobs.models import Tick  # noqa: PLC0415 -- models come after apps

    Tick.objects.create(name=name)


def finish(name):
    """Take a second, during which the worker is asked to stop, and store a row."""
    from comity.jobs.models import Tick  # noqa: PLC0415 -- models come after apps

    (Path(settings.DATA_DIR) / "polite").touch()
    time.sleep(1)
    Tick.objects.create(name=name)


class WorksConfig(AppConfig):
    name = "tests.jobs.works"
    label = "works"
    path = str(Path(__file__).parent)

    def ready(self):
        from comity.jobs.kinds import Kind, kinds  # noqa: PLC0415 -- models come after apps

        kinds.add("short", Kind(write_once))
        kinds.add("long", Kind(write_five, atomic=False))
        kinds.add("note", Kind(note))
        kinds.add("polite", Kind(finish))
