"""What people call the things that are done to templates and outlines."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "boundaries.loaded": _("loaded the outlines of maps"),
    "template.kept": _("sent in a template"),
    "template.replaced": _("replaced a template"),
}
