"""A draft is taken along on a laptop without network, and comes in again without loss."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import require
from comity.accounts.models import User
from comity.audit.services import record
from comity.consultation.models import Checkout, CheckoutState
from comity.consultation.returning import Difference, Side, differences
from comity.consultation.services.draft import add_after, put_words, remove_passage
from comity.consultation.services.pen import require_pen
from comity.texts.models import Passage, Revision, RevisionState, Wording


@dataclass(frozen=True)
class Brought:
    """What a file says: the words of each paragraph, and new ones with the one before each."""

    words: Mapping[int, str]
    added: Sequence[tuple[int | None, str]] = ()


@dataclass(frozen=True)
class Return:
    """What a file that came back would change, and the mark of what it was compared with."""

    differences: list[Difference]
    added: list[tuple[int | None, str]]
    mark: str

    @property
    def on_both_sides(self) -> list[Difference]:
        """The paragraphs on which somebody has to choose."""
        return [each for each in self.differences if each.side is Side.BOTH]


@transaction.atomic
def check_out(
    *, revision: Revision, language: str, by: User, now: datetime | None = None
) -> Checkout:
    """Take a draft along in one language; its paragraphs are marked until it comes back.

    Raises:
        PermissionDenied: ``by`` does not draft this text.
        ValidationError: it is no draft, not in this language, or taken along already.
    """
    require(by, "consultation.draft", revision.text)
    Revision.objects.select_for_update().get(pk=revision.pk)
    if revision.state != RevisionState.DRAFT:
        raise ValidationError(_("This revision is out: take a draft along."), code="state")
    if language not in revision.text.languages:
        raise ValidationError(_("The text is not written in this language."), code="language")
    if out_of(revision).filter(language=language).exists():
        raise ValidationError(_("It is taken along in this language already."), code="out")
    base = {str(paragraph): words for paragraph, words in _standing(revision, language).items()}
    checkout = Checkout.objects.create(
        revision=revision,
        language=language,
        base=base,
        taken_by=by,
        taken_at=now or timezone.now(),
    )
    record(by, "draft.checked_out", checkout)
    return checkout


@transaction.atomic
def bring_back(*, checkout: Checkout, brought: Brought, by: User) -> Checkout:
    """Keep what a file says that came back, until it is looked at; nothing changes yet.

    Raises:
        PermissionDenied: ``by`` does not draft this text.
        ValidationError: it was taken over or given up already.
    """
    require(by, "consultation.draft", checkout.revision.text)
    current = _locked(checkout)
    current.brought = {
        "words": {str(paragraph): words for paragraph, words in brought.words.items()},
        "added": [list(each) for each in brought.added],
    }
    current.state = CheckoutState.BROUGHT
    current.version += 1
    current.save()
    record(by, "draft.brought", current)
    return current


def read_return(checkout: Checkout) -> Return:
    """Return what the file that came back would change, as the draft stands now."""
    brought = checkout.brought or {"words": {}, "added": []}
    base = {int(paragraph): words for paragraph, words in checkout.base.items()}
    file = {int(paragraph): words for paragraph, words in brought["words"].items()}
    here = _standing(checkout.revision, checkout.language)
    found = differences(base, file, here)
    added = [(after, words) for after, words in brought["added"]]
    told = json.dumps([[each.paragraph, each.file, each.here] for each in found])
    return Return(found, added, hashlib.sha256(told.encode()).hexdigest()[:32])


@transaction.atomic
def take_over_return(
    *,
    checkout: Checkout,
    chosen: Mapping[int, str | None],
    mark: str,
    by: User,
    now: datetime | None = None,
) -> Checkout:
    """Take over what was changed on the laptop, whole or not at all.

    ``chosen`` says what each paragraph shall say that was changed on both sides; ``None`` takes
    it out. What was changed only here stays.

    Raises:
        PermissionDenied: ``by`` does not draft this text.
        ValidationError: somebody else writes, the draft was changed since it was compared
            (``mark``), or a paragraph that both sides changed is not decided.
    """
    moment = now or timezone.now()
    require_pen(checkout.revision.text, by, moment)
    current = _locked(checkout)
    if current.state != CheckoutState.BROUGHT:
        raise ValidationError(_("Bring the file back first."), code="state")
    found = read_return(current)
    if found.mark != mark:
        raise ValidationError(
            _("The draft was changed while you looked at it. Look at the paragraphs again."),
            code="changed",
        )
    open_ones = [each for each in found.on_both_sides if each.paragraph not in chosen]
    if open_ones:
        raise ValidationError(
            _("Choose what each paragraph shall say that was changed on both sides."), code="both"
        )
    for difference in found.differences:
        if difference.side is Side.FILE:
            _apply(current, difference, difference.file, by)
        elif difference.side is Side.BOTH:
            _apply(current, difference, chosen[difference.paragraph], by)
    for after, words in reversed(found.added):
        add_after(_place(current.revision, after), {current.language: words}, by)
    return _end(current, CheckoutState.RETURNED, "draft.taken_over", by, moment)


@transaction.atomic
def give_up_checkout(*, checkout: Checkout, by: User, now: datetime | None = None) -> Checkout:
    """Say that nothing of a text that was taken along will come back.

    Raises:
        PermissionDenied: ``by`` does not draft this text.
        ValidationError: it was taken over or given up already.
    """
    require(by, "consultation.draft", checkout.revision.text)
    current = _locked(checkout)
    return _end(current, CheckoutState.DROPPED, "draft.given_up", by, now or timezone.now())


def is_as_it_left(checkout: Checkout) -> bool:
    """Whether the draft says what it said when it was taken along: else no file of it is made."""
    base = {int(paragraph): words for paragraph, words in checkout.base.items()}
    return _standing(checkout.revision, checkout.language) == base


def out_of(revision: Revision) -> QuerySet[Checkout]:
    """Return what is taken along of ``revision`` and has not come in."""
    out = (CheckoutState.OUT, CheckoutState.BROUGHT)
    return Checkout.objects.filter(revision=revision, state__in=out)


def _locked(checkout: Checkout) -> Checkout:
    found = Checkout.objects.select_for_update(of=("self",)).select_related("revision__text")
    current = found.get(pk=checkout.pk)
    if current.state not in (CheckoutState.OUT, CheckoutState.BROUGHT):
        raise ValidationError(_("This was taken over or given up already."), code="state")
    return current


def _apply(checkout: Checkout, difference: Difference, words: str | None, by: User) -> None:
    revision = checkout.revision
    passage = revision.passages.filter(paragraph=difference.paragraph).first()
    if passage is not None:
        passage.revision = revision
    if words is None:
        if passage is not None:
            remove_passage(passage, by)
    elif passage is None:
        add_after(_place(revision, None), {checkout.language: words}, by)
    elif words != difference.here:
        put_words(passage, checkout.language, words, by)


def _place(revision: Revision, after: int | None) -> Passage:
    """Return the passage behind which something is added: the last where that one is gone."""
    passages = revision.passages.order_by("-order")
    found = passages.filter(paragraph=after).first() if after else None
    place = found or passages.first()
    if place is None:
        raise ValidationError(_("The draft has no paragraphs any more."), code="empty")
    place.revision = revision
    return place


def _standing(revision: Revision, language: str) -> dict[int, str]:
    """Return what each paragraph says now; one that is not written in the language says nothing."""
    words = dict(
        Wording.objects.filter(passage__revision=revision, language=language).values_list(
            "passage__paragraph", "words"
        )
    )
    passages = revision.passages.order_by("order").values_list("paragraph", flat=True)
    return {paragraph: words.get(paragraph, "") for paragraph in passages}


def _end(
    checkout: Checkout, state: CheckoutState, action: str, by: User, moment: datetime
) -> Checkout:
    checkout.state, checkout.ended_by, checkout.ended_at = state, by, moment
    checkout.version += 1
    checkout.save()
    record(by, action, checkout)
    return checkout
