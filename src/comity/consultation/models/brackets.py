"""Brackets that were opened in a text, with their alternatives, and how each was lifted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from comity.accounts.models import User
from comity.audit.models import Versioned
from comity.consultation.models.consultations import Proposal
from comity.texts.models import Paragraph, Revision


class Bracket(Versioned):
    """Words of a paragraph on which there was no agreement, from one revision to another.

    The brackets themselves stand in the words; see ``consultation.brackets``.
    """

    paragraph = models.ForeignKey(Paragraph, on_delete=models.PROTECT, related_name="brackets")
    opened_in = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField()
    lifted_in = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    chosen = models.TextField(_("words chosen"), blank=True)

    class Meta:
        verbose_name = _("bracket")
        ordering = ["paragraph", "pk"]

    def __str__(self) -> str:
        return f"{self.paragraph_id}"


class Alternative(models.Model):
    """One of the wordings in a bracket; ``proposals`` are those that want it."""

    bracket = models.ForeignKey(Bracket, on_delete=models.CASCADE, related_name="alternatives")
    order = models.PositiveSmallIntegerField()
    # By language; empty where the alternative is to say nothing.
    words = models.JSONField(default=dict)
    proposals = models.ManyToManyField(Proposal, blank=True, related_name="alternatives")

    class Meta:
        verbose_name = _("alternative")
        ordering = ["bracket", "order"]
        constraints = [
            models.UniqueConstraint(fields=["bracket", "order"], name="alternative_once_in_order")
        ]

    def __str__(self) -> str:
        return str(self.order)
