"""What every change in a revision shares: it is locked first, and refused once it is out."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.services import lock_version
from comity.texts.models import Passage, Revision

# Farther than any passage stands: rows pass through there while their places are exchanged.
ASIDE = 1_000_000


def lock_draft(revision: Revision, by: Actor) -> Revision:
    """Return ``revision`` locked, for somebody who may write in it.

    Two who write in one revision do so one after the other, each in an own paragraph.
    """
    require(by, "texts.write", revision.text)
    current = Revision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
    return _refuse_frozen(current)


def lock_draft_version(revision: Revision, version: int, by: Actor) -> Revision:
    """Return ``revision`` locked as its editor saw the order of its paragraphs."""
    require(by, "texts.write", revision.text)
    return _refuse_frozen(lock_version(revision, version))


def count_up(revision: Revision) -> None:
    """Let who saw the paragraphs in their former order know that it has changed."""
    revision.version += 1
    revision.save(update_fields=["version"])


def ordered(revision: Revision) -> list[Passage]:
    """Return the passages of ``revision`` in their order."""
    return list(revision.passages.order_by("order"))


def place(revision: Revision, passages: Sequence[Passage]) -> None:
    """Let the stored ``passages`` of ``revision`` stand in this order, numbered from 1.

    No two may stand at one place, not even for a moment: all that move go aside first.
    """
    moving = [each for spot, each in enumerate(passages, start=1) if each.order != spot]
    if not moving:
        return
    keys = [each.pk for each in moving]
    Passage.objects.filter(pk__in=keys).update(order=F("order") + ASIDE)
    for spot, each in enumerate(passages, start=1):
        each.order = spot
    Passage.objects.bulk_update(moving, ["order"])


def spot_after(passages: Sequence[Passage], after: Passage | None) -> int:
    """Return the index behind ``after``; the beginning where it is None.

    Raises ValidationError where it stands in another revision or was removed meanwhile.
    """
    if after is None:
        return 0
    for index, each in enumerate(passages):
        if each.pk == after.pk:
            return index + 1
    raise ValidationError(_("This paragraph is not in the revision any more."), code="gone")


def _refuse_frozen(revision: Revision) -> Revision:
    if revision.is_frozen:
        raise ValidationError(
            _("This revision is out: its words no longer change. Start another revision."),
            code="frozen",
        )
    return revision
