from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "comity.pages"

    def ready(self) -> None:
        """Add to what lower apps show: the frame, the search, the pages on sources."""
        # ruff: noqa: PLC0415 -- models cannot be imported before the apps are ready
        from comity.accounts import demonstration
        from comity.audit.queries import action_labels
        from comity.audit.values import Recorded, recorded
        from comity.jobs.kinds import Kind
        from comity.jobs.kinds import kinds as kinds_of_job
        from comity.office.registries import template_gates, template_kinds
        from comity.pages import overview
        from comity.pages.actions import ACTIONS
        from comity.pages.gates import declare_gates
        from comity.pages.indexing import follow_with_studies_and_projects
        from comity.pages.made_up.people import SIGN_INS
        from comity.pages.overview_jobs import JOB, draw_overview
        from comity.pages.overview_template import overview_template
        from comity.pages.queries.calendar import tell_together
        from comity.processes.calendar import tellers
        from comity.processes.indexing import held_keys
        from comity.search.followers import followers
        from comity.search.sources import SearchKind, access_keys, kinds
        from comity.sources.gates import closed_kinds, gates, open_kinds
        from comity.ui.navigation import (
            NavigationEntry,
            entries,
            follow_links,
            platform_links,
        )

        for action, done in ACTIONS.items():
            action_labels.add(action, done)
        recorded.add("rows", Recorded(_("rows")))
        recorded.add("scale", Recorded(_("scale")))
        for order, (label, name) in enumerate(
            (
                (_("Processes"), "processes"),
                (_("Participation"), "participation"),
                (_("Overlaps"), "overlaps"),
                (_("Calendar"), "calendar"),
                (_("Meetings"), "meetings"),
                (_("Documents"), "documents"),
                (_("Studies"), "studies"),
                (_("Projects"), "projects"),
                (_("Parties"), "parties"),
            ),
        ):
            entries.add(name, NavigationEntry(label, f"pages:{name}", order))
        desk = NavigationEntry(_("Desk"), "pages:desk", 100, for_signed_in=True)
        entries.add("desk", desk)
        for order, (label, name) in enumerate(
            (
                (_("About"), "pages:about"),
                (_("Functions"), "pages:functions"),
                (_("Sources, and where they differ"), "sources:index"),
                (_("Themes"), "pages:themes"),
                (_("Timeline"), "pages:timeline"),
                (_("Overview"), "pages:overview"),
                (_("Groupings"), "pages:groupings"),
                (_("Secretariats"), "directory:secretariats"),
            ),
        ):
            platform_links.add(name, NavigationEntry(label, name, order))
        for order, (label, name) in enumerate(
            ((_("Calendar (.ics)"), "pages:calendar_ics"), (_("News (Atom)"), "pages:news")),
        ):
            follow_links.add(name, NavigationEntry(label, name, order))
        for order, (kind, label) in enumerate(
            (
                ("process", _("Processes")),
                ("party", _("Parties")),
                ("meeting", _("Meetings")),
                ("document", _("Documents")),
                ("study", _("Studies")),
                ("project", _("Projects")),
            ),
        ):
            kinds.add(kind, SearchKind(kind, label, order))
        followers.add("studies and projects", follow_with_studies_and_projects)
        access_keys.add("processes", held_keys)
        words: Any = _("Overview of all processes")  # Any: said when it is shown
        kinds_of_job.add(JOB, Kind(run=draw_overview, atomic=False, title=words))
        template_kinds.add(overview.KIND, overview_template)
        template_gates.add(overview.OWNER, overview.keeps_templates_of_installation)
        tellers.add("falling together", tell_together)
        declare_gates(gates, open_kinds, closed_kinds)
        demonstration.SIGN_INS.extend(SIGN_INS)
