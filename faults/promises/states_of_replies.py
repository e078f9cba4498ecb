"""How far a reply is, against what was sent."""

from collections.abc import Iterator

from comity.calls.models import Reply, ReplyState, SubmissionState
from faults.promises import Evidence

PROMISE = "How far a reply is and what was sent for it agree."


def broken(evidence: Evidence) -> Iterator[str]:
    """Compare the state of each reply with those of its submissions."""
    for reply in Reply.objects.prefetch_related("submissions"):
        sent = list(reply.submissions.all())
        states = [each.state for each in sent]
        if [each.number for each in sent] != list(range(1, len(sent) + 1)):
            yield f"What was sent for {reply.pk} is not numbered one after the other."
        waits = states.count(SubmissionState.SENT)
        if waits != (reply.state == ReplyState.SENT):
            yield f"{reply.pk} is {reply.state}, and {waits} answers wait."
        holds = states.count(SubmissionState.ACCEPTED)
        if reply.state == ReplyState.ACCEPTED and holds != 1:
            yield f"{reply.pk} is accepted, and {holds} answers hold."
        if reply.state == ReplyState.AWAITED and sent:
            yield f"{reply.pk} is awaited, and something was sent."


def spoil(evidence: Evidence) -> None:
    """Change a state alone, as half of a step would."""
    reply = Reply.objects.filter(submissions__isnull=False).latest("pk")
    reply.submissions.all().delete()
    Reply.objects.filter(pk=reply.pk).update(state=ReplyState.SENT)
