"""Load a folder of tables: all of it or nothing, with everything wrong said at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from comity.audit.models import Versioned
from comity.office.problems import Problem
from comity.office.tables import Row, read_table

Model = TypeVar("Model", bound=models.Model)
MOST_DIGITS = 9
Values = Mapping[str, Any]  # Any: each column has its own type


class BadFolderError(Exception):
    """The tables hold problems; nothing of them is kept."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = list(problems)


@dataclass
class Place:
    """Where in a table a value stands, so that what is wrong with it can be said."""

    file: str
    row: int


@dataclass
class Folder:
    """Tables being loaded: what was wrong, what was kept, what each row rests on."""

    path: Path
    problems: list[Problem] = field(default_factory=list)
    cited: list[tuple[models.Model, str, str]] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    left: int = 0

    def rows(self, name: str, columns: Sequence[str]) -> list[Row]:
        """Return the rows of the table ``name``; keep what is wrong with it."""
        try:
            with (self.path / name).open("rb") as stream:
                table = read_table(name, stream, columns)
        except OSError as error:
            reason = _("The file cannot be read (%(error)s).") % {"error": error.strerror}
            self.refuse(Place(name, 0), "", reason)
            return []
        self.problems += table.problems
        return table.rows

    def refuse(self, place: Place, column: str, reason: str) -> None:
        """Keep one problem; the loading goes on, so that all of them are said at once."""
        self.problems.append(Problem(place.file, "", place.row, column, reason))

    def refuse_code(self, place: Place, column: str, code: str) -> None:
        """Keep the problem that a code stands for nothing."""
        self.refuse(place, column, _("“%(code)s” is not known.") % {"code": code})

    def number(self, text: str, place: Place, column: str) -> int:
        """Return the whole number that ``text`` writes; what is none is a problem."""
        if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS:
            return int(text)
        reason = _("“%(text)s” is no whole number.") % {"text": text}
        self.refuse(place, column, reason)
        return 0

    def known(
        self, found: Mapping[str, Model], code: str, place: Place, column: str
    ) -> Model | None:
        """Return what stands under ``code``; a code that is not known is a problem."""
        if not code:
            return None
        if code not in found:
            self.refuse_code(place, column, code)
        return found.get(code)

    def needed(
        self, found: Mapping[str, Model], code: str, place: Place, column: str
    ) -> Model | None:
        """Return what stands under ``code``; an empty cell is a problem too."""
        if not code:
            self.refuse(place, column, _("This cell is empty."))
        return self.known(found, code, place, column)

    def keep(
        self,
        model: type[Model],
        place: Place,
        key: Values,
        values: Values,
        *,
        columns: Mapping[str, str] | None = None,
    ) -> Model | None:
        """Return the row of ``model`` under ``key``, made or brought up to date.

        A row that somebody has edited since it was loaded is left as it is. What the model
        refuses becomes a problem; ``columns`` names the column of the table in which each of
        its fields stands.
        """
        row = model._default_manager.filter(**key).first()
        if row is not None and isinstance(row, Versioned) and row.version > 1:
            self.left += 1
            return row
        if row is not None and all(getattr(row, name) == value for name, value in values.items()):
            return row
        is_new = row is None
        row = row if row is not None else model(**key)
        for name, value in values.items():
            setattr(row, name, value)
        try:
            row.full_clean()
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                column = (columns or {}).get(name, "" if name == "__all__" else name)
                for sentence in sentences:
                    self.refuse(place, column, sentence)
            return None
        row.save()
        self.added += is_new
        self.changed += not is_new
        return row

    def cite(self, target: models.Model | None, locators: str, note: str = "") -> None:
        """Remember on which places of the source ``target`` rests."""
        if target is not None and locators:
            self.cited.append((target, locators, note))

    def finish(self) -> None:
        """Raise BadFolderError where anything was wrong; call it inside the transaction."""
        if self.problems:  # a table that is read twice tells its problems twice
            raise BadFolderError(list(dict.fromkeys(self.problems)))
