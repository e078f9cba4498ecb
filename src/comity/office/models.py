"""Drawings kept by what they draw, boundaries, templates of secretariats, workbooks that wait."""

import uuid
from datetime import datetime, timedelta
from typing import Final, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.accounts.authority import SYSTEM, Actor
from comity.accounts.models import User
from comity.audit.models import Versioned
from comity.core.translated import TranslatedField
from comity.office.registries import drawing_gates
from comity.store.models import StoredFile

PUBLIC = "public"
# What only the worker and the downloads need of a drawing.
NOT_SHOWN: Final = ("spec", "png")
# Within this a workbook is taken over, or sent anew; it may hold personal data.
WAITS_FOR = timedelta(hours=2)


class DrawingStatus(models.TextChoices):
    """How far a drawing is."""

    WAITING = "waiting", _("waiting")
    READY = "ready", _("ready")
    FAILED = "failed", _("failed")


class DrawingQuerySet(models.QuerySet["Drawing"]):
    """The questions one asks of drawings."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the drawings that ``actor`` may see.

        - A public drawing is seen by all.
        - Any other is seen by those whom a gate of a higher app lets through.
        - The platform itself sees all.
        """
        if actor is SYSTEM:
            return self.all()
        condition = Q(access=PUBLIC)
        for gate in drawing_gates:
            condition |= gate(actor)
        return self.filter(condition)

    def unfinished(self) -> Self:
        """Keep what is still to be drawn, or could not be."""
        return self.exclude(status=DrawingStatus.READY)

    def light(self) -> Self:
        """Leave out what only the worker and the downloads need."""
        return self.defer(*NOT_SHOWN)


class Drawing(models.Model):
    """A chart or map, kept under the hash of all that makes it look as it does.

    ``table`` holds the same figures as ``{"columns": […], "rows": [[…], …]}``. ``access`` is
    “public” or a key that only the gates of higher apps understand; it is part of the hash, so
    that a public drawing and a confidential one are never the same row.
    """

    key = models.CharField(max_length=64, unique=True)
    access = models.CharField(max_length=120)
    language = models.CharField(max_length=10)
    title = models.TextField()
    source = models.TextField(blank=True)
    spec = models.JSONField()
    table = models.JSONField()
    status = models.CharField(
        max_length=10, choices=DrawingStatus, default=DrawingStatus.WAITING, editable=False
    )
    svg = models.BinaryField(null=True)
    png = models.BinaryField(null=True)
    failure = models.TextField(blank=True)
    requested_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True)

    objects = DrawingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=DrawingStatus.READY, svg__isnull=False, png__isnull=False)
                | (~Q(status=DrawingStatus.READY) & Q(svg=None, png=None)),
                name="drawing_is_ready_with_its_pictures",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_ready(self) -> bool:
        """Whether the worker has drawn it."""
        return self.status == DrawingStatus.READY

    @property
    def is_failed(self) -> bool:
        """Whether the worker tried and could not."""
        return self.status == DrawingStatus.FAILED

    @property
    def csv_url(self) -> str:
        """The address of its table."""
        return reverse("office:drawing_csv", args=[self.key])

    @property
    def svg_url(self) -> str:
        """The address of its picture in lines."""
        return reverse("office:drawing_svg", args=[self.key])

    @property
    def png_url(self) -> str:
        """The address of its picture in dots."""
        return reverse("office:drawing_png", args=[self.key])


class Boundaries(models.Model):
    """The outlines of countries, thinned once so that a map of the world is light.

    A process may have an approved file of its own, with its own disclaimer.
    """

    name = models.SlugField(unique=True)
    disclaimer = TranslatedField(_("disclaimer"))
    source = models.TextField(_("source"))
    shapes = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "boundaries"

    def __str__(self) -> str:
        return self.name


class WordTemplate(Versioned):
    """A Word file with which an owner replaces the template that the platform brings.

    ``owner`` is a key such as “process:meridian”, understood by the gates of higher apps.
    """

    owner = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    language = models.CharField(max_length=10)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["owner", "kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "kind", "language"], name="template_once_for_owner_and_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language}, {self.owner}"

    def clean(self) -> None:
        """Refuse a language that texts cannot be in."""
        if self.language not in settings.CONTENT_LANGUAGES:
            raise ValidationError({"language": _("Unknown language.")}, code="language")


class WaitingWorkbookQuerySet(models.QuerySet["WaitingWorkbook"]):
    """The questions one asks of workbooks that wait."""

    def visible_to(self, actor: Actor, now: datetime) -> Self:
        """Keep those that ``actor`` has sent and may still take over; nobody else sees them."""
        if not isinstance(actor, User):
            return self.none()
        return self.filter(sent_by=actor, sent_at__gt=now - WAITS_FOR)

    def expired(self, now: datetime) -> Self:
        """Keep those that nobody took over in time."""
        return self.filter(sent_at__lte=now - WAITS_FOR)


class WaitingWorkbook(models.Model):
    """A workbook that was sent, and waits until its sender has seen what it would change."""

    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    subject = models.CharField(max_length=120)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    objects = WaitingWorkbookQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
