from django.apps import AppConfig


class StoreConfig(AppConfig):
    name = "comity.store"

    def ready(self) -> None:
        from comity.store import permissions  # noqa: F401, PLC0415 -- declares the rules
