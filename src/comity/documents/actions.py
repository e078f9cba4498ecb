"""What people call the things that are done to papers."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "language_version.added": _("added a file"),
    "language_version.changed": _("changed what a file is worth"),
    "language_version.removed": _("removed a file"),
    "owed_paper.added": _("put a paper into the production plan"),
    "owed_paper.changed": _("changed the production plan"),
    "owed_paper.removed": _("took a paper out of the production plan"),
    "paper.added": _("added a paper"),
    "paper.changed": _("changed a paper"),
    "archived_paper.loaded": _("loaded a paper from an archive"),
    "paper.published": _("published a paper"),
    "paper.superseded": _("said what takes the place of a paper"),
    "paper.withdrawn": _("withdrew a paper"),
    "symbol_series.added": _("added a series of symbols"),
    "symbol_series.changed": _("changed a series of symbols"),
    "symbol_series.removed": _("removed a series of symbols"),
}
