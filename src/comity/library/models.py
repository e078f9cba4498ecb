"""Studies, assessments and papers that inform a process."""

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comity.audit.models import Versioned
from comity.core.dates import EdgeField, FuzzyDateField
from comity.core.translated import TranslatedField, text_in
from comity.processes.models import Meeting, Process
from comity.sources.models import Citation


class Study(Versioned):
    """A study or paper, with what its source says of it; all of it is public."""

    slug = models.SlugField(unique=True, max_length=80)
    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, null=True, blank=True, related_name="studies"
    )
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="studies",
        verbose_name=_("submitted to"),
    )
    title = TranslatedField(_("title"))
    kind = models.CharField(_("kind"), max_length=80)
    year = FuzzyDateField(_("year"), blank=True)
    year_earliest = EdgeField(of="year", edge="earliest")
    year_latest = EdgeField(of="year", edge="latest")
    producer = models.CharField(_("author or producer"), max_length=300, blank=True)
    coverage = models.CharField(_("coverage"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)

    citations = GenericRelation(Citation)

    class Meta:
        verbose_name = _("study")
        verbose_name_plural = _("studies")
        ordering = ["year_earliest", "pk"]

    def __str__(self) -> str:
        return text_in(self.title)

    def get_absolute_url(self) -> str:
        """Return the address of the page about it."""
        return reverse("pages:study", args=[self.slug])
