"""Load a folder of tables: all of it or nothing, with everything wrong said at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from comity.audit.models import Event, Versioned
from comity.audit.values import plain
from comity.core.dates import parse_date
from comity.office.problems import Problem
from comity.office.tables import Row, read_table
from comity.sources.models import Original

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
    _rows: dict[tuple[object, ...], int] = field(default_factory=dict)
    _originals: dict[type[models.Model], list[Original]] = field(default_factory=dict)
    _logged: dict[type[models.Model], set[int]] = field(default_factory=dict)
    _stored: dict[tuple[type[models.Model], tuple[str, ...]], dict[str, Any]] = field(
        default_factory=dict
    )

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

        A row that somebody has made or edited by hand is left as it is, under whatever key it
        now stands; one that somebody removed stays removed, and ``None`` is returned. What the
        model refuses becomes a problem; ``columns`` names the column of the table in which each
        of its fields stands.
        """
        if self._is_second(model, place, key):
            self._refuse_values(model(**key, **values), place, columns)
            return None
        original = self._original(model, key)
        if original is not None:
            self.left += 1
            return model._default_manager.filter(pk=original.object_id).first()
        row = self._stored_row(model, key)
        if row is not None and self.has_edited(row):
            self.left += 1
            return row
        if row is not None and all(_has(row, name, value) for name, value in values.items()):
            return row
        is_new = row is None
        row = row if row is not None else model(**key)
        for name, value in values.items():
            setattr(row, name, value)
        try:
            _refuse_opposite_dates(row)
            row.full_clean()
        except ValidationError as error:
            self._refuse_error(error, place, columns)
            return None
        row.save()
        self.added += is_new
        self.changed += not is_new
        return row

    def has_edited(self, row: models.Model) -> bool:
        """Whether somebody has made or edited ``row`` by hand: loading writes no log of rows."""
        model = type(row)
        if model not in self._logged:
            kind = ContentType.objects.get_for_model(model)
            logged = Event.objects.filter(content_type=kind).values_list("object_id", flat=True)
            self._logged[model] = set(logged)
        return row.pk in self._logged[model] or (isinstance(row, Versioned) and row.version > 1)

    def has_removed(self, model: type[models.Model], **key: object) -> bool:
        """Whether somebody has removed the row that was loaded under ``key``."""
        original = self._original(model, key)
        return original is not None and original.is_removed

    def leave(self) -> None:
        """Count a row that is left out because it belongs to one that somebody removed."""
        self.left += 1

    def cite(self, target: models.Model | None, locators: str, note: str = "") -> None:
        """Remember on which places of the source ``target`` rests.

        What people wrote by hand does not: it keeps the citations that it has.
        """
        if target is not None and locators and not self.has_edited(target):
            self.cited.append((target, locators, note))

    def _refuse_values(
        self, row: models.Model, place: Place, columns: Mapping[str, str] | None
    ) -> None:
        """Say what else is wrong with a row that is not kept, cell by cell."""
        try:
            row.clean_fields()
            _refuse_opposite_dates(row)
        except ValidationError as error:
            self._refuse_error(error, place, columns)

    def _refuse_error(
        self, error: ValidationError, place: Place, columns: Mapping[str, str] | None
    ) -> None:
        for name, sentences in error.message_dict.items():
            column = (columns or {}).get(name, "" if name == "__all__" else name)
            for sentence in sentences:
                self.refuse(place, column, sentence)

    def _is_second(self, model: type[models.Model], place: Place, key: Values) -> bool:
        """Refuse a row that says again what an earlier one of its table says."""
        written = tuple(sorted((name, str(plain(value))) for name, value in key.items()))
        earlier = self._rows.setdefault((model, place.file, written), place.row)
        if earlier != place.row:
            self.refuse(place, "", _("This is in row %(row)d already.") % {"row": earlier})
        return earlier != place.row

    def _stored_row(self, model: type[Model], key: Values) -> Model | None:
        """Return the row under ``key``: of what stood there before, all is read in one query."""
        columns = tuple(_column(model, name) for name in key)
        stored = self._stored.get((model, columns))
        if stored is None:
            stored = self._stored[model, columns] = {}
            for row in reversed(model._default_manager.all()):  # of two, the first is meant
                stored[_written(getattr(row, column) for column in columns)] = row
        found = stored.get(_written(key.values()))
        return found if found is not None else model._default_manager.filter(**key).first()

    def _original(self, model: type[models.Model], key: Values) -> Original | None:
        """Return what was loaded under ``key`` and then changed or removed by somebody."""
        if model not in self._originals:
            kind = ContentType.objects.get_for_model(model)
            self._originals[model] = list(Original.objects.filter(content_type=kind))
        wanted = {name: plain(value) for name, value in key.items()}
        for original in self._originals[model]:
            if wanted.items() <= original.values.items():
                return original
        return None

    def finish(self) -> None:
        """Raise BadFolderError where anything was wrong; call it inside the transaction."""
        if self.problems:  # a table that is read twice tells its problems twice
            raise BadFolderError(list(dict.fromkeys(self.problems)))


def _has(row: models.Model, name: str, value: object) -> bool:
    """Whether ``row`` has ``value`` under ``name``; what it points to is not fetched for that."""
    if isinstance(value, models.Model):
        return bool(getattr(row, _column(type(row), name)) == value.pk)
    return bool(getattr(row, name) == value)


def _column(model: type[models.Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "attname", name))


def _written(values: Iterable[object]) -> str:
    return repr([plain(value) for value in values])


def _refuse_opposite_dates(row: models.Model) -> None:
    """Refuse an end that certainly lies before the beginning, of whatever model it is."""
    begins, ends = getattr(row, "begins", ""), getattr(row, "ends", "")
    if begins and ends:
        try:
            earliest, latest = parse_date(begins).earliest, parse_date(ends).latest
        except ValidationError:
            return  # the model says which of the two is no date
        if earliest and latest and latest < earliest:
            raise ValidationError({"ends": _("This lies before the beginning.")}, code="order")
