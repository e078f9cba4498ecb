"""Who keeps the register of notes, and who reads it."""

from typing import Final

from django.utils import timezone

from comity.accounts.authority import Actor, declare, may
from comity.correspondence.models import Note
from comity.processes.models import Process

# Begins the key of the templates of a process.
OWNER: Final = "correspondence:"


def keeps_register(actor: Actor, process: Process) -> bool:
    """``actor`` works today for the secretariat of the process."""
    return may(actor, "processes.run", process)


def reads_register(actor: Actor, process: Process) -> bool:
    """The secretariat reads the register; others find in it the notes that they may read.

    Whoever takes part finds it, be it empty, and so does who may read a note of it.
    """
    if keeps_register(actor, process) or may(actor, "processes.ask", process):
        return True
    visible = Note.objects.visible_to(actor, timezone.localdate())
    return visible.filter(process=process).exists()


def keeps_templates(actor: Actor, owner: str) -> bool:
    """The secretariat keeps the Word templates of the notes of its process."""
    slug = owner.removeprefix(OWNER)
    if slug == owner:
        return False
    process = Process.objects.filter(slug=slug).first()
    return process is not None and keeps_register(actor, process)


declare("correspondence.keep", keeps_register)
declare("correspondence.read", reads_register)
