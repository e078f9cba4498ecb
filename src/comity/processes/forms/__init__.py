"""What people type about the record of a process: parse and check, never save."""

from comity.processes.forms.catalogue import (
    AliasForm,
    AreaForm,
    NamesForm,
    NewStageForm,
    StageForm,
)
from comity.processes.forms.meetings import (
    MeetingForm,
    PostponeForm,
    SeriesForm,
)
from comity.processes.forms.offices import (
    BodyForm,
    HandOverForm,
    NewSeatForm,
    NewTermForm,
    SeatForm,
    TermForm,
)
from comity.processes.forms.participants import (
    NewParticipationForm,
    OpenSetForm,
    ParticipationForm,
)
from comity.processes.forms.relations import (
    AgreementForm,
    AnswerForm,
    AskForm,
    NewVisitForm,
    PartnershipForm,
    ReceivedForm,
    VisitForm,
)
from comity.processes.forms.rotation import (
    RotationForm,
)
from comity.processes.forms.rows import (
    ReasonForm,
    RemovalForm,
)

__all__ = [
    "AgreementForm",
    "AliasForm",
    "AnswerForm",
    "AreaForm",
    "AskForm",
    "BodyForm",
    "HandOverForm",
    "MeetingForm",
    "NamesForm",
    "NewParticipationForm",
    "NewSeatForm",
    "NewStageForm",
    "NewTermForm",
    "NewVisitForm",
    "OpenSetForm",
    "ParticipationForm",
    "PartnershipForm",
    "PostponeForm",
    "ReasonForm",
    "ReceivedForm",
    "RemovalForm",
    "RotationForm",
    "SeatForm",
    "SeriesForm",
    "StageForm",
    "TermForm",
    "VisitForm",
]
