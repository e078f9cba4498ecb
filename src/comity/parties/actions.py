"""What people call the things that are done to parties and their people."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "affiliation.added": _("affiliated a person"),
    "affiliation.ended": _("ended an affiliation"),
    "ministry.added": _("added a ministry"),
    "party.renamed": _("renamed a party"),
    "person.added": _("added a person"),
    "person.linked": _("linked a person to their account"),
    "post.added": _("added a post"),
}
