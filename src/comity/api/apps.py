from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "comity.api"

    def ready(self) -> None:
        """Add the way to the API to the foot of every page."""
        from comity.ui.navigation import NavigationEntry, follow_links  # noqa: PLC0415 -- models

        follow_links.add("api", NavigationEntry(_("Open data and API"), "api_guide", 10))
