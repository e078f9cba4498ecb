from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "comity.documents"

    def ready(self) -> None:
        # ruff: noqa: PLC0415 -- models cannot be imported before the apps are ready
        from comity.audit.queries import Naming, action_labels, namings
        from comity.audit.values import Recorded, recorded
        from comity.documents import permissions  # noqa: F401 -- declares the rules
        from comity.documents.actions import ACTIONS
        from comity.documents.indexing import follow_with_documents
        from comity.documents.packs import pack_items
        from comity.documents.plan import owed_items
        from comity.documents.tasks import INDEX, READ, index_again, read_version
        from comity.jobs.kinds import Kind, kinds
        from comity.search.followers import followers
        from comity.ui.desk import desk_items

        followers.add("documents", follow_with_documents)
        desk_items.add("documents.owed", owed_items)
        desk_items.add("documents.packs", pack_items)
        kinds.add(INDEX, Kind(index_again))
        kinds.add(READ, Kind(read_version, atomic=False))
        for action, label in ACTIONS.items():
            action_labels.add(action, label)
        recorded.add("sha256", Recorded(_("hash of the content")))
        namings.add("documents.owedpaper", Naming(("title",), lambda words: words["title"]))
        namings.add("documents.symbolseries", Naming(("name",), lambda words: words["name"]))
        namings.add(
            "documents.languageversion",
            Naming(("language", "form"), lambda words: f"{words['language']} ({words['form']})"),
        )
