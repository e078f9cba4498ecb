"""What people type about parties and their people: parse and check, never save."""

from comity.parties.forms.names import NameForm, OfficeForm, PartyForm, RenamingForm
from comity.parties.forms.party_field import Offer, PartyField
from comity.parties.forms.people import (
    AffiliationForm,
    DayForm,
    EndForm,
    ErasureForm,
    InvitationForm,
    MinistryForm,
    NewPersonForm,
    PartyRowForm,
    PersonForm,
    PostForm,
    RowRemovalForm,
)

__all__ = [
    "AffiliationForm",
    "DayForm",
    "EndForm",
    "ErasureForm",
    "InvitationForm",
    "MinistryForm",
    "NameForm",
    "NewPersonForm",
    "Offer",
    "OfficeForm",
    "PartyField",
    "PartyForm",
    "PartyRowForm",
    "PersonForm",
    "PostForm",
    "RenamingForm",
    "RowRemovalForm",
]
