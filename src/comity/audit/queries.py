"""What was done to a row, for people to read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from comity.accounts.names import names_of
from comity.audit.chain import BLACKED_OUT
from comity.audit.models import Event, EventQuerySet
from comity.audit.values import (
    Names,
    Values,
    keys_in,
    kind_of,
    label_of,
    plain,
    read_value,
    related_names,
    shown,
)
from comity.core.registry import Registry
from comity.core.translated import text_in

# What people call an action: an app may add a label for each of its own.
action_labels = Registry[str | Promise]("label of an action")
Model = type[models.Model]
Row = tuple[Model, int]


@dataclass(frozen=True)
class Naming:
    """How the log calls the rows of a model, of which one reads without seeing the row.

    ``name`` puts together what stands in ``fields``, given in the reader's words. What the name
    says, and what every entry has in common (``untold``), is not told again as a change.
    """

    fields: tuple[str, ...]
    name: Callable[[Mapping[str, str]], str]
    untold: tuple[str, ...] = field(default=())


# By kind, as in "processes.seat"; a row of a kind without a naming has no name in the log.
namings = Registry[Naming]("naming of rows")


@dataclass(frozen=True)
class FieldChange:
    """One field of one event, in the reader's words; blank where nothing stood."""

    name: str
    label: str
    before: str
    after: str
    is_blacked_out: bool


@dataclass(frozen=True)
class HistoryEntry:
    """One event in the reader's words."""

    event: Event
    at: datetime
    who: str
    what: str
    subject: str
    reason: str
    fields: list[FieldChange]


@dataclass(frozen=True)
class Difference:
    """One field that the second editor and the first want otherwise; ``who`` wrote theirs."""

    name: str
    label: str
    yours: str
    theirs: str
    who: str
    at: datetime | None


def history_of(*rows: models.Model) -> EventQuerySet:
    """Return the events of all ``rows``, latest first."""
    wanted = Q(pk__in=())
    for row in rows:
        content_type = ContentType.objects.get_for_model(row)
        wanted |= Q(content_type=content_type, object_id=row.pk)
    return Event.objects.filter(wanted)


def read_history(events: Iterable[Event]) -> list[HistoryEntry]:
    """Put ``events`` in the reader's words, field by field, with who, when and on which row.

    Costs the same number of queries at any length, but some for each model pointed to. A row
    that is gone is called by what the log kept of it.
    """
    events = list(events)
    people = names_of({event.actor_id for event in events if event.actor_id})
    rows = _rows_of(events)
    pairs = [
        (model, values)
        for event in events
        if (model := _model(event))
        for values in (event.before, event.after)
    ]
    pairs += [(model, values) for (model, _pk), values in rows.items()]
    names = _names_in(pairs)
    subjects = {row: _name_of_row(row[0], values, names) for row, values in rows.items()}
    return [
        HistoryEntry(
            event=event,
            at=event.at,
            who=_who(event.actor_id, people),
            what=what_was_done(event.action),
            subject=subjects.get((_model(event) or Event, event.object_id), ""),
            reason=event.reason,
            fields=_fields(event, names),
        )
        for event in events
    ]


def _rows_of(events: Iterable[Event]) -> dict[Row, Values]:
    """Return what names the rows that ``events`` are about; what is gone as the log has it."""
    wanted: dict[Model, set[int]] = {}
    for event in events:
        model = _model(event)
        if model and _naming(model):
            wanted.setdefault(model, set()).add(event.object_id)
    found: dict[Row, Values] = {}
    for model, pks in wanted.items():
        naming = namings[kind_of(model)]
        for row in model._base_manager.filter(pk__in=pks).values("pk", *naming.fields):
            found[model, row.pop("pk")] = {name: plain(value) for name, value in row.items()}
    gone = {(model, pk) for model, pks in wanted.items() for pk in pks} - found.keys()
    return found | _as_the_log_has(gone)


def _as_the_log_has(rows: Iterable[Row]) -> dict[Row, Values]:
    """Return the last values of ``rows`` that the log knows, in one query."""
    wanted = Q(pk__in=())
    for model, pk in rows:
        content_type = ContentType.objects.get_for_model(model)
        wanted |= Q(content_type=content_type, object_id=pk)
    found: dict[Row, Values] = {}
    if rows:
        for event in Event.objects.filter(wanted).order_by("pk"):
            kept = found.setdefault((_model(event) or Event, event.object_id), {})
            kept.update(event.before | event.after)
    return found


