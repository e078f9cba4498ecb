"""What people call the things that are done to parties and their people."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "affiliation.added": _("affiliated a person"),
    "affiliation.changed": _("changed an affiliation"),
    "affiliation.ended": _("ended an affiliation"),
    "ministry.added": _("added a ministry"),
    "ministry.removed": _("removed a ministry"),
    "ministry.renamed": _("renamed a ministry"),
    "party.changed": _("changed a party"),
    "party.name_corrected": _("corrected a name of a party"),
    "party.office_added": _("added an office of an organisation"),
    "party.renamed": _("renamed a party"),
    "person.added": _("added a person"),
    "person.changed": _("changed a person"),
    "person.erased": _("erased a person"),
    "person.invited": _("invited a person to sign in"),
    "person.linked": _("linked a person to their account"),
    "post.added": _("added a post"),
    "post.changed": _("changed a post"),
    "post.removed": _("removed a post"),
}
