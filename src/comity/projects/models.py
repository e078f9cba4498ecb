"""Projects that carry out what a process decides."""

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comity.audit.models import Versioned
from comity.core.dates import EdgeField, FuzzyDateField
from comity.core.translated import TranslatedField, text_in
from comity.parties.models import Party
from comity.processes.models import Process, Subject
from comity.sources.models import Citation


class Project(Versioned):
    """A project of a process, with what its source says of it; all of it is public."""

    slug = models.SlugField(unique=True, max_length=80)
    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, null=True, blank=True, related_name="projects"
    )
    title = TranslatedField(_("title"))
    is_named = models.BooleanField(_("named by the source"), default=True)
    begins = FuzzyDateField(_("from"), blank=True)
    begins_earliest = EdgeField(of="begins", edge="earliest")
    ends = FuzzyDateField(_("until"), blank=True)
    ends_latest = EdgeField(of="ends", edge="latest")
    status = models.CharField(_("status"), max_length=80, blank=True)
    implementer = models.CharField(_("implementer"), max_length=300, blank=True)
    plan = models.CharField(_("plan that holds it"), max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)

    citations = GenericRelation(Citation)

    class Meta:
        verbose_name = _("project")
        ordering = ["begins_earliest", "pk"]

    def __str__(self) -> str:
        return text_in(self.title)

    def get_absolute_url(self) -> str:
        """Return the address of the page about it."""
        return reverse("pages:project", args=[self.slug])


class ProjectCountry(models.Model):
    """A country in which a project works."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="countries")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="projects")
    name_in_source = models.CharField(_("name in the source"), max_length=255)
    order = models.PositiveSmallIntegerField(_("order"))
    citations = GenericRelation(Citation)

    class Meta:
        verbose_name = _("country of a project")
        ordering = ["project", "order"]
        constraints = [
            models.UniqueConstraint(fields=["project", "party"], name="country_once_in_project")
        ]

    def __str__(self) -> str:
        return self.name_in_source


class ProjectSubject(Subject):
    """What a project works on, in the words of the source."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="subjects")
