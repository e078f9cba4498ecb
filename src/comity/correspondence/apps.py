from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    name = "comity.correspondence"

    def ready(self) -> None:
        # ruff: noqa: PLC0415 -- models cannot be imported before the apps are ready
        from comity.audit.queries import action_labels
        from comity.calls.reminders.mails import daily_sources
        from comity.correspondence.actions import ACTIONS
        from comity.correspondence.circular_files import KIND, circular_template
        from comity.correspondence.desk import notes_on_desk
        from comity.correspondence.permissions import keeps_templates
        from comity.correspondence.tasks import told_of_notes
        from comity.office.registries import template_gates, template_kinds
        from comity.ui.desk import desk_items

        daily_sources.add("notes", told_of_notes)
        desk_items.add("notes", notes_on_desk)
        template_kinds.add(KIND, circular_template)
        template_gates.add("correspondence", keeps_templates)
        for action, label in ACTIONS.items():
            action_labels.add(action, label)
