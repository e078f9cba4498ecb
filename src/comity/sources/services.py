"""What can be said of where facts come from."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.models import Event, Versioned
from comity.audit.queries import history_of
from comity.audit.services import record, record_creation, record_removal, save_change
from comity.audit.values import Values, editable_values
from comity.sources.locators import split_locators
from comity.sources.models import Citation, Grounds, Located, Original, Source, Statement

BATCH = 500
Row = TypeVar("Row", bound=Located)


class Resting(NamedTuple):
    """A fact and the places it rests on: a whole row, or the field of it that is named."""

    target: models.Model
    locators: str
    note: str = ""
    field: str = ""


class Stated(NamedTuple):
    """What one place of a source says of a subject, in its words or in several languages."""

    target: models.Model
    about: str
    value: str | Mapping[str, str]
    locator: str = ""
    order: int = 0


@transaction.atomic
def describe_source(*, slug: str, title: Mapping[str, str], by: Actor, **details: object) -> Source:
    """Keep a source under its address, or bring the one that is kept there up to date.

    Args:
        slug: the last part of the address of its page.
        title: the title, language by language.
        by: who acts.
        details: any of ``symbol``, ``issued``, ``publisher``, ``url``, ``licence``, ``note``.

    Raises:
        PermissionDenied: ``by`` is neither an administrator nor the platform itself.
        ValidationError: a value is not of its kind, or the address is taken by a page.
    """
    require(by, "sources.describe", None)
    if slug == "differences":
        raise ValidationError({"slug": _("This address is taken by another page.")}, code="taken")
    values = {"title": dict(title), **details}
    source = Source.objects.select_for_update().filter(slug=slug).first()
    before = {name: getattr(source, name) for name in values} if source else {}
    if before == values and source:
        return source
    action = "source.changed" if source else "source.described"
    source = source or Source(slug=slug, version=0)
    for name, value in values.items():
        setattr(source, name, value)
    source.version += 1
    source.full_clean()
    source.save()
    record(by, action, source, before=before, after=values)
    return source


@transaction.atomic
def cite(
    *,
    target: models.Model,
    source: Source,
    locators: str,
    by: Actor,
    field: str = "",
    note: str = "",
) -> list[Citation]:
    """Say that ``target``, or one field of it, rests on each place that ``locators`` names.

    Whoever calls this has checked that ``by`` may change ``target``. Places that are cited
    already stay as they are. Places are kept apart by semicolons, as in “Annex I ¶5; Annex I ¶8”.
    """
    added = cite_all([Resting(target, locators, note, field)], source, by=by)
    places = split_locators(locators)
    if added:
        record(by, "source.cited", target, after={"source": source, "places": places})
    kind = ContentType.objects.get_for_model(target)
    rows = Citation.objects.filter(content_type=kind, object_id=target.pk, field=field)
    return list(rows.filter(source=source, locator__in=places).select_related("source"))


@transaction.atomic
def cite_all(
    rows: Iterable[Resting | tuple[models.Model, str, str]], source: Source, *, by: Actor
) -> int:
    """Cite ``source`` for many facts in a few queries; return how many citations are new.

    For loading: no event is logged for each, and the caller has checked that ``by`` may.
    """
    citations = [
        _located(Citation(source=source, locator=place, field=row.field, note=row.note), row.target)
        for row in (Resting(*row) for row in rows)
        for place in split_locators(row.locators)
    ]
    return _add_new(citations, Citation.objects.filter(source=source), "field")


@transaction.atomic
def state_difference(
    *,
    target: models.Model,
    about: str,
    statements: Iterable[tuple[Source, str, str | Mapping[str, str]]],
    by: Actor,
) -> list[Statement]:
    """Put side by side what sources, or places of one, say differently of ``about``.

    Whoever calls this has checked that ``by`` may change ``target``. What was stated before on
    the same subject is replaced; each statement is a source, a place in it, and its words.

    Raises:
        ValidationError: there are fewer than two statements, or one has no words.
    """
    given = [
        _statement(source, Stated(target, about, value, locator, order))
        for order, (source, locator, value) in enumerate(statements)
    ]
    if len(given) < 2:
        raise ValidationError(_("Give at least two statements."), code="one")
    kind = ContentType.objects.get_for_model(target)
    kept = Statement.objects.filter(content_type=kind, object_id=target.pk, about=about)
    stood = list(kept.select_related("source"))
    if [_content(row) for row in stood] == [_content(row) for row in given]:
        return stood
    kept.delete()
    for statement in given:
        statement.full_clean()
        statement.save()
    record(by, "difference.stated", target, after={about: [row.value for row in given]})
    return given


@transaction.atomic
def state_all(
    rows: Iterable[Stated | tuple[models.Model, str, str, str, int]],
    source: Source,
    *,
    by: Actor,
) -> int:
    """Keep many statements of ``source`` in a few queries; return how many are new.

    For loading: no event is logged for each, and the caller has checked that ``by`` may.
    """
    statements = [_statement(source, Stated(*row)) for row in rows]
    return _add_new(statements, Statement.objects.filter(source=source), "about")


@transaction.atomic
def add_grounded(row: models.Model, *, action: str, by: Actor, grounds: str = "") -> Event:
    """Log a ``row`` just made, and keep ``grounds``, where its editor knows it from.

    Whoever calls this has checked that ``by`` may. The page says the grounds beside the fact.
    """
    _keep_grounds(row, grounds)
    return record_creation(row, action=action, by=by, reason=grounds)


@transaction.atomic
def change_cited(
    row: Versioned, changes: Values, *, action: str, by: Actor, grounds: str = "", reason: str = ""
) -> Event:
    """Save ``changes`` to a locked ``row``, and keep what its sources said before people did.

    Whoever calls this has checked that ``by`` may. ``grounds`` is where the change comes from, in
    the editor's words, for all to read; a ``reason`` stands in the history alone. A row that says
    again what its sources said rests on them again.
    """
    original = _original_of(row)
    event = save_change(row, changes, action=action, by=by, reason=reason or grounds)
    if original and event.commitments["after"]:
        now = editable_values(row)
        said = original.values
        original.differing = [name for name in now if name in said and now[name] != said[name]]
        _keep(original, grounds)
    elif not original:
        _keep_grounds(row, grounds)
    return event


@transaction.atomic
def remove_cited(row: models.Model, *, action: str, by: Actor, grounds: str = "") -> Event:
    """Remove a locked ``row`` with its citations, which the log keeps, for good.

    Whoever calls this has checked that ``by`` may. A second loading does not bring it back.
    """
    original, cited = _original_of(row), _citations(row)
    kept = _grounds_of(row)
    named = [str(each) for each in (*cited, *kept)]
    also = {"sources": named} if named else None
    event = record_removal(row, action=action, by=by, reason=grounds, also=also)
    kept.delete()
    row.delete()
    if original:
        original.is_removed = True
        _keep(original, grounds)
    return event


def _grounds_of(row: models.Model) -> models.QuerySet[Grounds]:
    kind = ContentType.objects.get_for_model(row)
    return Grounds.objects.filter(content_type=kind, object_id=row.pk)


def _keep_grounds(row: models.Model, words: str) -> None:
    """Keep in words where a row comes from that rests on no source; once, if said twice."""
    if words and not _grounds_of(row).filter(words=words).exists():
        kind = ContentType.objects.get_for_model(row)
        grounds = Grounds(content_type=kind, object_id=row.pk, words=words)
        grounds.full_clean(exclude=["content_type"])
        grounds.save()


def _citations(row: models.Model) -> list[Citation]:
    kind = ContentType.objects.get_for_model(row)
    rows = Citation.objects.filter(content_type=kind, object_id=row.pk)
    return list(rows.select_related("source"))


def _original_of(row: models.Model) -> Original | None:
    """Return what the sources of ``row`` said, read from the log where nobody has kept it yet."""
    kind = ContentType.objects.get_for_model(row)
    kept = Original.objects.filter(content_type=kind, object_id=row.pk).first()
    if kept or not _citations(row):
        return kept
    values = editable_values(row)
    for event in history_of(row):  # latest first, so that the first values stay
        values |= {name: value for name, value in event.before.items() if name in values}
    return Original(content_type=kind, object_id=row.pk, values=values)


def _keep(original: Original, grounds: str) -> None:
    original.changed_on, original.grounds = timezone.localdate(), grounds
    original.full_clean(exclude=["content_type", "differing"])
    original.save()


def _statement(source: Source, row: Stated) -> Statement:
    value = {settings.LANGUAGE_CODE: row.value} if isinstance(row.value, str) else dict(row.value)
    statement = Statement(
        source=source, locator=row.locator, about=row.about, value=value, order=row.order
    )
    return _located(statement, row.target)


def _content(row: Statement) -> tuple[object, ...]:
    return row.source_id, row.locator, row.value, row.order


def _located(row: Row, target: models.Model) -> Row:
    row.content_type = ContentType.objects.get_for_model(target)
    row.object_id = target.pk
    return row


def _add_new(rows: list[Row], kept: models.QuerySet[Row], subject: str) -> int:
    """Check and add those of ``rows`` whose fact, subject and place are not kept yet."""
    names = ("content_type_id", "object_id", subject, "locator")
    known = set(kept.values_list(*names))
    new = {}
    for row in rows:
        key = tuple(getattr(row, name) for name in names)
        if key not in known and key not in new:
            row.clean_fields(exclude=["source", "content_type"])
            new[key] = row
    kept.model._default_manager.bulk_create(new.values(), batch_size=BATCH)
    return len(new)
