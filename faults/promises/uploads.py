"""Files that were sent."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from comity.office.models import WaitingWorkbook
from comity.store.models import StoredFile
from comity.store.services import path_of, sweep_contents, sweep_drafts
from faults.promises import Evidence

PROMISE = "A file that was sent is there whole or not at all, and nothing of others stays."


def broken(evidence: Evidence) -> Iterator[str]:
    """Read every file, look for what was acknowledged, and for what nothing names."""
    whole = set()
    for stored in StoredFile.objects.all():
        place = path_of(stored)
        content = place.read_bytes() if place.exists() else b""
        if len(content) != stored.size or hashlib.sha256(content).hexdigest() != stored.sha256:
            yield f"The file {stored.sha256} is not whole."
        else:
            whole.add(stored.sha256)
    waiting = set(WaitingWorkbook.objects.values_list("file__sha256", "sent_by__email"))
    for act in evidence.of("uploaded"):
        if act["sha256"] not in whole or (act["sha256"], act["email"]) not in waiting:
            yield f"The workbook {act['sha256']} of {act['email']} is lost."
    if evidence.is_at_rest:
        later = timezone.now() + timedelta(days=2)
        sweep_drafts(later)
        sweep_contents(later)
        named = {path_of(stored) for stored in StoredFile.objects.all()}
        left = {path for path in _folder().rglob("*") if path.is_file()} - named
        yield from (f"{path} is named by nothing." for path in sorted(left))


def spoil(evidence: Evidence) -> None:
    """Lose what the last workbook is about, not the row."""
    StoredFile.objects.filter(sha256=evidence.of("uploaded")[-1]["sha256"]).update(size=1)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "files"
