"""Who sees the people of a process. Read this file to know the whole policy."""

from django.utils import timezone

from comity.accounts.authority import Actor, declare
from comity.processes.models import Participation, Process, Status
from comity.processes.permissions import runs_process


def reads_directory(actor: Actor, process: Process) -> bool:
    """``actor`` belongs to a member of the process that is not suspended, or to its secretariat.

    Observers, invited and partners do not: these are personal data.
    """
    today = timezone.localdate()
    present = Participation.objects.held_by(actor, today).unless_suspended(today)
    is_member = present.filter(process=process, status=Status.MEMBER).exists()
    return is_member or runs_process(actor, process)


def reads_secretariats(actor: Actor, _target: object) -> bool:
    """``actor`` works today for the secretariat of some process: they reach one another."""
    return Process.objects.run_by(actor, timezone.localdate()).exists()


declare("directory.read", reads_directory)
declare("directory.read_secretariats", reads_secretariats)
