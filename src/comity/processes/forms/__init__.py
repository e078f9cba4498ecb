"""What people type about the record of a process: parse and check, never save."""

from comity.processes.forms.catalogue import AliasForm, AreaForm, NamesForm
from comity.processes.forms.offices import (
    BodyForm,
    HandOverForm,
    NewSeatForm,
    NewTermForm,
    SeatForm,
    TermForm,
)
from comity.processes.forms.participants import NewParticipationForm, ParticipationForm
from comity.processes.forms.rows import RemovalForm

__all__ = [
    "AliasForm",
    "AreaForm",
    "BodyForm",
    "HandOverForm",
    "NamesForm",
    "NewParticipationForm",
    "NewSeatForm",
    "NewTermForm",
    "ParticipationForm",
    "RemovalForm",
    "SeatForm",
    "TermForm",
]
