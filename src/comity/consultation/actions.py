"""What people call the things that are done in a negotiation."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "consultation.prepared": _("prepared the consultation"),
    "consultation.rules_changed": _("changed the rules of consultation"),
    "bracket.lifted": _("lifted a bracket"),
    "bracket.opened": _("opened a bracket"),
    "draft.checked_out": _("took the text along"),
    "draft.brought": _("brought the text back"),
    "draft.given_up": _("gave up the text taken along"),
    "draft.taken_over": _("took over what was changed"),
    "pen.handed": _("handed the pen on"),
    "pen.laid_down": _("laid the pen down"),
    "pen.taken": _("took the pen"),
    "pen.taken_over": _("took the pen from another"),
    "proposal.decided": _("decided on a proposal"),
    "proposal.kept": _("kept the proposal"),
    "proposal.reconsidered": _("opened the decision again"),
    "proposal.replaced": _("replaced the proposal"),
    "proposal.translated": _("translated a proposal, unofficially"),
    "record.destroyed": _("destroyed the negotiating record"),
    "record.opened": _("opened the sealed record"),
    "record.sealed": _("sealed the negotiating record"),
    "text.written": _("wrote in the text"),
}
