from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "comity.outbox"

    def ready(self) -> None:
        from comity.outbox import permissions  # noqa: F401, PLC0415 -- declares the rules
