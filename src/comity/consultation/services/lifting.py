"""A bracket is lifted: one of its alternatives stays, or nothing, or other words."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.accounts.models import User
from comity.audit.services import save_change
from comity.consultation.brackets import Group, choose, groups_in
from comity.consultation.models import Bracket
from comity.consultation.services.draft import put_words
from comity.consultation.services.pen import require_pen
from comity.texts.models import Passage, Wording


@transaction.atomic
def lift_bracket(
    *,
    passage: Passage,
    language: str,
    place: int,
    chosen: str,
    version: int,
    by: User,
    now: datetime | None = None,
) -> Passage:
    """Let ``chosen`` stand where the bracket at ``place`` stood, counted from 0 in ``language``.

    Where another language has the same brackets, the alternative at the same place is chosen
    there too; else it keeps its brackets until somebody lifts them there.

    Raises:
        PermissionDenied: ``by`` does not draft this text.
        EditConflict: somebody changed the words after ``version``.
        ValidationError: somebody else writes, or there is no such bracket.
    """
    moment = now or timezone.now()
    require_pen(passage.revision.text, by, moment)
    wordings = {each.language: each for each in passage.wordings.all()}
    wording = wordings.get(language)
    groups = groups_in(wording.words) if wording else []
    if wording is None or place >= len(groups):
        raise ValidationError(_("This bracket is not there any more."), code="gone")
    group = groups[place]
    put_words(passage, language, choose(wording.words, group, chosen), by, version=version)
    for other in wordings.values():
        if other.language != language:
            _follow(passage, other, (place, len(groups)), group, chosen, by=by)
    _mark_lifted(passage, language, group, chosen, by=by, moment=moment)
    return passage


def _follow(
    passage: Passage, other: Wording, at: tuple[int, int], group: Group, chosen: str, *, by: Actor
) -> None:
    """Choose in another language what was chosen in the first, where its brackets are the same."""
    place, count = at
    theirs = groups_in(other.words)
    if len(theirs) != count or len(theirs[place].alternatives) != len(group.alternatives):
        return
    if not chosen.strip():
        same = ""
    elif chosen in group.alternatives:
        same = theirs[place].alternatives[group.alternatives.index(chosen)]
    else:
        return
    # The original has just marked the others behind: its version is read anew.
    put_words(passage, other.language, choose(other.words, theirs[place], same), by)


def _mark_lifted(
    passage: Passage,
    language: str,
    group: Group,
    chosen: str,
    *,
    by: User,
    moment: datetime,
) -> None:
    """Say of the bracket that was opened with these alternatives how it was lifted."""
    rows = Bracket.objects.filter(paragraph=passage.paragraph_id, lifted_at=None)
    for bracket in rows.prefetch_related("alternatives"):
        words = {each.words.get(language, "") for each in bracket.alternatives.all()}
        if words - {""} == set(group.alternatives):
            changes = {
                "lifted_in": passage.revision,
                "lifted_by": by,
                "lifted_at": moment,
                "chosen": chosen.strip(),
            }
            save_change(bracket, changes, action="bracket.lifted", by=by)
            return