def _names_in(pairs: list[tuple[Model, Values]]) -> Names:
    """Return the names of all rows that ``pairs`` point to, of those that are gone too."""
    names = related_names(pairs)
    gone = {
        (model, pk)
        for model, pks in keys_in(pairs).items()
        for pk in pks
        if isinstance(model, type) and isinstance(pk, int) and (model, pk) not in names
    }
    for row, values in _as_the_log_has(gone).items():
        if name := _name_of_row(row[0], values, names):
            names[row] = name
    return names


def _naming(model: Model) -> Naming | None:
    try:
        return namings[kind_of(model)]
    except LookupError:
        return None


def _name_of_row(model: Model, values: Values, names: Names) -> str:
    naming = _naming(model)
    if naming is None:
        return ""
    words = {}
    for name in naming.fields:
        match values.get(name):
            case dict() as texts:
                words[name] = text_in(texts)
            case value:
                words[name] = shown(model, name, value, names)
    return naming.name(words)


def conflict_rows(current: models.Model, yours: Values) -> list[Difference]:
    """Return what differs between ``current``, as the first editor left it, and ``yours``.

    With each field stands who wrote it last and when, as far as the log knows.
    """
    model = type(current)
    wanted = {name: plain(value) for name, value in yours.items()}
    for many in model._meta.many_to_many:
        if many.name in wanted:
            wanted[many.name].sort()
    standing = {name: read_value(current, name) for name in wanted}
    names = _names_in([(model, wanted), (model, standing)])
    events = list(history_of(current))
    people = names_of({event.actor_id for event in events if event.actor_id})
    found = []
    for name, value in wanted.items():
        if value == standing[name]:
            continue
        last = next((event for event in events if name in event.commitments["after"]), None)
        found.append(
            Difference(
                name=name,
                label=label_of(model, name),
                yours=shown(model, name, value, names),
                theirs=shown(model, name, standing[name], names),
                who=_who(last.actor_id, people) if last else "",
                at=last.at if last else None,
            )
        )
    return found


def what_was_done(action: str) -> str:
    """Return what people call ``action``: its code where no app gives it a label."""
    try:
        return str(action_labels[action])
    except LookupError:
        return action


def _model(event: Event) -> type[models.Model] | None:
    # From the cache of content types: no query for each event.
    return ContentType.objects.get_for_id(event.content_type_id).model_class()


def _who(actor: int | None, people: dict[int, str]) -> str:
    return people[actor] if actor else _("the platform")


def _fields(event: Event, names: Names) -> list[FieldChange]:
    model = _model(event) or Event
    naming = _naming(model)
    committed = event.commitments
    is_change = bool(committed["before"] and committed["after"])
    # A row made or removed is told whole: without what its name says and what was left blank.
    untold = {*naming.untold, *(() if is_change else naming.fields)} if naming else set()
    columns = [column.name for column in (*model._meta.concrete_fields, *model._meta.many_to_many)]
    order = {name: place for place, name in enumerate(columns)}
    found = []
    # In the order of the row: databases keep that of JSON as they like.
    names_told = sorted(
        committed["before"] | committed["after"],
        key=lambda name: (order.get(name, len(order)), name),
    )
    for name in names_told:
        kept = [name in event.salts.get(side, {}) for side in ("before", "after")]
        expected = [name in committed[side] for side in ("before", "after")]
        was, became = event.before.get(name), event.after.get(name)
        if event.action == BLACKED_OUT and name == "fields":  # they are told by their names
            became = [label_of(model, each) for each in event.after.get(name, [])]
        is_blacked_out = kept != expected
        if not is_blacked_out and (name in untold or (not is_change and not (was or became))):
            continue
        found.append(
            FieldChange(
                name=name,
                label=label_of(model, name),
                before=shown(model, name, was, names),
                after=shown(model, name, became, names),
                is_blacked_out=is_blacked_out,
            )
        )
    return found
