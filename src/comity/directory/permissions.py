"""Who sees the people of a process. Read this file to know the whole policy."""

from django.utils import timezone

from comity.accounts.authority import Actor, declare
from comity.accounts.models import User
from comity.parties.models import Party
from comity.parties.models.parties import SEATED
from comity.processes.models import TAKING_PART, Participation, Process, Status
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


def keeps_record_with(actor: Actor, party: Party) -> bool:
    """``actor`` keeps today the record of a process in which the party takes part.

    Offices go with their organisation, and an organisation is edited as well by who speaks for
    it. A State is not: how it is called is for who keeps the record.
    """
    if not isinstance(actor, User):
        return False
    today = timezone.localdate()
    kept = Process.objects.kept_by(actor, today).filter(is_made_up=party.is_made_up)
    present = Participation.objects.on(today).filter(status__in=TAKING_PART, process__in=kept)
    both = {party.pk, party.part_of_id or party.pk}
    if present.filter(party__in=both).exists():
        return True
    own = Party.objects.spoken_for_by(actor, today).exclude(kind__in=SEATED)
    return own.filter(pk__in=both).exists()


declare("directory.read", reads_directory)
declare("directory.read_secretariats", reads_secretariats)
