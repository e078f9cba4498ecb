"""What people call the things that are done to files."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "file.discarded": _("discarded a file"),
    "file.kept": _("kept a file"),
}
