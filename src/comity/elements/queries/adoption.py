"""What the page of an adoption shows: the rule, each attempt, and what is missing."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, may
from comity.calls.models import ReplyState, Submission, SubmissionState
from comity.documents.models import Document
from comity.elements.asked import CONFIRMS
from comity.elements.models import (
    Adoption,
    AdoptionRule,
    AdoptionState,
    AdoptionWay,
    Consensus,
)
from comity.elements.queries.adopting import (
    late_objections,
    objections_until,
    obstacles,
    rule_of,
)
from comity.parties.models import Party
from comity.texts.models import Revision, RevisionState, Text

MARKS = {
    AdoptionState.OPEN: "submitted",
    AdoptionState.ADOPTED: "done",
    AdoptionState.BROKEN: "returned",
    AdoptionState.ENDED: "draft",
}


@dataclass(frozen=True)
class Attempt:
    """One attempt to adopt, as a reader may know of it.

    ``objected`` are the names of who objected, for whoever may know them; to others the state
    alone says that somebody did.
    """

    adoption: Adoption
    mark: str
    state: str
    record_url: str
    objected: list[str]
    late: list[str]
    answered: int
    asked: int


@dataclass(frozen=True)
class AdoptionPage:
    """What the page of the adoption of a text shows."""

    rule: AdoptionRule
    ways: list[str]
    attempts: list[Attempt]
    consensus: Consensus | None
    missing: list[str]


def latest_adoption(text: Text) -> Adoption | None:
    """Return the attempt under way, or the last one."""
    return Adoption.objects.filter(text=text).select_related("call", "comments").first()


def read_adoption(text: Text, actor: Actor, on: date) -> AdoptionPage:
    """Return the page of the adoption of ``text`` as ``actor`` may see it."""
    rule = rule_of(text.document.process)
    visible = Adoption.objects.visible_to(actor, on).filter(text=text)
    rows = visible.select_related("call", "comments", "meeting", "record", "revision", "text")
    attempts = [_attempt(row, text, actor, on) for row in rows]
    runs = may(actor, "elements.adopt", text)
    knows = runs or may(actor, "elements.state_consensus", text) or bool(attempts)
    stated = Consensus.objects.filter(revision__text=text).select_related("revision")
    return AdoptionPage(
        rule=rule,
        ways=[str(AdoptionWay(way).label) for way in rule.ways],
        attempts=attempts,
        consensus=stated.last() if knows else None,
        missing=_missing(text, rule, on) if runs else [],
    )


def _attempt(adoption: Adoption, text: Text, actor: Actor, on: date) -> Attempt:
    adoption.text = text
    record = adoption.record
    readable = record is not None and (
        Document.objects.visible_to(actor, on).filter(pk=record.pk).exists()
    )
    objected: list[str] = []
    late: list[str] = []
    is_silence = adoption.way == AdoptionWay.SILENCE and may(
        actor, "elements.see_objectors", adoption
    )
    if is_silence and adoption.due_at:
        found = list(objections_until(adoption, adoption.due_at))
        objected = names_of({each.reply.party_id for each in found}, on)
        late = names_of({each.reply.party_id for each in late_objections(adoption)}, on)
    replies = adoption.call.replies.all() if adoption.call else None
    return Attempt(
        adoption=adoption,
        mark=MARKS[AdoptionState(adoption.state)],
        state=adoption.get_state_display(),
        record_url=record.get_absolute_url() if record is not None and readable else "",
        objected=objected,
        late=late,
        answered=_confirmed(adoption),
        asked=replies.count() if replies is not None else 0,
    )


def _confirmed(adoption: Adoption) -> int:
    """Return how many members confirmed, where they are asked to."""
    if adoption.way != AdoptionWay.WRITTEN or adoption.call is None:
        return 0
    held = Submission.objects.filter(
        reply__call=adoption.call,
        reply__state=ReplyState.ACCEPTED,
        state=SubmissionState.ACCEPTED,
    )
    return sum(bool(each.values.get(CONFIRMS)) for each in held)


def names_of(parties: set[int], on: date) -> list[str]:
    """Return the names of ``parties`` on that day, in order."""
    if not parties:
        return []
    rows = Party.objects.filter(pk__in=parties).with_name(on)
    return sorted(str(each) for each in rows)


def _missing(text: Text, rule: AdoptionRule, on: date) -> list[str]:
    """Return what stands against adopting the latest revision in any of the ways of the rule."""
    revision = (
        Revision.objects.filter(text=text).exclude(state=RevisionState.FINAL).latest_first().first()
    )
    if revision is None:
        return []
    revision.text = text
    found: dict[str, None] = {}
    for way in rule.ways:
        found |= dict.fromkeys(obstacles(revision, AdoptionWay(way), on))
    if rule.needs_consensus and not Consensus.objects.filter(revision=revision).exists():
        found[_("The presidency has not stated that all members agree.")] = None
    return list(found)
