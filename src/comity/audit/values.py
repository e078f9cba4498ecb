"""Values of rows as the log keeps them (plain JSON), and as people read them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from comity.core.dates import FuzzyDateField, day_in_words, moment_in_words, parse_date
from comity.core.languages import language_name
from comity.core.registry import Registry

Values = dict[str, Any]  # Any: each column has its own type
# Takes keys; returns what each is called in the reader's language, in a fixed number of queries.
Namer = Callable[[Collection[Any]], Mapping[Any, str]]  # Any: keys of each kind
# Under the model that the keys are of, or under the name of words that are no field.
Names = dict[tuple[type[models.Model] | str, object], str]

NEVER_KEPT = {"password"}


@dataclass(frozen=True)
class Recorded:
    """What the log keeps of a row under a name that is none of its fields."""

    label: str | Promise
    namer: Namer | None = None


# What rows are called where another row points to them, by kind, as in "parties.party"; rows
# of a kind without a namer are called by their own text.
namers = Registry[Namer]("namer of rows")
recorded = Registry[Recorded]("recorded words")


def kind_of(model: type[models.Model]) -> str:
    """Return the name under which apps declare something of ``model``."""
    return f"{model._meta.app_label}.{model._meta.model_name}"


def plain(value: object) -> Any:  # noqa: ANN401, PLR0911 -- JSON has no type; a case each
    """Return ``value`` as JSON can keep it: a row as its primary key, a moment in UTC."""
    match value:
        case Enum():
            return plain(value.value)
        case None | bool() | int() | float() | str():
            return value
        case models.Model():
            return plain(value.pk)
        case datetime() if value.tzinfo:
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case models.Manager():
            return plain(value.all())
        case Mapping():
            return {str(key): plain(content) for key, content in value.items()}
        case set() | frozenset():
            return sorted((plain(content) for content in value), key=str)
        case list() | tuple() | models.QuerySet():
            return [plain(content) for content in value]
    return str(value)


def read_value(row: models.Model, name: str) -> Any:  # noqa: ANN401 -- each column has its own type
    """Return the plain value that ``row`` has under ``name``; many rows as sorted keys."""
    if any(field.name == name for field in row._meta.many_to_many):
        return sorted(getattr(row, name).values_list("pk", flat=True))
    return plain(getattr(row, name))


def editable_values(row: models.Model) -> Values:
    """Return what people entered in ``row``, whole, as a first version or a last one."""
    fields = [*row._meta.concrete_fields, *row._meta.many_to_many]
    names = [f.name for f in fields if f.editable and not f.primary_key]
    return {name: read_value(row, name) for name in names if name not in NEVER_KEPT}


def label_of(model: type[models.Model], name: str) -> str:
    """Return what people call the field of that name."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        entry = _recorded(name)
        return capfirst(str(entry.label) if entry else name.replace("_", " "))
    # A key without words of its own is called by its name, which is translated elsewhere.
    return capfirst(_(str(getattr(field, "verbose_name", name))))


def related_model(model: type[models.Model], name: str) -> type[models.Model] | None:
    """Return the model whose keys the field of that name keeps, if it keeps keys."""
    try:
        related = model._meta.get_field(name).related_model
    except FieldDoesNotExist:
        return None
    return related if isinstance(related, type) else None


def keys_in(
    pairs: Iterable[tuple[type[models.Model], Values]],
) -> dict[type[models.Model] | str, set[object]]:
    """Return the keys that ``pairs`` of model and values hold, by what they are keys of."""
    keys: dict[type[models.Model] | str, set[object]] = {}
    for model, values in pairs:
        for name, value in values.items():
            if kept_under := _named_by(model, name):
                keys.setdefault(kept_under, set()).update(_listed(value))
    return keys


def related_names(pairs: Iterable[tuple[type[models.Model], Values]]) -> Names:
    """Return the names of all rows that ``pairs`` of model and values point to.

    The same few queries for each model pointed to, at any length.
    """
    return {
        (kind, key): name
        for kind, wanted in keys_in(pairs).items()
        if wanted
        for key, name in _namer(kind)(wanted).items()
    }


def shown(model: type[models.Model], name: str, value: object, names: Names) -> str:  # noqa: PLR0911 -- a case each
    """Return a plain ``value`` of the field of that name in the reader's words."""
    if kept_under := _named_by(model, name):
        gone = _("something that is no longer there")
        return ", ".join(names.get((kept_under, key), gone) for key in _listed(value))
    if value is None or value in ("", [], {}):
        return ""
    match value:
        case bool():
            return _("yes") if value else _("no")
        case dict():
            texts = {language_name(str(key)): content for key, content in value.items()}
            return " · ".join(f"{language}: {content}" for language, content in texts.items())
        case list():
            return ", ".join(str(content) for content in value)
        case str() if name == "language":
            return language_name(value)
    return _in_words(model, name, value)


def _in_words(model: type[models.Model], name: str, value: object) -> str:
    """Return a choice by its label and a date as the reader writes it; else ``value``."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return str(value)
    try:
        match field:
            case FuzzyDateField():
                return str(parse_date(str(value)))
            case models.DateTimeField():
                return moment_in_words(datetime.fromisoformat(str(value)))
            case models.DateField():
                return day_in_words(date.fromisoformat(str(value)))
    except (ValidationError, ValueError):  # what the log keeps was once accepted: show it as it is
        return str(value)
    return str(dict(getattr(field, "flatchoices", [])).get(value, value))


def _recorded(name: str) -> Recorded | None:
    try:
        return recorded[name]
    except LookupError:
        return None


def _named_by(model: type[models.Model], name: str) -> type[models.Model] | str | None:
    """Return what the values of that name are keys of, if they are keys."""
    if related := related_model(model, name):
        return related
    entry = _recorded(name)
    return name if entry and entry.namer else None


def _namer(kind: type[models.Model] | str) -> Namer:
    if isinstance(kind, str):
        entry = recorded[kind]
        assert entry.namer is not None
        return entry.namer
    try:
        return namers[kind_of(kind)]
    except LookupError:
        rows = kind._base_manager
        return lambda keys: {row.pk: str(row) for row in rows.filter(pk__in=keys)}


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
