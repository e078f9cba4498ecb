"""What people call the things that are done with calls and replies."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "call.asked": _("asked another party"),
    "call.changed": _("changed the call"),
    "call.closed": _("closed the call"),
    "call.discarded": _("discarded the call"),
    "call.emptied": _("took the answers out of the call"),
    "call.extended": _("gave all more time"),
    "call.opened": _("opened the call"),
    "call.prepared": _("prepared the call"),
    "call.reopened": _("opened the call again"),
    "call.withdrawn": _("withdrew the call"),
    "draft.written": _("wrote in the draft"),
    "question.added": _("added a question"),
    "question.changed": _("changed a question"),
    "question.removed": _("removed a question"),
    "reminders.dropped": _("said that a reminder does not leave"),
    "reminders.let_leave": _("said that a reminder may leave"),
    "reminders.planned": _("set when reminders leave"),
    "reminders.sent_by_hand": _("sent a reminder by hand"),
    "reply.accepted": _("accepted the answer"),
    "reply.confirmed": _("confirmed what was recorded"),
    "reply.extended": _("gave the party more time"),
    "reply.given_back": _("gave back what waited, with the call"),
    "reply.recorded": _("recorded an answer"),
    "reply.reopened": _("asked for the answer again"),
    "reply.returned": _("returned the answer"),
    "reply.sent": _("cleared and sent the answer"),
    "reply.withdrawn": _("took the answer back"),
}
