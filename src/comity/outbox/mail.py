"""A mail backend of Django that keeps mail in the outbox, so that other parts' mail goes there."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.translation import gettext as _

from comity.outbox.services import post_message


class OutboxBackend(BaseEmailBackend):
    """Keep each mail once for each of its recipients, in the transaction of whoever sends it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the mails, and return how many there were."""
        with transaction.atomic():
            for mail in email_messages:
                keep_mail(mail, "mail")
        return len(email_messages)


def keep_mail(mail: EmailMessage, cause: str) -> None:
    """Keep ``mail`` in the outbox with what caused it, once for each of its recipients."""
    if mail.attachments:
        raise ValidationError(
            _("Mail goes out without attachments: link to the file."), code="file"
        )
    for recipient in mail.recipients():
        post_message(
            to=_address(recipient),
            sender=mail.from_email,
            reply_to=", ".join(mail.reply_to),
            subject=str(mail.subject),
            text=str(mail.body),
            html=_html(mail),
            cause=cause,
        )


def _address(recipient: str) -> str:
    """Return the bare address of “Name <address>”."""
    return recipient.rpartition("<")[2].removesuffix(">").strip()


def _html(mail: EmailMessage) -> str:
    if not isinstance(mail, EmailMultiAlternatives):
        return ""
    pages = (content for content, media_type in mail.alternatives if media_type == "text/html")
    return str(next(pages, ""))
