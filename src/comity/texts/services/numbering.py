"""The paragraphs of a draft are numbered anew."""

from django.db import transaction

from comity.accounts.authority import Actor
from comity.audit.services import record
from comity.texts.models import Passage, Revision
from comity.texts.numbers import numbers_for
from comity.texts.services.steps import count_up, lock_draft_version, ordered


@transaction.atomic
def renumber(*, revision: Revision, version: int, by: Actor) -> Revision:
    """Number the operative paragraphs one after another; what else is numbered keeps its own.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: the order of the paragraphs was changed after ``version``.
        ValidationError: the revision is out.
    """
    current = lock_draft_version(revision, version, by)
    passages = ordered(current)
    wanted = numbers_for((each.kind, each.level) for each in passages)
    changed = []
    for passage, number in zip(passages, wanted, strict=True):
        if number is not None and number != passage.number:
            passage.number = number
            passage.version += 1
            changed.append(passage)
    if changed:
        Passage.objects.bulk_update(changed, ["number", "version"])
        count_up(current)
        record(by, "revision.renumbered", current, after={"paragraphs": len(changed)})
    return current
