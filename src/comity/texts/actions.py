"""What people call the things that are done with texts."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "passage.changed": _("changed what a paragraph is"),
    "passage.inserted": _("inserted a paragraph"),
    "passage.joined": _("joined two paragraphs"),
    "passage.moved": _("moved a paragraph"),
    "passage.removed": _("removed a paragraph"),
    "passage.split": _("split a paragraph"),
    "revision.circulated": _("circulated the revision"),
    "revision.finished": _("made the revision final"),
    "revision.imported": _("took words from a file"),
    "revision.labelled": _("named the revision"),
    "revision.renumbered": _("numbered the paragraphs anew"),
    "revision.started": _("started a revision"),
    "text.changed": _("changed the languages of the text"),
    "text.started": _("started the text"),
    "wording.changed": _("changed the words"),
    "wording.confirmed": _("confirmed the translation"),
    "wording.fell_behind": _("marked the translation as behind"),
    "wording.written": _("wrote the words"),
}
