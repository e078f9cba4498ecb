from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "comity.directory"

    def ready(self) -> None:
        # ruff: noqa: PLC0415 -- models cannot be imported before the apps are ready
        from comity.directory import permissions  # noqa: F401 -- declares the rules
        from comity.ui.navigation import NavigationEntry, entries

        people = NavigationEntry(_("People"), "directory:people", 90, for_signed_in=True)
        entries.add("people", people)
