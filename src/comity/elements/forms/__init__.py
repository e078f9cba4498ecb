"""What people type about adoptions, positions, elements and principles."""

from comity.elements.forms.adoption import RuleForm
from comity.elements.forms.elements import CutForm, ElementForm, PrincipleForm, StatusForm
from comity.elements.forms.positions import (
    PositionForm,
    RecordedPositionForm,
    TranslationForm,
    WithdrawalForm,
)

__all__ = [
    "CutForm",
    "ElementForm",
    "PositionForm",
    "PrincipleForm",
    "RecordedPositionForm",
    "RuleForm",
    "StatusForm",
    "TranslationForm",
    "WithdrawalForm",
]
