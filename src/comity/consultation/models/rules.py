"""What a process has decided on how its texts are negotiated."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.audit.models import Versioned
from comity.processes.models import Body, Process


class NamesShown(models.TextChoices):
    """Who sees which State proposed what; each reads its own, and the secretariat reads all."""

    AUDIENCE = "audience", gettext_lazy("all who may read the proposals")
    MEMBERS = "members", gettext_lazy("the members of the process")
    COMMITTEE = "committee", gettext_lazy("the presidency and the drafting committee")
    SECRETARIAT = "secretariat", gettext_lazy("the secretariat only")


class RecordAfter(models.TextChoices):
    """What becomes of the negotiating record when a text is adopted."""

    KEPT = "kept", gettext_lazy("kept")
    SEALED = "sealed", gettext_lazy("sealed")
    DESTROYED = "destroyed", gettext_lazy("destroyed")


class ConsultationRules(Versioned):
    """What one process has decided; a process without a row has what stands here as default."""

    process = models.OneToOneField(
        Process, on_delete=models.CASCADE, related_name="consultation_rules"
    )
    names_shown_to = models.CharField(
        gettext_lazy("who sees who proposed"),
        max_length=20,
        choices=NamesShown,
        default=NamesShown.COMMITTEE,
    )
    observers_read_drafts = models.BooleanField(
        gettext_lazy("observers read drafts of outcome texts"), default=False
    )
    record_after = models.CharField(
        gettext_lazy("after adoption, who proposed what is"),
        max_length=20,
        choices=RecordAfter,
        default=RecordAfter.KEPT,
    )
    committee = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("drafting committee"),
    )

    class Meta:
        verbose_name = gettext_lazy("rules of consultation")

    def __str__(self) -> str:
        return str(self.process)

    def clean(self) -> None:
        """Refuse a drafting committee of another process."""
        if self.committee and self.committee.process_id != self.process_id:
            raise ValidationError({"committee": _("This body belongs to another process.")})


def rules_of(process: Process) -> ConsultationRules:
    """Return what ``process`` has decided, or the defaults, which are not stored."""
    found = ConsultationRules.objects.filter(process=process).select_related("committee").first()
    return found or ConsultationRules(process=process)
