from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "comity.exchange"

    def ready(self) -> None:
        # ruff: noqa: PLC0415 -- models cannot be imported before the apps are ready
        from comity.accounts.authority import SYSTEM
        from comity.audit.queries import Naming, action_labels, namings
        from comity.exchange import permissions  # noqa: F401 -- declares the rules
        from comity.exchange.actions import ACTIONS
        from comity.exchange.calendar import their_meetings
        from comity.exchange.indexing import THEIRS
        from comity.exchange.services import FETCH, ask_due, fetch_by_worker
        from comity.jobs.clock import run_by_clock
        from comity.jobs.kinds import Kind
        from comity.jobs.kinds import kinds as kinds_of_jobs
        from comity.processes.calendar import readers
        from comity.search.sources import SearchKind, kinds
        from comity.ui.navigation import NavigationEntry, platform_links

        kinds_of_jobs.add(FETCH, Kind(fetch_by_worker, atomic=False))
        run_by_clock(
            "exchange.fetch",
            lambda now: ask_due(now=now, by=SYSTEM),
            every=timedelta(minutes=5),
        )
        readers.add("theirs", their_meetings)
        kinds.add(THEIRS, SearchKind(THEIRS, _("From other installations"), 20))
        for action, label in ACTIONS.items():
            action_labels.add(action, label)
        namings.add("exchange.subscription", Naming(("name",), lambda words: words["name"]))
        link = NavigationEntry(_("Other installations"), "exchange:processes", 20)
        platform_links.add("exchange", link)
