from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ElementsConfig(AppConfig):
    name = "comity.elements"

    def ready(self) -> None:
        # ruff: noqa: PLC0415 -- models cannot be imported before the apps are ready
        from comity.accounts.authority import SYSTEM
        from comity.audit.queries import action_labels
        from comity.elements import permissions  # noqa: F401 -- declares the rules
        from comity.elements.actions import ACTIONS
        from comity.elements.indexing import ELEMENT, follow_with_elements
        from comity.elements.kinds import add_kinds
        from comity.elements.queries.beside import (
            elements_beside,
            links_beside_text,
            positions_beside,
        )
        from comity.elements.services import settle_silences
        from comity.jobs.clock import run_by_clock
        from comity.search.followers import followers
        from comity.search.sources import SearchKind, kinds
        from comity.texts.margins import margins, text_links

        add_kinds()
        margins.add("elements", elements_beside)
        margins.add("positions", positions_beside)
        text_links.add("elements", links_beside_text)
        run_by_clock(
            "elements.silence",
            lambda now: settle_silences(now=now, by=SYSTEM),
            every=timedelta(minutes=1),
        )
        kinds.add(ELEMENT, SearchKind(ELEMENT, _("Elements of adopted texts"), 9))
        followers.add("elements", follow_with_elements)
        for action, label in ACTIONS.items():
            action_labels.add(action, label)
