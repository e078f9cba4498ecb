"""The production plan: who owes which paper, in which languages, how long before a meeting."""

from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from comity.accounts.authority import SYSTEM, Actor
from comity.accounts.models import User
from comity.audit.models import Versioned
from comity.core.dates import parse_date
from comity.core.translated import TranslatedField, text_in
from comity.documents.models.documents import Document
from comity.parties.models import Party
from comity.processes.audiences import presided_by
from comity.processes.models import (
    TAKING_PART,
    Body,
    Meeting,
    Participation,
    Process,
    Seat,
    Status,
)

A_DAY = len("2003-05-28")


class Owner(models.TextChoices):
    """Who owes a paper."""

    SECRETARIAT = "secretariat", _("the secretariat")
    PARTY = "party", _("a party")
    BODY = "body", _("a body")


class OwedPaperQuerySet(models.QuerySet["OwedPaper"]):
    """The questions one asks of a production plan."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """Keep what ``actor`` may know of plans on that day.

        - Members, the presidency and the secretariat of the process know all of it.
        - Others who take part know what they owe themselves.
        """
        if actor is SYSTEM:
            return self.all()
        if not isinstance(actor, User):
            return self.none()
        run = Q(process__in=Process.objects.run_by(actor, on))
        return self.filter(run | Q(process__in=planning(actor, on)) | _owing(actor, on))

    def owed_by(self, actor: User, on: date) -> Self:
        """Keep what ``actor`` owes by party, by a seat or by working for the secretariat."""
        run = Q(owner=Owner.SECRETARIAT, process__in=Process.objects.run_by(actor, on))
        seats = Seat.objects.held_by(actor, on).unless_suspended(on, "body__process")
        return self.filter(run | _owing(actor, on) | Q(body__in=seats.values("body")))


def planning(actor: Actor, on: date) -> models.QuerySet[Process]:
    """Return the processes whose whole plan is a matter of ``actor`` by party or presidency."""
    if not isinstance(actor, User):
        return Process.objects.none()
    members = Participation.objects.held_by(actor, on).unless_suspended(on)
    member = members.filter(status=Status.MEMBER).values("process")
    presided = presided_by(actor, on).values("process")
    return Process.objects.filter(Q(pk__in=member) | Q(pk__in=presided))


def _owing(actor: User, on: date) -> Q:
    present = Participation.objects.held_by(actor, on).unless_suspended(on)
    own = present.filter(
        status__in=TAKING_PART, process=OuterRef("process"), party=OuterRef("party")
    )
    return Q(Exists(own), owner=Owner.PARTY)


class OwedPaper(Versioned):
    """A paper that somebody owes for a meeting; ``document`` is what came of it."""

    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, related_name="owed_papers", verbose_name=_("process")
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="owed_papers", verbose_name=_("meeting")
    )
    title = TranslatedField(_("title"))
    owner = models.CharField(_("owed by"), max_length=20, choices=Owner)
    party = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("party"),
    )
    body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("body"),
    )
    languages = models.JSONField(_("languages"), default=list)
    days_before = models.PositiveSmallIntegerField(
        _("days before the meeting"), validators=[MaxValueValidator(730)]
    )
    document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="owed_as",
        verbose_name=_("paper"),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = OwedPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper owed")
        ordering = ["meeting__days_earliest", "meeting", "-days_before", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner=Owner.SECRETARIAT, party=None, body=None)
                | Q(owner=Owner.PARTY, party__isnull=False, body=None)
                | Q(owner=Owner.BODY, party=None, body__isnull=False),
                name="owed_paper_has_its_owner",
                violation_error_message=_("Name the party or the body that owes the paper."),
            )
        ]

    def __str__(self) -> str:
        return text_in(self.title)

    def clean(self) -> None:
        """Refuse what belongs to another process, and languages that we do not know."""
        for name in ("meeting", "body", "document"):
            row = getattr(self, name, None)
            if row is not None and row.process_id != self.process_id:
                raise ValidationError({name: _("This belongs to another process.")})
        known = settings.CONTENT_LANGUAGES
        if not self.languages or any(each not in known for each in self.languages):
            raise ValidationError({"languages": _("Choose at least one language.")})

    @property
    def due_between(self) -> tuple[date, date] | None:
        """The first and the last day on which it may be due, as exact as the meeting's first day.

        None where the meeting has no date, or none that begins.
        """
        first = self.meeting.days.partition("/")[0]
        if first in {"", ".."}:
            return None
        when = parse_date(first)
        assert when.earliest is not None
        assert when.latest is not None
        before = timedelta(days=self.days_before)
        return when.earliest - before, when.latest - before
