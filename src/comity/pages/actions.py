"""What people call the loading of data."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "demonstration.made": _("made this installation up, for a demonstration"),
    "paper.loaded": _("loaded what the paper says"),
}
