"""What can be put off until after the page: each kind of work, with how it runs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from comity.core.registry import Registry


@dataclass(frozen=True)
class Outcome:
    """What a job leaves to the person who asked for it: an address, and a sentence."""

    url: str = ""
    words: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of work.

    An ``atomic`` kind is short: what it stores and the mark that it is done are one
    transaction, so its effect happens exactly once. It is called with the keys of the job.

    Any other kind is long. It runs outside of a transaction, because SQLite lets nobody write
    while one is open, and is marked done afterwards; a worker that dies in between has it run
    again, so it must be safe to run twice. It is called with ``progress=`` beside the keys and
    tells it how far it is at least once per lease.

    A ``ValidationError`` is an answer, not an accident: its sentences are shown to the owner,
    and the job is not tried again. ``title`` is what the owner's list calls the work.
    """

    run: Callable[..., Outcome | None]
    atomic: bool = True
    title: str = ""
    lease: timedelta | None = None


kinds = Registry[Kind]("kind of job")
