from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "comity.office"

    def ready(self) -> None:
        """Declare the rules, the work that waits until after the page, and what the clock does."""
        # ruff: noqa: PLC0415 -- models cannot be imported before the apps are ready
        from datetime import timedelta

        from comity.audit.queries import action_labels
        from comity.jobs.clock import run_by_clock
        from comity.jobs.kinds import Kind, kinds
        from comity.office import permissions  # noqa: F401
        from comity.office.actions import ACTIONS
        from comity.office.tasks import draw_drawing
        from comity.office.waiting import forget_expired

        kinds.add("office.draw", Kind(run=draw_drawing, atomic=False))
        run_by_clock("office.forget", forget_expired, every=timedelta(minutes=30))
        for action, label in ACTIONS.items():
            action_labels.add(action, label)
