"""What people call the things that are done with notes."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "circular.changed": _("changed a circular note"),
    "circular.discarded": _("discarded a circular note"),
    "circular.enclosed": _("enclosed a file"),
    "circular.prepared": _("wrote a circular note"),
    "circular.sent": _("sent a circular note"),
    "circular.taken_out": _("took a file out"),
    "note.changed": _("changed the note in the register"),
    "note.registered": _("entered the note in the register"),
    "numbers.set": _("set the numbers of notes"),
}
