from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "comity.outbox"

    def ready(self) -> None:
        # ruff: noqa: PLC0415 -- models cannot be imported before the apps are ready
        from comity.accounts.erasure import erasers
        from comity.accounts.mail import senders
        from comity.outbox import permissions  # noqa: F401 -- declares the rules
        from comity.outbox.causes import SIGNING_IN, cause_labels
        from comity.outbox.mail import keep_mail
        from comity.outbox.services import forget_messages_to

        erasers.add("outbox", forget_messages_to)
        senders.add("outbox", keep_mail)
        for cause, label in SIGNING_IN.items():
            cause_labels.add(cause, label)
