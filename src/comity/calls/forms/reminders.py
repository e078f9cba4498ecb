"""When the reminders of a process leave, as its secretariat says."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.calls.models import When
from comity.calls.models.reminders import MOST_DAYS
from comity.calls.reminders.services import PlanFacts
from comity.processes.forms.rows import RowForm


def _days(**kwargs: Any) -> forms.IntegerField:  # noqa: ANN401 -- those of IntegerField
    return forms.IntegerField(required=False, min_value=0, max_value=MOST_DAYS, **kwargs)


class PlanForm(RowForm):
    """When reminders leave by themselves, and whether the chair sees them first."""

    first_days = _days(
        label=_("first reminder: days"), help_text=_("Leave this empty and none leaves by itself.")
    )
    first_when = forms.ChoiceField(label=_("counted"), choices=When)
    second_days = _days(label=_("second reminder: days"))
    second_when = forms.ChoiceField(label=_("counted"), choices=When)
    chair_first = forms.BooleanField(
        label=_("the chair sees reminders first"),
        required=False,
        help_text=_("A reminder then waits until the chair or you let it go."),
    )
    leaves_after_days = _days(
        label=_("a reminder that waits leaves by itself after days"),
        help_text=_("Leave this empty and it never does."),
    )

    def facts(self) -> PlanFacts:
        """Return what was typed as the service takes it."""
        return PlanFacts(**self.shown())
