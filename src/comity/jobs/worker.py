"""The process that does what waits until after the page: jobs, mail and the clock."""

import logging
import signal
from threading import Event
from types import FrameType

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from comity.jobs.clock import tick_clock
from comity.jobs.services import run_due_jobs
from comity.outbox.services import deliver_due_messages

POLL_SECONDS = 1.0
log = logging.getLogger(__name__)


class Worker:
    """One worker; any number of them may run beside one another, on one machine or several."""

    def __init__(self, *, short_only: bool = False) -> None:
        self._short_only = short_only
        self._stopped = Event()

    def stop_on_signals(self) -> None:
        """Have SIGTERM and SIGINT end the worker once it has finished what it has in hand."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)

    def run(self) -> None:
        """Work until a signal comes; look once a second while there is nothing to do."""
        while not self._stopped.is_set():
            if not self.run_once():
                self._stopped.wait(POLL_SECONDS)

    def run_once(self) -> bool:
        """Do at most one job and send at most one message; tell whether there was any.

        A database that is away for a moment is no reason to die: the next round tries again.
        """
        close_old_connections()
        try:
            ticked = tick_clock(timezone.now())
            ran = run_due_jobs(timezone.now(), most=1, short_only=self._short_only)
            sent = deliver_due_messages(timezone.now(), most=1)
        except (DatabaseError, InterfaceError):
            log.exception("The database did not answer; the worker goes on.")
            connection.close()
            return False
        return bool(ticked or ran or sent)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._stopped.set()
