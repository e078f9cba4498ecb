"""Who takes part, sits and presides: the dated facts from which all standing follows."""

from datetime import date
from typing import Self, TypeVar

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comity.accounts.authority import Actor
from comity.accounts.models import User
from comity.audit.models import Versioned
from comity.core.dates import FuzzyDateField, parse_date, period_in_words
from comity.core.facts import Dated, certainly_overlapping, has_begun, in_force, perhaps_in_force
from comity.core.translated import TranslatedField, text_in
from comity.parties.models import Party
from comity.parties.models.parties import name_today
from comity.processes.models.meetings import Meeting
from comity.processes.models.processes import Process
from comity.sources.models import Citation, Statement

Fact = TypeVar("Fact", bound="Held")


def perhaps_held(on: date, at: str = "", process: str = "process__") -> Q:
    """Return the condition that a fact of a process may hold on that day.

    Nothing of a process holds before it began, however vaguely the source dates it. ``at`` is the
    path to the fact, ``process`` the one from there to its process.
    """
    return perhaps_in_force(on, at) & has_begun(on, f"{at}{process}")


class HeldQuerySet(models.QuerySet[Fact]):
    """The questions that all standing comes down to."""

    def held_by(self, actor: Actor, on: date) -> Self:
        """Keep what the parties of ``actor`` certainly hold on that day.

        Two facts must hold at once: the party's, and the person's affiliation to it.
        """
        if not isinstance(actor, User):
            return self.none()
        return self.filter(in_force(on), party__in=Party.objects.of(actor, on))

    def unless_suspended(self, on: date, process: str = "process") -> Self:
        """Leave out what is held by a party that may be barred from ``process`` that day."""
        barred = Participation.objects.filter(
            perhaps_in_force(on),
            status__in=BARRED,
            party=OuterRef("party"),
            process=OuterRef(process),
        )
        return self.exclude(Exists(barred))

    def on(self, day: date) -> Self:
        """Keep what holds, or may hold, on that day."""
        return self.filter(perhaps_in_force(day))


class Held(Dated, Versioned):
    """Something that a party holds for a time."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta(Dated.Meta):
        abstract = True


class Status(models.TextChoices):
    """How a party takes part in a process."""

    MEMBER = "member", _("member")
    PARTICIPANT = "participant", _("participant")
    OBSERVER = "observer", _("observer")
    INVITED = "invited", _("invited")
    PARTNER = "partner", _("partner")
    SUSPENDED = "suspended", _("suspended")
    WITHDRAWN = "withdrawn", _("withdrawn")
    CONTESTED = "contested", _("contested")


# What opens papers for participants; a source that says only “participant” opens no more.
TAKING_PART = (
    Status.MEMBER,
    Status.PARTICIPANT,
    Status.OBSERVER,
    Status.INVITED,
    Status.PARTNER,
)
BARRED = (Status.SUSPENDED, Status.WITHDRAWN)
# What the count of participants counts.
COUNTED = (Status.MEMBER, Status.PARTICIPANT)


class ParticipationQuerySet(HeldQuerySet[Fact]):
    """The questions one asks of who takes part."""

    def agreed(self, on: date) -> Self:
        """Keep what the party confirmed, or what nobody of it could: none of them signs in.

        What a secretariat enters is its own word. It opens the people of the party to nobody,
        neither to the secretariat nor to the members, until the party has said the same.
        """
        confirmed = Q(confirmed_at__isnull=False)
        return self.filter(confirmed | ~Q(party__in=Party.objects.signing_in(on)))

    def showing_people(self, on: date) -> Self:
        """Keep what lets others reach the people of a party: present, certain and agreed."""
        certain = self.filter(in_force(on), status__in=TAKING_PART)
        return certain.unless_suspended(on).agreed(on)


class Participation(Held):
    """How a party takes part in a process for a time."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="participations")
    status = models.CharField(_("status"), max_length=20, choices=Status)
    order = models.PositiveSmallIntegerField(_("order in the list"), default=0)
    for_territory = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="represented_in",
        verbose_name=_("on behalf of"),
    )
    since_meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="joined",
        verbose_name=_("began at"),
    )
    is_origin = models.BooleanField(_("country of origin"), default=False)
    is_transit = models.BooleanField(_("country of transit"), default=False)
    is_destination = models.BooleanField(_("country of destination"), default=False)
    name_in_source = models.CharField(_("name in the source"), max_length=255, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)

    confirmed_at = models.DateTimeField(
        _("confirmed by the party at"), null=True, blank=True, editable=False
    )
    confirmed_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("confirmed by"),
    )

    citations = GenericRelation(Citation)
    objects = ParticipationQuerySet.as_manager()

    class Meta(Held.Meta):
        verbose_name = _("participation")
        ordering = ["process", "order", "pk"]
        indexes = [models.Index(fields=["process", "status"], name="participation_by_status")]

    def __str__(self) -> str:
        return f"{self.party} – {self.get_status_display()}"

    def clean(self) -> None:
        """Refuse one on behalf of itself, and a second that certainly overlaps with this one."""
        super().clean()
        if self.party_id and self.for_territory_id == self.party_id:
            words = gettext("A party takes part on behalf of another, not of itself.")
            raise ValidationError({"for_territory": words}, code="itself")
        if not (self.process_id and self.party_id and self.begins):
            return
        others = Participation.objects.filter(
            certainly_overlapping(self),
            process=self.process_id,
            party=self.party_id,
            for_territory=self.for_territory_id,
        )
        if other := others.exclude(pk=self.pk).first():
            sentence = gettext(
                "This party takes part already: %(status)s, %(when)s. "
                "End that participation before these days, or correct it."
            ) % {
                "status": other.get_status_display(),
                "when": period_in_words(other.begins, other.ends),
            }
            raise ValidationError(sentence, code="duplicate")


