"""Consultations, and what States propose in them."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import BooleanField, Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from comity.accounts.authority import SYSTEM, Actor
from comity.accounts.models import User
from comity.audit.models import Versioned
from comity.calls.models import Call, CallState, Reply, Submission
from comity.consultation.models.rules import NamesShown
from comity.consultation.models.standing import being_member, drafting, running, watching
from comity.parties.models import Party
from comity.texts.models import Paragraph, Revision

PROCESS = "consultation__call__process"


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """The questions one asks of consultations."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """Keep the consultations that ``actor`` may know of on that day.

        - Those whose call they may see: see ``Call``.
        - Once the call is closed, others who take part where observers read drafts.
        """
        called = Q(call__in=Call.objects.visible_to(actor, on))
        if not isinstance(actor, User):
            return self.filter(called)
        closed = Q(call__state=CallState.CLOSED)
        return self.filter(called | (closed & watching("call__process", actor, on)))


class Consultation(models.Model):
    """A call for words on one revision of a text that was circulated."""

    call = models.OneToOneField(Call, on_delete=models.CASCADE, related_name="consultation")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="consultations")

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.call)


class ProposalKind(models.TextChoices):
    """What a State wants of a paragraph."""

    WORDS = "words", _("other words")
    AFTER = "after", _("a new paragraph after it")
    DELETE = "delete", _("deletion")
    COMMENT = "comment", _("a comment")


class Outcome(models.TextChoices):
    """What became of a proposal."""

    OPEN = "open", _("not decided yet")
    TAKEN = "taken", _("taken")
    IN_PART = "in_part", _("taken in part")
    MERGED = "merged", _("merged with others")
    BRACKETED = "bracketed", _("kept in brackets")
    NOT_TAKEN = "not_taken", _("not taken")
    NOTED = "noted", _("noted")
    REPLACED = "replaced", _("replaced by its author")
    WITHDRAWN = "withdrawn", _("withdrawn by its author")


# Of these, nobody has to decide anything any more.
BY_ITS_AUTHOR = (Outcome.REPLACED, Outcome.WITHDRAWN)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """The questions one asks of proposals."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """Keep the proposals that ``actor`` may read on that day.

        - The people of a party read its own.
        - The secretariat, the presidency and the drafting committee read what was accepted.
        - Members read them once the call is closed, so that nobody answers another's answer.
        - Others who take part read them then too, where observers read drafts.

        Nobody reads them by running the installation, and nobody outside the process.
        """
        if actor is SYSTEM:
            return self.all()
        if not isinstance(actor, User):
            return self.none()
        closed = Q(consultation__call__state=CallState.CLOSED)
        others = being_member(PROCESS, actor, on) | watching(PROCESS, actor, on)
        return self.filter(_reading_all(actor, on) | (closed & others))

    def with_names_for(self, actor: Actor, on: date) -> Self:
        """Add ``is_named``: whether ``actor``, who reads it, may see whose proposal it is."""
        if actor is SYSTEM:
            return self.annotate(is_named=Value(value=True))
        if not isinstance(actor, User):
            return self.annotate(is_named=Value(value=False))
        named = (
            Q(party__in=Party.objects.of(actor, on))
            | running(PROCESS, actor, on)
            | (~_shown_to(NamesShown.SECRETARIAT) & drafting(PROCESS, actor, on))
            | (_shown_to(NamesShown.MEMBERS) & being_member(PROCESS, actor, on))
            | _shown_to(NamesShown.AUDIENCE)
        )
        case = Case(When(named, then=True), default=False, output_field=BooleanField())
        return self.annotate(is_named=case)

    def standing(self) -> Self:
        """Keep what its author still stands by."""
        return self.exclude(outcome__in=BY_ITS_AUTHOR)


def _reading_all(actor: User, on: date) -> Q:
    own = Q(party__in=Party.objects.of(actor, on))
    return own | running(PROCESS, actor, on) | drafting(PROCESS, actor, on)


def _shown_to(choice: NamesShown) -> Q:
    # A process without rules has the default, which is none of those asked for here.
    has_rules = Q(**{f"{PROCESS}__consultation_rules__isnull": False})
    return has_rules & Q(**{f"{PROCESS}__consultation_rules__names_shown_to": choice})


class Proposal(Versioned):
    """What one State proposed on one paragraph, in its language, and what became of it."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="proposals"
    )
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="+", editable=False
    )
    # Without a paragraph it is on the whole text.
    paragraph = models.ForeignKey(
        Paragraph, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ProposalKind)
    language = models.CharField(_("language"), max_length=10)
    words = models.TextField(_("words"), blank=True)
    comment = models.TextField(_("comment"), blank=True)
    outcome = models.CharField(
        _("what became of it"), max_length=10, choices=Outcome, default=Outcome.OPEN
    )
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    settled_in = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        # By its words: the order in which answers came would tell whose they are.
        ordering = ["consultation", "paragraph", "kind", "language", "words", "comment", "pk"]
        indexes = [models.Index(fields=["consultation", "paragraph"], name="proposal_by_paragraph")]

    def __str__(self) -> str:
        return self.words or self.comment

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide on it."""
        return self.outcome == Outcome.OPEN


class ProposalTranslation(models.Model):
    """A proposal in another language; it is unofficial: the words proposed are the State's."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=10)
    words = models.TextField(_("words"))

    class Meta:
        verbose_name = _("unofficial translation")
        ordering = ["proposal", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "language"], name="proposal_translated_once"
            )
        ]

    def __str__(self) -> str:
        return self.words


class WaitingAnswer(models.Model):
    """What a Word file proposes, until who sent it has seen it; it is nobody else's matter."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="+")
    sent_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField()
    values = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reply", "sent_by"], name="waiting_answer_one_of_each_sender"
            )
        ]

    def __str__(self) -> str:
        return str(self.reply)
