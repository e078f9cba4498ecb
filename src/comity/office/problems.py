"""What is wrong in a file that somebody sent, said so that they can find and mend it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Problem:
    """One thing wrong: where it stands, and a sentence in the reader's language.

    ``row`` is the number that the reader's own program shows, counted from 1; 0 means the
    whole sheet or file.
    """

    file: str
    sheet: str
    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        places = [self.file]
        if self.sheet:
            places.append(_("sheet “%(sheet)s”") % {"sheet": self.sheet})
        if self.row:
            places.append(_("row %(row)d") % {"row": self.row})
        if self.column:
            places.append(_("column “%(column)s”") % {"column": self.column})
        return _("%(place)s: %(reason)s") % {"place": ", ".join(places), "reason": self.reason}
