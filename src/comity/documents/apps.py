from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "comity.documents"

    def ready(self) -> None:
        from comity.documents import permissions  # noqa: F401, PLC0415 -- declares the rules
