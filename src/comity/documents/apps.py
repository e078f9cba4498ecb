from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "comity.documents"

    def ready(self) -> None:
        # ruff: noqa: PLC0415 -- models cannot be imported before the apps are ready
        from comity.documents import permissions  # noqa: F401 -- declares the rules
        from comity.documents.indexing import follow_with_documents
        from comity.search.followers import followers

        followers.add("documents", follow_with_documents)
