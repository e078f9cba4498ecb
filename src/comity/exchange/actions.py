"""What people call the things that are done to subscriptions."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "subscription.added": _("subscribed to another installation"),
    "subscription.changed": _("changed a subscription"),
    "subscription.paused": _("paused a subscription"),
    "subscription.resumed": _("resumed a subscription"),
    "subscription.removed": _("removed a subscription"),
}
