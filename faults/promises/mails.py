"""Mail, against what the mail server took."""

from collections import defaultdict
from collections.abc import Iterator

from comity.outbox.models import Message
from comity.processes.models import Request
from faults.promises import Evidence

PROMISE = "What is recorded as sent has left, never leaves again, and everybody who was told is."


def broken(evidence: Evidence) -> Iterator[str]:
    """Compare what is recorded with what came."""
    began = defaultdict(list)
    for name, moment in evidence.deliveries:
        began[name].append(moment)
    for message in Message.objects.all():
        moments = began.pop(message.message_id, [])
        if message.sent_at:
            if not moments:
                yield f"{message.message_id} is recorded as sent, and never came."
            if any(moment > message.sent_at.timestamp() for moment in moments):
                yield f"{message.message_id} was recorded as sent, and came again."
        elif evidence.is_at_rest:
            yield f"{message.message_id} was never sent: {message.failure}"
    yield from (f"{name} came, and nothing is known of it." for name in began)
    requests = Request.objects.count()
    told = Message.objects.filter(cause__startswith="request.").values("object_id").distinct()
    if told.count() != requests:
        yield f"Of {requests} requests, mail tells of {told.count()}."


def spoil(evidence: Evidence) -> None:
    """Have a mail recorded before it came."""
    first = Message.objects.exclude(sent_at=None).earliest("pk")
    Message.objects.filter(pk=first.pk).update(sent_at=first.created_at)
