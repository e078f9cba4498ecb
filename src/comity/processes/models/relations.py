"""With whom a process works: partners, agreements, visits, requests, networks of contacts."""

from datetime import date
from typing import Self

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comity.accounts.authority import Actor
from comity.accounts.models import User
from comity.audit.models import Versioned
from comity.core.dates import EdgeField, FuzzyDateField
from comity.core.translated import TranslatedField, text_in
from comity.parties.models import Affiliation, Party
from comity.processes.models.meetings import Meeting
from comity.processes.models.processes import Process
from comity.sources.models import Citation


class Partnership(Versioned):
    """What a partner does for a process, in the words of the source."""

    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, null=True, blank=True, related_name="partnerships"
    )
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="partnerships"
    )
    partner_process = models.ForeignKey(
        Process, on_delete=models.PROTECT, null=True, blank=True, related_name="partner_in"
    )
    name_in_source = models.CharField(_("name in the source"), max_length=255)
    role = models.CharField(_("role"), max_length=255)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    citations = GenericRelation(Citation)

    class Meta:
        verbose_name = _("partnership")
        ordering = ["process", "order", "pk"]

    def __str__(self) -> str:
        return f"{self.name_in_source}: {self.role}"


class Agreement(Versioned):
    """A memorandum or agreement under which parties cooperate."""

    slug = models.SlugField(unique=True)
    title = TranslatedField(_("title"))
    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements"
    )
    parties = models.ManyToManyField(Party, related_name="agreements")
    signed = FuzzyDateField(_("signed"), blank=True)
    signed_earliest = EdgeField(of="signed", edge="earliest")
    note = models.CharField(_("note"), max_length=300, blank=True)
    citations = GenericRelation(Citation)

    class Meta:
        verbose_name = _("agreement")
        ordering = ["signed_earliest", "pk"]

    def __str__(self) -> str:
        return text_in(self.title)


class LiaisonVisitQuerySet(models.QuerySet["LiaisonVisit"]):
    """The questions one asks of liaison visits."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """Keep the visits that ``actor`` may know of on that day.

        - The secretariat of the process that pays a visit, which also reads the report.
        - The secretariat of the process that has it.
        """
        run = Process.objects.run_by(actor, on)
        return self.filter(Q(process__in=run) | Q(visited__in=run))


class LiaisonVisit(Versioned):
    """That one process was at a meeting of another, and what its people reported."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="visits_paid")
    visited = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="visits_had")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="visits"
    )
    days = FuzzyDateField(_("when"))
    days_earliest = EdgeField(of="days", edge="earliest")
    represented_by = models.CharField(_("represented by"), max_length=200)
    report = models.TextField(_("report"), blank=True)

    objects = LiaisonVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("liaison visit")
        ordering = ["-days_earliest", "pk"]

    def __str__(self) -> str:
        return f"{self.process} – {self.visited}"


class RequestState(models.TextChoices):
    """What became of a request."""

    RECEIVED = "received", _("received")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    DONE = "done", _("done")
    WITHDRAWN = "withdrawn", _("withdrawn")


# Nobody waits for anything any more.
CLOSED = (RequestState.DECLINED, RequestState.DONE, RequestState.WITHDRAWN)


class RequestQuerySet(models.QuerySet["Request"]):
    """The questions one asks of requests."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """Keep the requests that ``actor`` may read on that day.

        - The secretariat of the process reads all of them.
        - The people of a party read what their party asked.
        """
        if not isinstance(actor, User):
            return self.none()
        run = Process.objects.run_by(actor, on)
        return self.filter(Q(process__in=run) | Q(party__in=Party.objects.of(actor, on)))


class Request(Versioned):
    """Something that the secretariat was asked to do, by whom, and what came of it."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="requests")
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="requests"
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="requests"
    )
    asked = FuzzyDateField(_("asked"))
    asked_earliest = EdgeField(of="asked", edge="earliest")
    words = models.TextField(_("what was asked"))
    state = models.CharField(
        _("state"), max_length=20, choices=RequestState, default=RequestState.RECEIVED
    )
    answer = models.TextField(_("answer"), blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request")
        ordering = ["-asked_earliest", "pk"]

    def __str__(self) -> str:
        return self.words[:80]

    @property
    def is_closed(self) -> bool:
        """Whether nobody waits for anything any more."""
        return self.state in CLOSED


class Network(Versioned):
    """A network of contacts of a process: liaison officers, consulates, focal points."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="networks")
    name = TranslatedField(_("name"))

    class Meta:
        verbose_name = _("network")
        ordering = ["process", "pk"]

    def __str__(self) -> str:
        return text_in(self.name)


class Contact(Versioned):
    """A person in a network, by the affiliation that brings them there."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="contacts")
    affiliation = models.ForeignKey(Affiliation, on_delete=models.CASCADE, related_name="contacts")
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("contact")
        ordering = ["network", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "affiliation"],
                name="contact_once_in_network",
                violation_error_message=_("This person is in the network already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.affiliation)
