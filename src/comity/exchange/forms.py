"""What people enter about subscriptions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.exchange.models import Subscription
from comity.exchange.services import SubscriptionFacts
from comity.ui.forms import VersionedForm


class SubscriptionForm(VersionedForm):
    """Which installation, how it is called here, and what of it is wanted."""

    address = forms.CharField(
        label=_("Address"),
        max_length=300,
        help_text=_("Where its first page is, such as https://comity.example/."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Name of the installation"),
        max_length=120,
        help_text=_("Stands beside all that comes from it."),
    )
    processes = forms.CharField(
        label=_("Processes"),
        max_length=600,
        required=False,
        help_text=_(
            "The last part of the address of each process you want, parted by spaces, such as"
            " “puebla”. Leave it empty for all."
        ),
    )

    def __init__(self, *args: Any, row: Subscription | None = None, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        if row is not None:
            kwargs["initial"] = {
                "name": row.name,
                "processes": row.processes,
                "version": row.version,
            }
        super().__init__(*args, **kwargs)
        # The address is what it is: another one is another subscription.
        del self.fields["address" if row else "version"]

    def facts(self) -> SubscriptionFacts:
        """Return what was entered."""
        return SubscriptionFacts(self.cleaned_data["name"], self.cleaned_data["processes"])


class RowForm(VersionedForm):
    """The version of the subscription that its reader was shown."""
