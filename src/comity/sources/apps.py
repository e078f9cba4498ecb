from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    name = "comity.sources"

    def ready(self) -> None:
        # ruff: noqa: PLC0415 -- models cannot be imported before the apps are ready
        from comity.audit.queries import action_labels
        from comity.audit.values import Recorded, recorded
        from comity.sources import permissions  # noqa: F401 -- declares the rules
        from comity.sources.actions import ACTIONS
        from comity.sources.locators import key_to_marks
        from comity.ui.navigation import source_notes

        recorded.add("sources", Recorded(_("sources")))
        for action, label in ACTIONS.items():
            action_labels.add(action, label)
        source_notes.add("marks", key_to_marks)
