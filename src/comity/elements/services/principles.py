"""Keep the register of what several texts hold in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.services import lock_version, record_creation, record_removal, save_change
from comity.elements.models import Element, Principle
from comity.processes.models import Process


@dataclass(frozen=True)
class PrincipleFacts:
    """A principle in the words of the register, its number, and the elements that say it."""

    words: Mapping[str, str]
    order: int
    sources: Sequence[Element]


@transaction.atomic
def add_principle(*, process: Process, facts: PrincipleFacts, by: Actor) -> Principle:
    """Add a principle to the register of ``process``.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: it has no source, one of another process, or a value is wrong.
    """
    principle = Principle(process=process, words=dict(facts.words), order=facts.order)
    require(by, "elements.keep_principles", principle)
    _refuse_foreign(process, facts.sources)
    principle.full_clean()
    principle.save()
    principle.sources.set(facts.sources)
    record_creation(principle, action="principle.added", by=by)
    return principle


@transaction.atomic
def change_principle(
    *, principle: Principle, facts: PrincipleFacts, version: int, by: Actor
) -> Principle:
    """Change a principle, its number or its sources.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: it has no source, one of another process, or a value is wrong.
    """
    require(by, "elements.keep_principles", principle)
    changes = {
        "words": dict(facts.words),
        "order": facts.order,
        "sources": list(facts.sources),
    }
    current = lock_version(principle, version, yours=changes)
    _refuse_foreign(current.process, facts.sources)
    save_change(current, changes, action="principle.changed", by=by)
    return current


@transaction.atomic
def remove_principle(*, principle: Principle, version: int, by: Actor) -> None:
    """Remove a principle from the register; the elements stay, and the log keeps what it said.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
    """
    require(by, "elements.keep_principles", principle)
    current = lock_version(principle, version)
    record_removal(current, action="principle.removed", by=by)
    current.delete()


def _refuse_foreign(process: Process, sources: Sequence[Element]) -> None:
    if not sources:
        raise ValidationError({"sources": _("Name at least one element.")}, code="none")
    if any(element.text.document.process_id != process.pk for element in sources):
        words = _("An element belongs to another process.")
        raise ValidationError({"sources": words}, code="process")
