"""What people call the things that are done to sources."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "difference.stated": _("said that sources differ"),
    "source.cited": _("cited a source"),
    "source.changed": _("changed a source"),
    "source.described": _("described a source"),
}
