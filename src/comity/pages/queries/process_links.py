"""Where the page of a process leads the people who have a standing in it."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, may
from comity.accounts.models import User
from comity.processes.models import TAKING_PART, Participation, Process, Status
from comity.ui.navigation import Link


def read_links(actor: Actor, process: Process) -> list[Link]:
    """Return the pages of ``process`` that ``actor`` may open beside the public one."""
    if not isinstance(actor, User):
        return []
    today = timezone.localdate()
    held = Participation.objects.held_by(actor, today).unless_suspended(today)
    statuses = set(held.filter(process=process).values_list("status", flat=True))
    runs = may(actor, "processes.run", process)
    edits = may(actor, "processes.edit", process)
    pages = [
        (Status.MEMBER in statuses or runs, "directory:directory", _("People")),
        (Status.MEMBER in statuses or runs, "directory:networks", _("Networks of contacts")),
        (statuses & set(TAKING_PART) or runs, "documents:papers", _("Papers")),
        (statuses & set(TAKING_PART) or runs, "calls:list", _("Calls")),
        (statuses & set(TAKING_PART) or runs, "elements:thread", _("The thread of the process")),
        (Status.MEMBER in statuses or runs, "documents:plan", _("Production plan")),
        (statuses & set(TAKING_PART) or runs, "correspondence:register", _("Register of notes")),
        (statuses & set(TAKING_PART) or runs, "processes:requests", _("Requests")),
        (runs, "processes:visits", _("Liaison visits")),
        (edits, "processes:edit", _("Edit the record")),
        (edits, "processes:history", _("History")),
    ]
    return [
        Link(label, reverse(name, args=[process.slug])) for is_open, name, label in pages if is_open
    ]
