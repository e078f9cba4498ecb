from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "comity.office"

    def ready(self) -> None:
        """Declare the rules, and the work that waits until after the page."""
        # ruff: noqa: PLC0415 -- models cannot be imported before the apps are ready
        from comity.jobs.kinds import Kind, kinds
        from comity.office import permissions  # noqa: F401
        from comity.office.tasks import draw_drawing

        kinds.add("office.draw", Kind(run=draw_drawing, atomic=False))
