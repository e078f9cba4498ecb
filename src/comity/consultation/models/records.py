"""What became of a negotiating record when its text was adopted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from comity.accounts.models import User
from comity.consultation.models.rules import RecordAfter
from comity.store.models import StoredFile
from comity.texts.models import Text


class ClosedRecord(models.Model):
    """The record of who proposed what on a text, sealed or destroyed.

    ``content`` is all that there was, for a sealed one. No page, list, search or export reads
    it: ``open_record`` alone does, for a reason that the presidency is told.
    """

    text = models.OneToOneField(Text, on_delete=models.PROTECT, related_name="closed_record")
    way = models.CharField(
        max_length=20,
        choices=[(each.value, each.label) for each in RecordAfter if each != RecordAfter.KEPT],
    )
    content = models.JSONField(null=True, blank=True)
    scans = models.ManyToManyField(StoredFile, related_name="+")
    closed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("negotiating record")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(way=RecordAfter.SEALED) | models.Q(content=None),
                name="closed_record_holds_nothing_when_destroyed",
            )
        ]

    def __str__(self) -> str:
        return str(self.text_id)


class RecordOpening(models.Model):
    """That somebody opened a sealed record, when and why."""

    record = models.ForeignKey(ClosedRecord, on_delete=models.PROTECT, related_name="openings")
    opened_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField()
    reason = models.TextField(_("reason"))

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.reason
