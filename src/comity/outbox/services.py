"""Keep mail with its cause, and send it after the page.

A message is sent **at least once**. What is recorded as sent is never sent again; but a worker
that dies after the mail server took a message and before that is recorded leaves it due, and
it goes out again. Both copies carry the same Message-ID, by which mail programs show one.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import get_language

from comity.accounts.erasure import Leaving
from comity.outbox.models import MOST_ATTEMPTS, Attachment, Message
from comity.store.models import StoredFile
from comity.store.services import path_of

LEASE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(minutes=1)
KEPT_FOR = timedelta(days=30)
ERASED_ADDRESS = "erased@erased.invalid"
REFUSED_FOR_GOOD = range(500, 600)
log = logging.getLogger(__name__)

Send = Callable[[Message], None]


def post_message(
    *,
    to: str,
    subject: str,
    text: str,
    cause: str,
    about: models.Model | None = None,
    html: str = "",
    language: str = "",
    key: str | None = None,
    sender: str = "",
    reply_to: str = "",
    attachments: Sequence[tuple[str, StoredFile]] = (),
) -> Message:
    """Keep a message in the caller's transaction; it leaves once that is committed.

    ``attachments`` are files that are kept already, each with its name.

    ``cause`` is what happened, as in ``"call.opened"``, and ``about`` the row it happened to.
    A second message of the same ``key`` is not kept: the first is returned. Raises
    ValidationError for an address that is none and for a header of several lines.
    """
    if key and (known := Message.objects.filter(key=key).first()):
        return known
    message = Message(
        to=to,
        sender=sender,
        reply_to=reply_to,
        language=language or get_language() or settings.LANGUAGE_CODE,
        subject=subject,
        text=text,
        html=html,
        cause=cause,
        about=about,
        key=key,
    )
    message.full_clean(validate_unique=False, validate_constraints=False)
    if not key:
        message.save()
        _attach(message, attachments)
        return message
    # Two workers may post one key in the same moment: the database decides which was first.
    Message.objects.bulk_create([message], ignore_conflicts=True)
    kept = Message.objects.get(key=key)
    if kept.message_id == message.message_id:
        _attach(kept, attachments)
    return kept


def deliver_due_messages(now: datetime, *, send: Send | None = None, most: int = 50) -> int:
    """Send at most ``most`` messages that are due at ``now``; return how many left.

    Each is leased in a short transaction, sent outside of any, and recorded. In a demonstration
    there is no transport and nothing leaves. ``most`` keeps a round shorter than a lease.
    """
    if send is None:
        if not settings.OUTBOX_TRANSPORT:
            return 0
        send = send_by_transport
    _give_up_interrupted(now)
    sent = 0
    for _round in range(most):
        if (message := _claim(now)) is None:
            break
        sent += _deliver(message, now, send)
    return sent


def send_by_transport(message: Message) -> None:
    """Hand ``message`` to the mail server of the installation."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=message.sender or None,
        to=[message.to],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={
            "Message-ID": message.message_id,
            "Date": message.created_at.strftime("%a, %d %b %Y %H:%M:%S +0000"),
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
        },
        connection=get_connection(settings.OUTBOX_TRANSPORT),
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    for each in message.attachments.select_related("file"):
        mail.attach(each.name, path_of(each.file).read_bytes(), each.file.media_type)
    mail.send()


def forget_old_texts(now: datetime) -> int:
    """Blank the texts of messages that left, or were given up, a month ago; return how many.

    That a message was sent, to whom and why stays; what it said of people does not.
    """
    finished = models.Q(sent_at__lt=now - KEPT_FOR) | models.Q(given_up_at__lt=now - KEPT_FOR)
    Attachment.objects.filter(message__in=Message.objects.filter(finished)).delete()
    return Message.objects.filter(finished).exclude(text="", html="").update(text="", html="")


def free_messages() -> int:
    """Take the mail out of the hands of workers that are no more; return how much there was.

    For an installation just restored: its workers stayed behind in the other one.
    """
    held = Message.objects.filter(sent_at=None, given_up_at=None).exclude(leased_until=None)
    return held.update(leased_until=None)


def forget_messages_to(leaving: Leaving) -> None:
    """Take the addresses of somebody who is erased, and what was written to them, out of the mail.

    What has not left never leaves. That there was a message, when and why, stays.
    """
    now = timezone.now()
    for address in leaving.addresses:
        theirs = Message.objects.filter(to__iexact=address)
        theirs.filter(sent_at=None).update(given_up_at=now, leased_until=None)
        Attachment.objects.filter(message__in=theirs).delete()
        theirs.update(to=ERASED_ADDRESS, subject="–", text="", html="", failure="")
        Message.objects.filter(reply_to__icontains=address).update(reply_to="")


def _attach(message: Message, attachments: Sequence[tuple[str, StoredFile]]) -> None:
    for name, file in attachments:
        attachment = Attachment(message=message, name=name, file=file)
        attachment.full_clean()
        attachment.save()


def _claim(now: datetime) -> Message | None:
    if not Message.objects.due(now).exists():
        return None  # looking costs no lock
    with transaction.atomic():
        due = Message.objects.due(now).order_by("due_at", "pk")
        message = due.select_for_update(skip_locked=True).first()
        if message:
            message.leased_until = now + LEASE
            message.attempts += 1
            message.save(update_fields=["leased_until", "attempts"])
    return message


def _deliver(message: Message, now: datetime, send: Send) -> int:
    try:
        send(message)
    except Exception as error:  # the next message is not to blame for this one
        log.warning("Message %s failed", message.pk, exc_info=True)
        _record_failure(message, now, error)
        return 0
    # Sent is sent, whoever holds the lease by now.
    open_ = Message.objects.filter(pk=message.pk, sent_at=None)
    return open_.update(sent_at=timezone.now(), given_up_at=None, leased_until=None, failure="")


def _record_failure(message: Message, now: datetime, error: Exception) -> None:
    """Put the message off, twice as long each time; give it up where that is of no use."""
    given_up = message.attempts >= MOST_ATTEMPTS or _is_final(error)
    ours = Message.objects.filter(pk=message.pk, attempts=message.attempts, sent_at=None)
    ours.update(
        leased_until=None,
        due_at=now + FIRST_PAUSE * 2 ** (message.attempts - 1),
        given_up_at=now if given_up else None,
        failure=f"{type(error).__name__}: {error}",
    )


def _is_final(error: Exception) -> bool:
    """Tell whether no attempt can succeed: the address is refused or the mail is malformed."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code in REFUSED_FOR_GOOD for code, _reason in error.recipients.values())
    return isinstance(error, ValueError)


def _give_up_interrupted(now: datetime) -> None:
    if (dead := Message.objects.interrupted(now)).exists():
        dead.update(given_up_at=now, failure="The worker stopped in the middle, every time.")
