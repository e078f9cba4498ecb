"""Replies: what one party was asked, what it drafts among its own, and what it sent."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comity.accounts.authority import SYSTEM, Actor
from comity.accounts.models import User
from comity.audit.models import Versioned
from comity.calls.models.calls import Call, CallState
from comity.parties.models import Ministry, Party
from comity.processes.audiences import addressed_to
from comity.processes.models import Process
from comity.store.models import StoredFile


class ReplyState(models.TextChoices):
    """How far the reply of one party is, as all may see who see the board.

    Whether the party has begun to draft is nobody else's matter: awaited is awaited.
    """

    AWAITED = "awaited", _("awaited")
    SENT = "sent", _("sent")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", _("accepted")


class Way(models.TextChoices):
    """How an answer came."""

    ONLINE = "online", _("on this site")
    WORKBOOK = "workbook", _("in the workbook")
    WORD = "word", _("in the Word file")
    NOTE = "note", _("by note verbale")
    MAIL = "mail", _("by mail")
    TELEPHONE = "telephone", _("by telephone")
    IN_ROOM = "room", _("in the room")


# What the secretariat enters for a party; the party may confirm it later.
RECORDED = (Way.NOTE, Way.MAIL, Way.TELEPHONE, Way.IN_ROOM)


class ReplyQuerySet(models.QuerySet["Reply"]):
    """The questions one asks of replies."""

    def of(self, actor: Actor, on: date) -> Self:
        """Keep the replies of the parties to which ``actor`` belongs on that day."""
        if not isinstance(actor, User):
            return self.none()
        issued = self.exclude(call__state=CallState.PREPARED)
        return issued.filter(party__in=Party.objects.of(actor, on))

    def on_board_of(self, actor: Actor, on: date) -> Self:
        """Keep the replies of which ``actor`` may know how far they are: see ``Call``."""
        return self.filter(call__in=Call.objects.on_board_of(actor, on))


class Reply(Versioned):
    """What one party was asked by a call, and how far its answer is.

    ``due_at`` stands where this party alone has more time than the call gives.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="replies")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="replies")
    state = models.CharField(
        _("state"), max_length=10, choices=ReplyState, default=ReplyState.AWAITED, editable=False
    )
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    released_at = models.DateTimeField(_("released"), null=True, editable=False)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply")
        ordering = ["call", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "party"], name="reply_once_for_each_party"),
        ]
        indexes = [models.Index(fields=["party", "state"], name="reply_of_party")]

    def __str__(self) -> str:
        return f"{self.party} – {self.call}"

    def is_open(self, now: datetime) -> bool:
        """Whether the party may still answer: the call is open, or it has more time alone."""
        if self.call.state == CallState.OPEN:
            return True
        has_time = self.due_at is not None and self.due_at >= now
        return self.call.state == CallState.CLOSED and has_time


class EntryQuerySet(models.QuerySet["Entry"]):
    """The questions one asks of drafts."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """Keep what ``actor``'s own party drafts: nobody else sees that there is anything."""
        if not isinstance(actor, User):
            return self.none()
        return self.filter(reply__party__in=Party.objects.of(actor, on))


class Entry(Versioned):
    """One field of a party's draft, as the ministry that answers it last wrote it."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="entries")
    key = models.CharField(max_length=120)
    value = models.JSONField(null=True)
    ministry = models.ForeignKey(
        Ministry, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["reply", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "key"], name="entry_once_for_each_field"),
        ]

    def __str__(self) -> str:
        return self.key


class SubmissionState(models.TextChoices):
    """What became of something that was sent."""

    SENT = "sent", _("sent")
    ACCEPTED = "accepted", _("accepted")
    RETURNED = "returned", _("returned")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REPLACED = "replaced", _("replaced by a later one")


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """The questions one asks of what was sent."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """Keep what ``actor`` may read on that day.

        - The people of a party read all that it sent, or that was recorded for it.
        - The secretariat reads what was sent to it, unless the party took it back unread.
        - The audience of the call reads what was accepted, once it is released.
        """
        if actor is SYSTEM:
            return self.all()
        released = Q(
            state=SubmissionState.ACCEPTED,
            reply__released_at__isnull=False,
            reply__call__in=Call.objects.filter(addressed_to(Call, actor, on)).values("pk"),
        )
        if not isinstance(actor, User):
            return self.filter(released)
        own = Q(reply__party__in=Party.objects.of(actor, on))
        run = Q(reply__call__process__in=Process.objects.run_by(actor, on))
        return self.filter(own | (run & ~Q(state=SubmissionState.WITHDRAWN)) | released)


class Submission(models.Model):
    """What a party sent once, as it was cleared; rows are added, and only judged afterwards."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    values = models.JSONField(default=dict)
    way = models.CharField(max_length=10, choices=Way)
    note = models.TextField(_("note"), blank=True)
    scan = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    state = models.CharField(
        max_length=10, choices=SubmissionState, default=SubmissionState.SENT, editable=False
    )
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(_("reason"), blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer sent")
        ordering = ["reply", "number"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "number"], name="submission_numbered_once"),
            models.UniqueConstraint(
                fields=["reply"],
                condition=Q(state=SubmissionState.SENT),
                name="submission_one_waits_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["reply"],
                condition=Q(state=SubmissionState.ACCEPTED),
                name="submission_one_holds_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reply} ({self.number})"

    @property
    def is_recorded(self) -> bool:
        """Whether the secretariat entered it for the party."""
        return self.way in RECORDED
