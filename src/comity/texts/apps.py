from django.apps import AppConfig


class TextsConfig(AppConfig):
    name = "comity.texts"

    def ready(self) -> None:
        # ruff: noqa: PLC0415 -- models cannot be imported before the apps are ready
        from comity.audit.queries import action_labels
        from comity.texts import permissions  # noqa: F401 -- declares the rules
        from comity.texts.actions import ACTIONS

        for action, label in ACTIONS.items():
            action_labels.add(action, label)
