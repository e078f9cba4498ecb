"""How far a long job is, told while it runs."""

from datetime import timedelta
from time import monotonic

from django.utils import timezone

from comity.jobs.models import Job

PAUSE_SECONDS = 0.5


class LeaseLostError(Exception):
    """Another worker has taken the job over: whoever gets this stops at once."""


class Progress:
    """The handle by which a long job tells how far it is, and keeps its lease.

    Each telling is a short transaction of its own. Call it outside of any other: a transaction
    that stays open keeps every other writer of SQLite waiting.
    """

    def __init__(self, job: Job, lease: timedelta) -> None:
        self._ours = Job.objects.unfinished().filter(pk=job.pk, attempts=job.attempts)
        self._lease = lease
        self._told_at = -PAUSE_SECONDS
        self._words = ""

    def tell(self, done: int, total: int, words: str = "") -> None:
        """Show that ``done`` of ``total`` is behind us; raise LeaseLostError if it is not ours.

        It may be called for every row: most calls within half a second write nothing.
        """
        is_news = done >= total or words != self._words
        if not is_news and monotonic() - self._told_at < PAUSE_SECONDS:
            return
        still_ours = self._ours.update(
            progress_done=done,
            progress_total=total,
            progress_words=words[:200],
            leased_until=timezone.now() + self._lease,
        )
        if not still_ours:
            raise LeaseLostError("Another worker has taken this job over.")
        self._told_at, self._words = monotonic(), words
