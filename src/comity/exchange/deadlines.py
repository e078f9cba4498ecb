"""How long a whole conversation may take, however slowly each part of it comes."""

from time import monotonic

from comity.exchange.troubles import TroubleError

# No single wait is longer, so that a dead line is noticed early.
LONGEST_WAIT_SECONDS = 15.0


class Deadline:
    """The end of a conversation with ``host``, ``seconds`` from now."""

    def __init__(self, host: str, seconds: float) -> None:
        self.host = host
        self.seconds = round(seconds)
        self._ends = monotonic() + seconds

    def wait(self) -> float:
        """Return how long the next wait may be; raise TroubleError where the time is over."""
        left = self._ends - monotonic()
        if left <= 0:
            raise self.trouble()
        return min(left, LONGEST_WAIT_SECONDS)

    def trouble(self) -> TroubleError:
        """Return what is said when a wait was in vain: the time is over, or the line is dead."""
        if monotonic() >= self._ends:
            return TroubleError("slow", host=self.host, seconds=self.seconds)
        return TroubleError("silent", host=self.host, seconds=round(LONGEST_WAIT_SECONDS))
