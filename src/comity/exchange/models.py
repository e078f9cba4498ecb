"""Subscriptions to other installations, and what was fetched from them.

What is theirs stands in tables of its own: it is never mixed into our record, never edited here
and not handed on by our API.
"""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comity.audit.models import Versioned
from comity.core.dates import EdgeField, FuzzyDateField
from comity.core.texts import Worded
from comity.core.translated import TranslatedField, text_in
from comity.exchange.troubles import sentence_of
from comity.processes.models.meetings import CALLED_OFF, TENTATIVE


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """The questions one asks of subscriptions."""

    def due(self, now: datetime) -> Self:
        """Keep those that are to be fetched at ``now``."""
        return self.filter(is_paused=False, due_at__lte=now)


class Subscription(Versioned):
    """That we show the public processes of another installation, and how fetching them goes.

    People enter name, address and processes; the rest is kept by the worker and is no change of
    the row. ``tags`` are the ETags of the answers that the last good fetch was made of.
    """

    slug = models.SlugField(unique=True, max_length=80, editable=False)
    name = models.CharField(_("name of the installation"), max_length=120)
    address = models.CharField(_("address"), max_length=300, unique=True)
    processes = models.CharField(_("processes"), max_length=600, blank=True)
    is_paused = models.BooleanField(_("paused"), default=False)

    due_at = models.DateTimeField(editable=False)
    tried_at = models.DateTimeField(null=True, editable=False)
    fetched_at = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    trouble = models.CharField(max_length=30, blank=True, editable=False)
    trouble_details = models.JSONField(default=dict, editable=False)
    tags = models.JSONField(default=dict, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(trouble="") | Q(failures__gt=0),
                name="subscription_with_trouble_has_failed",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def wanted(self) -> list[str]:
        """The slugs of the processes asked for; none for all."""
        return self.processes.split()

    @property
    def problem(self) -> str:
        """Why the last attempt changed nothing, as a sentence; empty where it went well."""
        return sentence_of(self.trouble, self.trouble_details) if self.trouble else ""


class RemoteProcess(Worded):
    """A process of another installation, as it says."""

    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="remote_processes"
    )
    slug = models.SlugField(max_length=80)
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=60)
    name = TranslatedField()
    short_name = TranslatedField()
    region = models.CharField(max_length=40, blank=True)
    begins = FuzzyDateField(blank=True)
    note = TranslatedField(null=True, blank=True)
    participants = models.PositiveIntegerField()
    areas = models.JSONField(default=list, blank=True)
    link = models.CharField(max_length=600)
    is_made_up = models.BooleanField()
    their_version = models.PositiveIntegerField()

    class Meta:
        ordering = ["subscription", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subscription", "slug"], name="remote_process_once_in_subscription"
            )
        ]

    def __str__(self) -> str:
        return text_in(self.short_name)

    def get_absolute_url(self) -> str:
        """Return the address of our page about it."""
        return reverse("exchange:process", args=[self.subscription.slug, self.slug])


class RemoteMeeting(Worded):
    """A meeting of a process of another installation, as it says."""

    process = models.ForeignKey(RemoteProcess, on_delete=models.CASCADE, related_name="meetings")
    slug = models.SlugField(max_length=80)
    title = TranslatedField()
    kind = models.CharField(max_length=60)
    status = models.CharField(max_length=20)
    days = FuzzyDateField(blank=True)
    days_earliest = EdgeField(of="days", edge="earliest")
    days_latest = EdgeField(of="days", edge="latest")
    place = models.CharField(max_length=120, blank=True)
    organisers = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    link = models.CharField(max_length=600)
    their_version = models.PositiveIntegerField()

    class Meta:
        ordering = ["process", "days_earliest", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "slug"], name="remote_meeting_once_in_process"
            )
        ]
        indexes = [models.Index(fields=["days_earliest"], name="remote_meeting_by_day")]

    def __str__(self) -> str:
        return text_in(self.title)

    def get_absolute_url(self) -> str:
        """Return where it stands on our page about its process."""
        return f"{self.process.get_absolute_url()}#{self.slug}"

    @property
    def is_off(self) -> bool:
        """Whether it is not held on its days."""
        return self.status in CALLED_OFF

    @property
    def is_tentative(self) -> bool:
        """Whether it is not certain to be held."""
        return self.status in TENTATIVE
