"""The secretariat merges proposal by proposal; the record shows what became of each."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.accounts.models import User
from comity.audit.services import lock_version, record, save_change
from comity.consultation.brackets import choose, compose
from comity.consultation.models import (
    Alternative,
    Bracket,
    Outcome,
    Proposal,
    ProposalKind,
    ProposalTranslation,
)
from comity.consultation.services.draft import (
    add_after,
    draft_for_merging,
    passage_of,
    put_words,
    remove_passage,
    words_of,
)
from comity.texts.models import Passage, Revision

# The versions of the proposals as they were shown, by primary key.
Seen = Mapping[int, int]


@transaction.atomic
def take_proposal(
    *, proposal: Proposal, version: int, by: Actor, now: datetime | None = None
) -> Proposal:
    """Let the next draft say what a State proposed, as it proposed it.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat that consults.
        EditConflict: somebody decided on it after ``version``.
        ValidationError: it is a comment, or its author does not stand by it any more.
    """
    (current,) = _locked([proposal], {proposal.pk: version}, by)
    if current.kind == ProposalKind.COMMENT or current.paragraph_id is None:
        raise ValidationError(_("A comment holds no words to take: note it."), code="comment")
    draft = draft_for_merging(current.consultation.revision, by)
    passage = passage_of(draft, current.paragraph_id)
    match current.kind:
        case ProposalKind.DELETE:
            remove_passage(passage, by)
        case ProposalKind.AFTER:
            add_after(passage, {current.language: current.words}, by)
        case _:
            put_words(passage, current.language, current.words, by)
    _decide([current], Outcome.TAKEN, draft, by=by, now=now)
    return current


@transaction.atomic
def merge_proposals(
    *,
    proposals: Sequence[Proposal],
    seen: Seen,
    language: str,
    words: str,
    by: Actor,
    now: datetime | None = None,
) -> list[Proposal]:
    """Let the next draft say ``words`` where these proposals are: one in part, or several.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat that consults.
        EditConflict: somebody decided on one of them since.
        ValidationError: there are no words, or the proposals are not on one paragraph.
    """
    if not words.strip():
        raise ValidationError({"words": _("Write what the paragraph shall say.")}, code="words")
    found = _locked(proposals, seen, by)
    draft, passage = _place(found, by)
    put_words(passage, language, words.strip(), by)
    _decide(found, Outcome.MERGED if len(found) > 1 else Outcome.IN_PART, draft, by=by, now=now)
    return found


@transaction.atomic
def bracket_proposals(
    *, proposals: Sequence[Proposal], seen: Seen, by: Actor, now: datetime | None = None
) -> list[Bracket]:
    """Keep what is proposed beside what stands there, in brackets; each language has its own.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat that consults.
        EditConflict: somebody decided on one of them since.
        ValidationError: one is a comment, or the proposals are not on one paragraph.
    """
    found = _locked(proposals, seen, by)
    if any(each.kind == ProposalKind.COMMENT for each in found):
        raise ValidationError(_("A comment holds no words to take: note it."), code="comment")
    moment = now or timezone.now()
    draft, passage = _place(found, by)
    brackets = []
    for language in dict.fromkeys(each.language for each in found):
        inside = [
            each for each in found if each.language == language and each.kind != ProposalKind.AFTER
        ]
        if inside:
            brackets.append(_bracket_words(draft, passage, language, inside, by=by, moment=moment))
    for each in found:
        if each.kind == ProposalKind.AFTER:
            added = add_after(passage, {each.language: f"[{each.words}]"}, by)
            brackets.append(
                _open(draft, added, [({each.language: each.words}, [each])], by=by, moment=moment)
            )
    _decide(found, Outcome.BRACKETED, draft, by=by, now=moment)
    return brackets


@transaction.atomic
def refuse_proposal(
    *, proposal: Proposal, reason: str, version: int, by: Actor, now: datetime | None = None
) -> Proposal:
    """Leave the text as it is, and say why.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat that consults.
        EditConflict: somebody decided on it after ``version``.
        ValidationError: no reason is given, or its author does not stand by it any more.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is not taken.")}, code="reason")
    found = _locked([proposal], {proposal.pk: version}, by)
    _decide(found, Outcome.NOT_TAKEN, None, by=by, now=now, reason=reason)
    return found[0]


@transaction.atomic
def note_comment(
    *, proposal: Proposal, version: int, by: Actor, reason: str = "", now: datetime | None = None
) -> Proposal:
    """Note a comment, with what is answered to it.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat that consults.
        EditConflict: somebody decided on it after ``version``.
        ValidationError: it proposes words.
    """
    found = _locked([proposal], {proposal.pk: version}, by)
    if found[0].kind != ProposalKind.COMMENT:
        raise ValidationError(_("This proposes words: take them, or say why not."), code="words")
    _decide(found, Outcome.NOTED, None, by=by, now=now, reason=reason)
    return found[0]


