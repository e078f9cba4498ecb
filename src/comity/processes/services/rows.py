"""What happens to every editable row of a process: it is made, changed or removed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, may
from comity.audit.models import Versioned
from comity.audit.services import lock_version
from comity.audit.values import Values
from comity.core.dates import day_in_words, parse_date
from comity.core.sorting import fold
from comity.processes.models import Held, Process, Seat
from comity.sources.services import add_grounded, change_cited, remove_cited

Row = TypeVar("Row", bound=Versioned)
# Any: each column has its own type.
Many = Mapping[str, Any]


def add_row(
    row: Row, *, action: str, by: Actor, many: Many | None = None, grounds: str = ""
) -> Row:
    """Check and keep a new ``row``, with the rows of many-to-many that belong to it.

    ``grounds`` is where its editor knows it from, in the editor's words.
    """
    lock_process(row)
    _refuse_entrusting(row, by)
    _refuse_before_process(row, getattr(row, "begins", ""))
    row.full_clean()
    row.save()
    for name, values in (many or {}).items():
        getattr(row, name).set(values)
    add_grounded(row, action=action, by=by, grounds=grounds)
    return row


def change_row(
    row: Row, changes: Values, *, version: int, action: str, by: Actor, grounds: str = ""
) -> Row:
    """Change ``row`` as the editor saw it; raise EditConflict where it was saved since.

    ``grounds`` is where the change comes from, in the editor's words.
    """
    lock_process(row)
    current = lock_version(row, version, yours=changes)
    _refuse_entrusting(current, by)
    _refuse_before_process(current, str(changes.get("begins", "")))
    change_cited(current, changes, action=action, by=by, grounds=grounds)
    return current


def lock_process(row: Versioned) -> None:
    """Let two who change facts of one process do so one after the other.

    Whether facts overlap or are equal is asked of what the other has stored already.
    """
    process = row.body.process_id if isinstance(row, Seat) else getattr(row, "process_id", None)
    if process is not None:
        Process.objects.select_for_update().filter(pk=process).values_list("pk").first()


def refuse_equal(others: Iterable[models.Model], sentence: str) -> None:
    """Refuse a new row where there are ``others`` like it: who sends a form twice means one.

    Call it behind ``lock_process``, so that the second sees what the first has stored.
    """
    if any(True for _each in others):
        raise ValidationError(sentence, code="equal")


def namesakes(rows: Iterable[Row], texts: Mapping[str, str], field: str = "name") -> list[Row]:
    """Return those of ``rows`` that are called in some language as ``texts`` says."""
    wanted = {(language, fold(text)) for language, text in texts.items()}
    return [
        row
        for row in rows
        if wanted & {(language, fold(text)) for language, text in getattr(row, field).items()}
    ]


def _refuse_entrusting(row: Versioned, by: Actor) -> None:
    """Refuse what somebody who only keeps the record would give to people who sign in."""
    if isinstance(row, Held) and not may(by, "processes.entrust", row):
        raise ValidationError(
            _("People of this party sign in here: only the secretariat gives it a part in this."),
            code="entrust",
        )


def _refuse_before_process(row: Versioned, begins: str) -> None:
    """Refuse that something is held in a process that certainly had not begun.

    Pages show nothing of a process before it began, so nobody would ever see it whole.
    """
    if not (isinstance(row, Held) and begins):
        return
    process = row.body.process if isinstance(row, Seat) else row.process  # type: ignore[attr-defined]  # -- all others have one
    earliest, latest = process.begins_earliest, _latest(begins)
    if earliest and latest and latest < earliest:
        raise ValidationError(
            {"begins": _("Choose %(day)s or a later day.") % {"day": day_in_words(earliest)}},
            code="early",
        )


def _latest(text: str) -> date | None:
    """Return the latest day that ``text`` may mean; none where it is no date, which is told."""
    try:
        return parse_date(text).latest
    except ValidationError:
        return None


def remove_row(row: Versioned, *, version: int, action: str, by: Actor) -> None:
    """Remove ``row`` as the editor saw it; the log keeps all that stood in it and its sources."""
    current = lock_version(row, version)
    remove_cited(current, action=action, by=by)


def refuse_used(row: models.Model, sentence: str) -> None:
    """Refuse to remove a ``row`` to which anything points, also from an app above this one."""
    for relation in row._meta.related_objects:
        rows = relation.related_model._base_manager
        if rows.filter(**{relation.field.name: row.pk}).exists():
            raise ValidationError(sentence, code="used")


def end_row(row: Row, last_day: date, *, version: int, action: str, by: Actor) -> Row:
    """Let a dated ``row`` hold for the last time on ``last_day``; it is never prolonged."""
    changes = {"ends": last_day.isoformat()}
    current = lock_version(row, version, yours=changes)
    if end := getattr(current, "ends"):  # noqa: B009 -- every dated row has it
        latest = parse_date(end).latest
        if latest and latest <= last_day:
            raise ValidationError(_("This has ended already."), code="ended")
    change_cited(current, changes, action=action, by=by)
    return current
