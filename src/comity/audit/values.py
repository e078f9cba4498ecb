"""Values of rows as the log keeps them (plain JSON), and as people read them."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

Values = dict[str, Any]  # Any: each column has its own type
Names = dict[tuple[type[models.Model], object], str]

NEVER_KEPT = {"password"}


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
        return capfirst(name.replace("_", " "))
    return capfirst(str(getattr(field, "verbose_name", name)))


def related_model(model: type[models.Model], name: str) -> type[models.Model] | None:
    """Return the model whose keys the field of that name keeps, if it keeps keys."""
    try:
        related = model._meta.get_field(name).related_model
    except FieldDoesNotExist:
        return None
    return related if isinstance(related, type) else None


def related_names(pairs: Iterable[tuple[type[models.Model], Values]]) -> Names:
    """Return the names of all rows that ``pairs`` of model and values point to.

    One query for each model pointed to, at any length.
    """
    keys: dict[type[models.Model], set[object]] = {}
    for model, values in pairs:
        for name, value in values.items():
            if related := related_model(model, name):
                keys.setdefault(related, set()).update(_listed(value))
    return {
        (related, row.pk): str(row)
        for related, wanted in keys.items()
        for row in related._base_manager.filter(pk__in=wanted)
    }


def shown(model: type[models.Model], name: str, value: object, names: Names) -> str:
    """Return a plain ``value`` of the field of that name in the reader's words."""
    if related := related_model(model, name):
        return ", ".join(names.get((related, key), f"#{key}") for key in _listed(value))
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return " · ".join(f"{key}: {content}" for key, content in value.items())
    if isinstance(value, list):
        return ", ".join(str(content) for content in value)
    return _choice_label(model, name, value)


def _choice_label(model: type[models.Model], name: str, value: object) -> str:
    try:
        labels = dict(getattr(model._meta.get_field(name), "flatchoices", []))
    except FieldDoesNotExist:
        labels = {}
    return str(labels.get(value, value))


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
