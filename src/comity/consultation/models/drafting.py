"""The drafting committee at work: who writes, and which text is on a laptop without network."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comity.accounts.models import User
from comity.audit.models import Versioned
from comity.texts.models import Revision, Text


class Pen(Versioned):
    """Who writes in a text now: one person, until the pen runs out, is handed on or laid down."""

    text = models.OneToOneField(Text, on_delete=models.CASCADE, related_name="pen")
    holder = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who writes"),
    )
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("pen")
        constraints = [
            models.CheckConstraint(
                condition=Q(holder=None, until=None) | Q(holder__isnull=False, until__isnull=False),
                name="pen_is_held_until_a_moment",
            )
        ]

    def __str__(self) -> str:
        return str(self.text_id)

    def held_at(self, moment: datetime) -> User | None:
        """Return who writes at that moment; a pen that ran out lies on the table."""
        return self.holder if self.until is not None and self.until > moment else None


class CheckoutState(models.TextChoices):
    """Where a text that was taken along is."""

    OUT = "out", _("taken along")
    BROUGHT = "brought", _("brought back, to be looked at")
    RETURNED = "returned", _("taken over")
    DROPPED = "dropped", _("given up")


class Checkout(Versioned):
    """A draft in one language, taken along on a laptop as a file.

    ``base`` is what each passage said when it left, by paragraph; ``brought`` what the file says
    that came back.
    """

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="checkouts")
    language = models.CharField(_("language"), max_length=10)
    state = models.CharField(max_length=10, choices=CheckoutState, default=CheckoutState.OUT)
    base = models.JSONField()
    brought = models.JSONField(null=True, blank=True)
    taken_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("text taken along")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.revision_id} ({self.language})"
