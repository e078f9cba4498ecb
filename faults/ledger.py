"""What was acknowledged, written down outside of the installation."""

import json
import threading
from collections import Counter
from pathlib import Path


class Ledger:
    """Acts that somebody was told are done; nothing that is killed keeps it."""

    def __init__(self, place: Path) -> None:
        self._file = place.open("a", encoding="utf-8")
        self._lock = threading.Lock()
        self.counts: Counter[str] = Counter()

    def write(self, act: str, **what) -> None:
        """Write down that ``act`` was acknowledged."""
        with self._lock:
            self.counts[act] += 1
            self._file.write(json.dumps({"act": act, **what}) + "\n")
            self._file.flush()
