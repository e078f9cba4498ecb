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

    Where another language has the same bracket, the alternative at the same place is chosen
    there too. One that was opened apart, from other proposals, stays until it is lifted there.

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
    bracket = _bracket_of(passage, language, group)
    put_words(passage, language, choose(wording.words, group, chosen), by, version=version)
    for other in wordings.values():
        theirs = groups_in(other.words)
        if other.language == language or len(theirs) != len(groups):
            continue
        # Two brackets that were opened apart are lifted apart: what they say differs.
        if _bracket_of(passage, other.language, theirs[place]) == bracket:
            _follow(passage, other, theirs[place], group, chosen=chosen, by=by)
    if bracket is not None:
        changes = {
            "lifted_in": passage.revision,
            "lifted_by": by,
            "lifted_at": moment,
            "chosen": chosen.strip(),
        }
        save_change(bracket, changes, action="bracket.lifted", by=by)
    return passage


def _follow(
    passage: Passage, other: Wording, theirs: Group, group: Group, *, chosen: str, by: Actor
) -> None:
    """Choose in another language what was chosen in the first, if its alternatives are as many."""
    if len(theirs.alternatives) != len(group.alternatives):
        return
    if not chosen.strip():
        same = ""
    elif chosen in group.alternatives:
        same = theirs.alternatives[group.alternatives.index(chosen)]
    else:
        return
    put_words(passage, other.language, choose(other.words, theirs, same), by)


def _bracket_of(passage: Passage, language: str, group: Group) -> Bracket | None:
    """Return the bracket that was opened with the alternatives of ``group``, if one was."""
    rows = Bracket.objects.filter(paragraph=passage.paragraph_id, lifted_at=None)
    for bracket in rows.prefetch_related("alternatives"):
        words = {each.words.get(language, "") for each in bracket.alternatives.all()}
        if words - {""} == set(group.alternatives):
            return bracket
    return None
