"""What people hand in as the file of a paper."""

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.documents.models import VersionStatus
from comity.documents.services import FORMS
from comity.processes.forms.rows import LanguageField, RowForm


class VersionForm(RowForm):
    """A file, its language, and what its words are worth."""

    language = LanguageField(label=_("language"))
    status = forms.ChoiceField(label=_("status"), choices=VersionStatus)
    file = forms.FileField(
        label=_("file"),
        help_text=_("Word, PDF, Excel, PowerPoint or OpenDocument, at most 50 MB."),
        widget=forms.ClearableFileInput({"accept": ",".join(f".{each}" for each in sorted(FORMS))}),
    )
