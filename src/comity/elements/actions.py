"""What people call the things that are done with adoptions, positions and elements."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "adoption.broken": _("found the silence broken"),
    "adoption.concluded": _("adopted the text"),
    "adoption.confirmation_asked": _("asked the members to confirm the text"),
    "adoption.ended": _("ended the adoption"),
    "adoption.extended": _("let silence last longer"),
    "adoption.opened": _("opened the adoption"),
    "adoption_rule.changed": _("changed the rule of adoption"),
    "adoption_rule.set": _("set the rule of adoption"),
    "consensus.stated": _("stated that all members agree"),
    "document.adopted": _("dated the document as adopted"),
    "element.addressed": _("changed to whom an element speaks"),
    "element.changed": _("changed an element"),
    "element.cut": _("cut an element from the text"),
    "element.status": _("changed how an element stands"),
    "objection.kept": _("kept an objection that breaks nothing"),
    "position.confirmed": _("confirmed a position"),
    "position.recorded": _("entered a position for a party"),
    "position.taken": _("took a position"),
    "position.translated": _("translated a position"),
    "position.withdrawn": _("withdrew a position"),
    "principle.added": _("added a common principle"),
    "principle.changed": _("changed a common principle"),
    "principle.removed": _("removed a common principle"),
}
