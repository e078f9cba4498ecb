"""How States negotiate the words of a text."""

from comity.consultation.models.brackets import Alternative, Bracket
from comity.consultation.models.consultations import (
    BY_ITS_AUTHOR,
    Consultation,
    ConsultationQuerySet,
    Outcome,
    Proposal,
    ProposalKind,
    ProposalQuerySet,
    ProposalTranslation,
    WaitingAnswer,
)
from comity.consultation.models.drafting import Checkout, CheckoutState, Pen
from comity.consultation.models.records import ClosedRecord, RecordOpening
from comity.consultation.models.rules import (
    ConsultationRules,
    NamesShown,
    RecordAfter,
    rules_of,
)

__all__ = [
    "BY_ITS_AUTHOR",
    "Alternative",
    "Bracket",
    "Checkout",
    "CheckoutState",
    "ClosedRecord",
    "Consultation",
    "ConsultationQuerySet",
    "ConsultationRules",
    "NamesShown",
    "Outcome",
    "Pen",
    "Proposal",
    "ProposalKind",
    "ProposalQuerySet",
    "ProposalTranslation",
    "RecordAfter",
    "RecordOpening",
    "WaitingAnswer",
    "rules_of",
]
