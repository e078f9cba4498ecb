"""The register as a table to hand out."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from comity.correspondence.queries import Line
from comity.processes.models import Process
from comity.ui.table_files import TableFile


def register_table(lines: Iterable[Line], process: Process) -> TableFile:
    """Return the notes as they are listed, a row each; days are written as in ISO 8601."""
    heads = [
        _("Number"),
        _("Direction"),
        _("Number on the note"),
        _("Date"),
        _("Parties"),
        _("Signed by"),
        _("Subject"),
        _("Language"),
        _("Reply due"),
        _("Answered"),
    ]
    rows = [
        (
            line.note.number,
            str(line.note.get_direction_display()),
            line.note.reference,
            line.note.dated,
            "; ".join(line.parties),
            line.note.signatory,
            line.note.subject,
            line.note.language,
            line.note.reply_due_on.isoformat() if line.note.reply_due_on else "",
            _("yes") if line.is_answered else "",
        )
        for line in lines
    ]
    return TableFile(f"{process.slug}-register", _("Register of notes"), heads, rows)
