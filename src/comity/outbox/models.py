"""Mail that is kept with what caused it until it has left."""

import unicodedata
import uuid
from datetime import datetime
from email.utils import parseaddr
from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.store.models import StoredFile

MOST_ATTEMPTS = 8


def new_message_id() -> str:
    """Return the name under which one message is known, however often it is sent."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{uuid.uuid4()}@{domain}>"


def validate_one_line(text: str) -> None:
    """Refuse a text that would begin another header of the mail; French parts with spaces."""
    if any(not each.isprintable() and unicodedata.category(each) != "Zs" for each in text):
        raise ValidationError(_("Write this on one line."), code="header")


class MessageQuerySet(models.QuerySet["Message"]):
    """The questions one asks of messages."""

    def due(self, now: datetime) -> Self:
        """Keep what has not left, is in nobody's hands and is worth another attempt."""
        free = Q(leased_until=None) | Q(leased_until__lte=now)
        return self._open().filter(free, due_at__lte=now, attempts__lt=MOST_ATTEMPTS)

    def interrupted(self, now: datetime) -> Self:
        """Keep what a worker held when it died on the last attempt."""
        return self._open().filter(leased_until__lte=now, attempts__gte=MOST_ATTEMPTS)

    def waiting(self) -> Self:
        """Keep what is still to leave: in a demonstration nothing is, it stays where it is."""
        return self._open() if settings.OUTBOX_TRANSPORT else self.none()

    def _open(self) -> Self:
        return self.filter(sent_at=None, given_up_at=None)


class Message(models.Model):
    """One mail to one person: stored with the change that causes it, or not at all."""

    to = models.EmailField()
    sender = models.CharField(max_length=300, blank=True, validators=[validate_one_line])
    reply_to = models.CharField(max_length=300, blank=True, validators=[validate_one_line])
    language = models.CharField(max_length=10, blank=True)
    subject = models.CharField(max_length=300, validators=[validate_one_line])
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    cause = models.CharField(max_length=60)
    content_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    about = GenericForeignKey()
    key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    message_id = models.CharField(
        max_length=300, unique=True, default=new_message_id, editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="message_not_sent",
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
            ),
            models.Index(fields=["content_type", "object_id"], name="message_by_cause"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(given_up_at=None),
                name="message_sent_is_not_given_up",
            )
        ]

    def __str__(self) -> str:
        return self.subject


class Attachment(models.Model):
    """A file that goes out with a message, under the name that its reader sees."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, validators=[validate_one_line])

    class Meta:
        ordering = ["message", "pk"]

    def __str__(self) -> str:
        return self.name
