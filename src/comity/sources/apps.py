from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "comity.sources"

    def ready(self) -> None:
        from comity.sources import permissions  # noqa: F401, PLC0415 -- declares the rules
