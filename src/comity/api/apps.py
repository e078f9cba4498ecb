from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# Before people come to work, and after the hour in which a night's loading would run.
HOUR = 4


class ApiConfig(AppConfig):
    name = "comity.api"

    def ready(self) -> None:
        """Add the way to the open data to the foot of every page, and write them by the clock."""
        # ruff: noqa: PLC0415 -- models cannot be imported before the apps are ready
        from comity.accounts.authority import SYSTEM
        from comity.api import permissions  # noqa: F401 -- declares the rules
        from comity.api.citable import declare_citable
        from comity.api.services import release_data
        from comity.audit.queries import action_labels
        from comity.jobs.clock import run_by_clock
        from comity.ui.navigation import NavigationEntry, follow_links

        declare_citable()
        follow_links.add("open-data", NavigationEntry(_("Open data"), "open_data", 10))
        follow_links.add("api", NavigationEntry(_("API"), "api_guide", 11))
        action_labels.add("data.released", _("released the open data"))
        run_by_clock("api.release", lambda now: release_data(by=SYSTEM, now=now), daily_at=HOUR)
