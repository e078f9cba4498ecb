"""The log and its chain, against what was changed."""

from collections import Counter
from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from comity.audit.chain import verify_chain
from comity.audit.models import Event, Head
from comity.calls.models import Reply, Submission
from comity.processes.models import Alias, Request
from comity.store.models import StoredFile
from faults.promises import Evidence

PROMISE = "Every change has its entry in the log, no entry is without its change, the chain holds."
ONCE = (
    (Request, "request.made"),
    (Alias, "alias.added"),
    (StoredFile, "file.kept"),
)
# What counts the version of a reply up.
STEPS = ("reply.sent", "reply.accepted", "reply.reopened")


def broken(evidence: Evidence) -> Iterator[str]:
    """Count changes and entries against each other."""
    yield from verify_chain()
    for model, action in ONCE:
        rows = sorted(model.objects.values_list("pk", flat=True))
        events = Event.objects.exclude(object_id__in=discarded(model)).filter(action=action)
        told = sorted(events.values_list("object_id", flat=True))
        if rows != told:
            yield f"{action}: {len(told)} entries for {len(rows)} rows."
    kind = ContentType.objects.get_for_model(Reply)
    told_of = Counter(
        Event.objects.filter(content_type=kind, action__in=STEPS).values_list("object_id", "action")
    )
    for reply in Reply.objects.all():
        steps = [told_of[reply.pk, action] for action in STEPS]
        if reply.version != 1 + sum(steps):
            yield f"Reply {reply.pk}: version {reply.version} after {sum(steps)} steps."
        submissions = Submission.objects.filter(reply=reply)
        counts = [submissions.count(), submissions.exclude(decided_at=None).count()]
        if steps[:2] != counts:
            yield f"Reply {reply.pk}: {steps[:2]} sent and accepted in the log, {counts} in rows."


def discarded(model: type[Model]) -> list[int]:
    """Return the rows of ``model`` that are gone, as the log says."""
    if model is not StoredFile:
        return []
    told = Event.objects.filter(action="file.discarded")
    return list(told.values_list("object_id", flat=True))


def spoil(evidence: Evidence) -> None:
    """Say that one more thing was done than was."""
    Head.objects.update(count=Head.objects.get().count + 1)
