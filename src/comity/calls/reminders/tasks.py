"""What is done after the page: those who are asked are told that they are."""

from django.utils import timezone

from comity.calls.models import Call, CallState
from comity.calls.reminders.mails import post_together
from comity.calls.reminders.planning import due_day
from comity.calls.reminders.telling import matters_of, opening_words


def tell_opened(*, call: int) -> None:
    """Tell those whom a call asks, once each; if it never runs, they see the call on their desk."""
    row = Call.objects.select_related("process").filter(pk=call).first()
    if row is None or row.state != CallState.OPEN:
        return
    today = timezone.localdate()
    replies = list(row.replies.select_related("party"))
    for reply in replies:
        reply.call = row
    replies = [reply for reply in replies if due_day(reply) >= today]
    for reply, told in matters_of(replies, today, opening_words):
        post_together([told], cause="call.opened", key=f"call.opened:{reply.pk}", about=row)
