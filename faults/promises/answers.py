"""What a State drafted and sent, and what was decided on it."""

from collections.abc import Iterator

from comity.calls.models import Entry, Submission, SubmissionState
from faults.promises import Evidence

PROMISE = "What a State wrote, sent or had accepted is there, as it was acknowledged."
DECIDED = {SubmissionState.ACCEPTED, SubmissionState.REPLACED}


def broken(evidence: Evidence) -> Iterator[str]:
    """Look for each acknowledged answer."""
    entries = Entry.objects.in_bulk()
    for act in evidence.of("drafted"):
        entry = entries.get(act["entry"])
        if entry is None or entry.version < act["version"]:
            yield f"Version {act['version']} of the entry {act['entry']} is lost."
        elif entry.version == act["version"] and entry.value != act["value"]:
            yield f"Version {act['version']} of the entry {act['entry']} says something else."
    submissions = Submission.objects.in_bulk()
    for act in evidence.of("sent"):
        submission = submissions.get(act["submission"])
        if submission is None or submission.values != act["values"]:
            yield f"What was sent as {act['submission']} is not there."
    for act in evidence.of("accepted"):
        submission = submissions.get(act["submission"])
        if submission is None or submission.state not in DECIDED or not submission.decided_at:
            yield f"That {act['submission']} was accepted is lost."


def spoil(evidence: Evidence) -> None:
    """Lose the last answer that was sent."""
    Submission.objects.filter(pk=evidence.of("sent")[-1]["submission"]).delete()
