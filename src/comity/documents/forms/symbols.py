"""What people type about series of symbols."""

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.documents.services import SeriesFacts
from comity.processes.forms.rows import RowForm
from comity.ui.forms import TranslatedFormField


class SymbolSeriesForm(RowForm):
    """What a series is called, and how its symbols are written."""

    name = TranslatedFormField(label=_("name"), max_length=200)
    letters = forms.CharField(
        label=_("letters"),
        required=False,
        max_length=20,
        help_text=_("As it stands in symbols, such as WP. Leave it empty where there is none."),
    )
    pattern = forms.CharField(
        label=_("pattern"),
        max_length=60,
        help_text=_(
            "Such as MD/{year}/{series}/{number}. Rev., Add. and Corr. follow by themselves."
        ),
    )

    def facts(self) -> SeriesFacts:
        """Return what was typed as the service takes it."""
        return SeriesFacts(**self.shown())
