"""What States proposed, paragraph by paragraph, for one reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from comity.accounts.authority import Actor
from comity.accounts.models import User
from comity.accounts.names import names_of
from comity.consultation.asking import place_of
from comity.consultation.marking import Bracketed, with_brackets
from comity.consultation.models import (
    Consultation,
    Pen,
    Proposal,
    ProposalKind,
    ProposalTranslation,
)
from comity.core.languages import language_name
from comity.parties.models.parties import name_of
from comity.texts.differing import Mark, Piece, differing
from comity.texts.models import Passage, Revision, RevisionState, Text, Wording


@dataclass(frozen=True)
class Worded:
    """What a passage says in one language, its brackets marked."""

    row: Wording
    language: str
    pieces: list[Bracketed]


@dataclass(frozen=True)
class Shown:
    """A proposal as its reader may see it; ``who`` is empty where they may not know."""

    row: Proposal
    who: str
    language: str
    pieces: Sequence[Piece]
    translations: list[ProposalTranslation]
    decided_by: str


@dataclass(frozen=True)
class ParagraphRecord:
    """A paragraph with its words and what was proposed on it."""

    passage: Passage
    wordings: list[Worded]
    proposals: list[Shown]

    @property
    def place(self) -> str:
        """How the paragraph is called."""
        return place_of(self.passage)


@dataclass(frozen=True)
class TextRecord:
    """All that was proposed on a revision; ``general`` is on the whole of it."""

    paragraphs: list[ParagraphRecord]
    general: list[Shown]

    @property
    def proposals(self) -> list[Shown]:
        """Every proposal, in the order of the text."""
        return [*(each for one in self.paragraphs for each in one.proposals), *self.general]

    @property
    def open_count(self) -> int:
        """How many proposals still wait for a decision."""
        return sum(each.row.is_open for each in self.proposals)


def read_record(
    consultation: Consultation, actor: Actor, on: date, *, paragraph: int | None = None
) -> TextRecord:
    """Return the words and the proposals that ``actor`` may read, of one paragraph or of all."""
    passages = Passage.objects.filter(revision=consultation.revision_id).order_by("order")
    visible = Proposal.objects.visible_to(actor, on).with_names_for(actor, on)
    proposals = visible.filter(consultation=consultation)
    if paragraph is not None:
        passages = passages.filter(paragraph=paragraph)
        proposals = proposals.filter(paragraph=paragraph)
    found = list(passages.prefetch_related("wordings"))
    standing = {
        (passage.paragraph_id, wording.language): wording.words
        for passage in found
        for wording in passage.wordings.all()
    }
    shown = _shown(proposals, standing, on)
    languages = consultation.revision.text.in_order
    return TextRecord(
        [
            ParagraphRecord(
                passage,
                worded(passage, languages),
                [each for each in shown if each.row.paragraph_id == passage.paragraph_id],
            )
            for passage in found
        ],
        [each for each in shown if each.row.paragraph_id is None],
    )


def worded(passage: Passage, languages: Sequence[str]) -> list[Worded]:
    """Return what ``passage`` says, the original first; its wordings are fetched already."""
    wordings = {each.language: each for each in passage.wordings.all()}
    return [
        Worded(wordings[code], language_name(code), with_brackets(wordings[code].words))
        for code in languages
        if code in wordings
    ]


def _shown(
    proposals: Any,  # noqa: ANN401 -- the stubs do not know what is annotated
    standing: dict[tuple[int, str], str],
    on: date,
) -> list[Shown]:
    rows = list(
        proposals.annotate(party_name=name_of("party", on)).prefetch_related("translations")
    )
    people = names_of({row.decided_by_id for row in rows if row.decided_by_id})
    return [
        Shown(
            row,
            row.party_name if row.is_named else "",
            language_name(row.language),
            _pieces(row, standing.get((row.paragraph_id, row.language), "")),
            list(row.translations.all()),
            people.get(row.decided_by_id, ""),
        )
        for row in rows
    ]


def _pieces(proposal: Proposal, standing: str) -> Sequence[Piece]:
    match proposal.kind:
        case ProposalKind.WORDS:
            return differing(standing, proposal.words)
        case ProposalKind.DELETE:
            return [Piece(Mark.GONE, standing)]
        case ProposalKind.AFTER:
            return [Piece(Mark.NEW, proposal.words)]
    return []


@dataclass(frozen=True)
class Writing:
    """Who writes in a text now, and until when."""

    name: str
    until: datetime | None
    is_reader: bool


def who_writes(pen: Pen, reader: User) -> Writing | None:
    """Return who holds the pen now; nobody where it lies on the table."""
    holder = pen.held_at(timezone.now())
    if holder is None:
        return None
    return Writing(names_of({holder.pk})[holder.pk], pen.until, holder == reader)


def read_draft(revision: Revision) -> list[tuple[Passage, str, list[Worded]]]:
    """Return the passages of a revision, how each is called, and what it says in each language."""
    languages = revision.text.in_order
    passages = revision.passages.order_by("order").prefetch_related("wordings")
    return [(passage, place_of(passage), worded(passage, languages)) for passage in passages]


def draft_of(text: Text) -> Revision | None:
    """Return the draft that is being written, if there is one."""
    found = text.revisions.filter(state=RevisionState.DRAFT).select_related("text__document")
    return found.first()


def latest_of(consultation: Consultation) -> Revision:
    """Return the revision that is written now, or the one that is consulted on."""
    return draft_of(consultation.revision.text) or consultation.revision
