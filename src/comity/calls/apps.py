from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "comity.calls"

    def ready(self) -> None:
        # ruff: noqa: PLC0415 -- models cannot be imported before the apps are ready
        from comity.audit.queries import action_labels
        from comity.calls import permissions  # noqa: F401 -- declares the rules
        from comity.calls.actions import ACTIONS
        from comity.calls.naming import declare_namings
        from comity.calls.queries.asked import asked_items
        from comity.calls.queries.asked_desk import followed_items
        from comity.calls.reminders.starting import declare_reminders
        from comity.ui.desk import desk_items

        for action, label in ACTIONS.items():
            action_labels.add(action, label)
        declare_namings()
        declare_reminders()
        desk_items.add("calls.asked", asked_items)
        desk_items.add("calls.followed", followed_items)