class OpenSet(Versioned):
    """Participants that a source does not enumerate, such as “other relevant States”."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="open_sets")
    words = models.CharField(_("words"), max_length=200)
    note = models.CharField(_("note"), max_length=300, blank=True)
    citations = GenericRelation(Citation)

    class Meta:
        verbose_name = _("open set")
        ordering = ["process", "pk"]

    def __str__(self) -> str:
        return self.words


class Body(Versioned):
    """A part of a process that meets or works by itself, with its terms of reference."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="bodies")
    slug = models.SlugField(unique=True)
    name = TranslatedField(_("name"))
    kind = models.CharField(_("kind"), max_length=80)
    part_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    party = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bodies",
        verbose_name=_("is an office of"),
    )
    seat_or_members = models.CharField(_("seat or members"), max_length=300, blank=True)
    terms_of_reference = TranslatedField(_("terms of reference"), null=True, blank=True)
    begins = FuzzyDateField(_("since"), blank=True)
    ends = FuzzyDateField(_("until"), blank=True)

    citations = GenericRelation(Citation)

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["process", "pk"]

    def __str__(self) -> str:
        return text_in(self.name)


class Seat(Held):
    """The place of a party in a body for a time."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    note = models.CharField(_("note"), max_length=200, blank=True)
    citations = GenericRelation(Citation)
    objects = HeldQuerySet.as_manager()

    class Meta(Held.Meta):
        verbose_name = _("seat")
        ordering = ["body", "pk"]

    def __str__(self) -> str:
        return f"{self.party} – {self.body}"


class Office(models.TextChoices):
    """What a party may be entrusted with in a process."""

    PRESIDENCY = "presidency", _("Presidency")
    CO_CHAIR = "co-chair", _("Co-chair")
    SECRETARIAT = "secretariat", _("Secretariat")
    JOINT_SECRETARIAT = "joint-secretariat", _("Joint secretariat")
    COORDINATOR = "coordinator", _("Coordinator")
    LEAD_AGENCY = "lead-agency", _("Lead agency")
    BODY_CHAIR = "body-chair", _("Chair of a body")
    KEEPER = "keeper", _("Keeper of the record")


SECRETARIATS = (Office.SECRETARIAT, Office.JOINT_SECRETARIAT)
PRESIDENCIES = (Office.PRESIDENCY, Office.CO_CHAIR)
KEEPERS = (*SECRETARIATS, Office.KEEPER)
# Offices that one party holds at a time.
SINGLE = (Office.PRESIDENCY, Office.SECRETARIAT, Office.COORDINATOR, Office.BODY_CHAIR)


class Term(Held):
    """An office that a party holds in a process for a time."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="terms")
    office = models.CharField(_("office"), max_length=20, choices=Office)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="terms"
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    citations = GenericRelation(Citation)
    statements = GenericRelation(Statement)
    objects = HeldQuerySet.as_manager()

    class Meta(Held.Meta):
        verbose_name = _("term of office")
        verbose_name_plural = _("terms of office")
        ordering = ["process", "office", "begins_earliest", "pk"]
        constraints = [
            *Held.Meta.constraints,
            models.CheckConstraint(
                condition=Q(office=Office.BODY_CHAIR, body__isnull=False)
                | Q(~Q(office=Office.BODY_CHAIR), body=None),
                name="term_names_the_body_that_is_chaired",
                violation_error_message=_("Choose the body, and only for its chair."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} – {self.get_office_display()}"

    def clean(self) -> None:
        """Refuse a body of another process, and two who certainly hold one office at once."""
        super().clean()
        if self.body and self.body.process_id != self.process_id:
            raise ValidationError({"body": _("This body belongs to another process.")})
        if self.office not in SINGLE or not (self.process_id and self.begins):
            return
        others = Term.objects.filter(
            certainly_overlapping(self),
            process=self.process_id,
            office=self.office,
            body=self.body_id,
        )
        if other := others.exclude(pk=self.pk).first():
            raise ValidationError(self._overlaps(other), code="overlap")

    def _overlaps(self, other: "Term") -> str:
        """Return which term is in the way, and what helps."""
        first = parse_date(self.begins).earliest
        if not other.ends and first and other.begins_latest and first > other.begins_latest:
            words = gettext(
                "Another term covers these days: %(party)s, %(when)s. Hand the office over instead."
            )
        else:
            words = gettext(
                "Another term covers these days: %(party)s, %(when)s. "
                "Choose days outside that term, or correct it first."
            )
        names = {
            "party": name_today(other.party_id),
            "when": period_in_words(other.begins, other.ends),
        }
        return words % names


class Turn(models.Model):
    """The place of a party in the order in which the presidency goes round.

    Who is passed over keeps the place: it counts again from the presidency that begins next.
    """

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="rotation")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="turns")
    order = models.PositiveSmallIntegerField(_("order"))
    passed_over_on = models.DateField(_("passed over on"), null=True, blank=True)
    reason = models.CharField(_("reason for passing over"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("place in the rotation")
        ordering = ["process", "order"]
        constraints = [
            models.UniqueConstraint(fields=["process", "party"], name="turn_once_a_party"),
            models.UniqueConstraint(fields=["process", "order"], name="turn_order_once"),
            models.CheckConstraint(
                condition=Q(passed_over_on=None, reason="")
                | Q(~Q(reason=""), passed_over_on__isnull=False),
                name="turn_passed_over_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.party}"
