"""How the mails of signing in leave: by the outbox, which stands higher and adds itself."""

from collections.abc import Callable

from django.core.mail import EmailMessage

from comity.core.registry import Registry

# Takes a message and its cause, as in "account.password_reset_key".
Sender = Callable[[EmailMessage, str], None]

senders = Registry[Sender]("sender of mail")


def send(message: EmailMessage, cause: str) -> None:
    """Hand ``message`` to each sender; at once to the mail server where there is none."""
    found = list(senders)
    for sender in found:
        sender(message, cause)
    if not found:
        message.send()