@transaction.atomic
def reconsider_proposal(*, proposal: Proposal, version: int, by: Actor) -> Proposal:
    """Open the decision on a proposal again; the draft stays as it is until it is changed.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat that consults.
        EditConflict: somebody decided on it after ``version``.
        ValidationError: its author does not stand by it any more.
    """
    (current,) = _locked([proposal], {proposal.pk: version}, by)
    changes = {
        "outcome": Outcome.OPEN,
        "reason": "",
        "decided_by": None,
        "decided_at": None,
        "settled_in": None,
    }
    save_change(current, changes, action="proposal.reconsidered", by=by)
    return current


@transaction.atomic
def translate_proposal(
    *, proposal: Proposal, language: str, words: str, by: Actor
) -> ProposalTranslation:
    """Keep an unofficial translation of what was proposed; the words proposed stay the State's.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat that consults.
        ValidationError: it is in that language already, or the text is not in it.
    """
    require(by, "consultation.run", proposal.consultation)
    languages = proposal.consultation.revision.text.languages
    if language == proposal.language or language not in languages:
        raise ValidationError({"language": _("Choose another language of the text.")}, code="same")
    if not words.strip():
        raise ValidationError({"words": _("Write the translation.")}, code="words")
    translation, _made = ProposalTranslation.objects.update_or_create(
        proposal=proposal, language=language, defaults={"words": words.strip()}
    )
    record(by, "proposal.translated", proposal)
    return translation


def _locked(proposals: Sequence[Proposal], seen: Seen, by: Actor) -> list[Proposal]:
    """Return the proposals as they now stand, locked; refuse what nobody can decide on."""
    if not proposals:
        raise ValidationError(_("Choose a proposal first."), code="none")
    found = []
    for proposal in proposals:
        require(by, "consultation.run", proposal.consultation)
        current = lock_version(proposal, seen.get(proposal.pk, 0))
        current.consultation = proposal.consultation
        if not Proposal.objects.standing().filter(pk=current.pk).exists():
            words = _("Its author does not stand by this proposal any more.")
            raise ValidationError(words, code="gone")
        found.append(current)
    return found


def _place(proposals: Sequence[Proposal], by: Actor) -> tuple[Revision, Passage]:
    """Return the draft and the one passage that all of ``proposals`` are on."""
    first = proposals[0]
    places = {(each.consultation_id, each.paragraph_id) for each in proposals}
    if len(places) > 1 or first.paragraph_id is None:
        raise ValidationError(_("Choose proposals on one paragraph."), code="paragraph")
    draft = draft_for_merging(first.consultation.revision, by)
    return draft, passage_of(draft, first.paragraph_id)


def _bracket_words(
    draft: Revision,
    passage: Passage,
    language: str,
    proposals: Sequence[Proposal],
    *,
    by: Actor,
    moment: datetime,
) -> Bracket:
    """Put what ``proposals`` want beside what stands in the passage, in one language."""
    standing = words_of(passage, language)
    composed = compose([standing, *(each.words for each in proposals)])
    put_words(passage, language, composed.words, by)
    rows = []
    if group := composed.group:
        for words in group.alternatives:
            whole = choose(composed.words, group, words).split()
            wanting = [each for each in proposals if each.words.split() == whole]
            rows.append(({language: words}, wanting))
    dropping = [each for each in proposals if each.kind == ProposalKind.DELETE]
    return _open(
        draft, passage, [*rows, *([({}, dropping)] if dropping else [])], by=by, moment=moment
    )


def _open(
    draft: Revision,
    passage: Passage,
    alternatives: Sequence[tuple[dict[str, str], list[Proposal]]],
    *,
    by: Actor,
    moment: datetime,
) -> Bracket:
    bracket = Bracket.objects.create(
        paragraph_id=passage.paragraph_id,
        opened_in=draft,
        opened_by=by if isinstance(by, User) else None,
        opened_at=moment,
    )
    for order, (words, proposals) in enumerate(alternatives, start=1):
        row = Alternative.objects.create(bracket=bracket, order=order, words=words)
        row.proposals.set(proposals)
    record(by, "bracket.opened", bracket)
    return bracket


def _decide(
    proposals: Sequence[Proposal],
    outcome: Outcome,
    draft: Revision | None,
    *,
    by: Actor,
    now: datetime | None,
    reason: str = "",
) -> None:
    changes = {
        "outcome": outcome,
        "reason": reason.strip(),
        "decided_by": by if isinstance(by, User) else None,
        "decided_at": now or timezone.now(),
        "settled_in": draft,
    }
    for proposal in proposals:
        save_change(proposal, changes, action="proposal.decided", by=by)
