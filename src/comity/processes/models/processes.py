"""Regional consultative processes: what they are called, where they stand, what they work on."""

from datetime import date
from typing import Self

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comity.accounts.authority import Actor
from comity.audit.models import Versioned
from comity.core.dates import EdgeField, FuzzyDateField
from comity.core.facts import Dated
from comity.core.translated import TranslatedField, text_in
from comity.parties.models import Party, Region
from comity.sources.models import Citation, Statement


class ProcessKind(models.TextChoices):
    """Whether it is a process, or something near one."""

    PROCESS = "process", _("Process")
    FORUM = "forum", _("Forum")


class ProcessQuerySet(models.QuerySet["Process"]):
    """The questions one asks of processes."""

    def run_by(self, actor: Actor, on: date) -> Self:
        """Keep the processes whose secretariat, alone or joint, ``actor`` works for that day."""
        from comity.processes.models.offices import SECRETARIATS, Term  # noqa: PLC0415 -- a cycle

        terms = Term.objects.held_by(actor, on).filter(office__in=SECRETARIATS)
        return self.filter(Exists(terms.filter(process=OuterRef("pk"))))

    def kept_by(self, actor: Actor, on: date) -> Self:
        """Keep the processes whose public record ``actor`` may edit on that day.

        That is their secretariat, and the keeper of the record where one is appointed; a
        keeper edits what everybody may read, and reads nothing else by that.
        """
        from comity.processes.models.offices import KEEPERS, Term  # noqa: PLC0415 -- a cycle

        terms = Term.objects.held_by(actor, on).filter(office__in=KEEPERS)
        return self.filter(Exists(terms.filter(process=OuterRef("pk"))))


class Process(Versioned):
    """A regional consultative process on migration, or a forum that may become one."""

    slug = models.SlugField(unique=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=ProcessKind, default=ProcessKind.PROCESS
    )
    name = TranslatedField(_("name"))
    short_name = TranslatedField(_("short name"))
    region = models.CharField(_("region"), max_length=20, choices=Region)
    order = models.PositiveSmallIntegerField(_("order in lists"), default=0)
    begins = FuzzyDateField(_("since"), blank=True)
    begins_earliest = EdgeField(of="begins", edge="earliest")
    note = TranslatedField(_("note"), null=True, blank=True)
    is_made_up = models.BooleanField(_("made up for demonstration"), default=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )

    citations = GenericRelation(Citation)
    statements = GenericRelation(Statement)
    objects = ProcessQuerySet.as_manager()

    class Meta:
        verbose_name = _("process")
        verbose_name_plural = _("processes")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return text_in(self.short_name)

    def get_absolute_url(self) -> str:
        """Return the address of the page about it."""
        return reverse("pages:process", args=[self.slug])


class StageKind(models.TextChoices):
    """Where a process stands in its life."""

    PROPOSED = "proposed", _("Proposed")
    ONE_OFF = "one-off", _("One-off meeting")
    ONGOING = "ongoing", _("Ongoing")
    DORMANT = "dormant", _("Dormant")
    CONCLUDED = "concluded", _("Concluded")
    MERGED = "merged", _("Merged into another")


class Stage(Dated, Versioned):
    """Where a process stands, for a time."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="stages")
    kind = models.CharField(_("stage"), max_length=20, choices=StageKind)
    note = models.TextField(_("note"), blank=True)

    citations = GenericRelation(Citation)

    class Meta(Dated.Meta):
        verbose_name = _("stage")
        ordering = ["process", "begins_earliest", "pk"]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Alias(Versioned):
    """Another name or spelling of a process, as somebody writes it."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("name"), max_length=300)
    language = models.CharField(_("language"), max_length=10, default="en")
    kind = models.CharField(_("kind of name"), max_length=60, blank=True)

    citations = GenericRelation(Citation)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["process", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "name", "kind"],
                name="alias_once_in_process",
                violation_error_message=_("The process has this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Theme(models.Model):
    """A subject that processes share; the words of each process stand in its areas."""

    slug = models.SlugField(unique=True)
    name = TranslatedField(_("name"))

    class Meta:
        verbose_name = _("theme")
        ordering = ["slug"]

    def __str__(self) -> str:
        return text_in(self.name)


class Area(Versioned):
    """An area of interest of a process, in its own words, and the themes it belongs to."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="areas")
    part_of = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="parts"
    )
    order = models.PositiveSmallIntegerField(_("number"))
    words = models.CharField(_("words of the process"), max_length=300)
    language = models.CharField(_("language"), max_length=10, default="en")
    themes = models.ManyToManyField(Theme, blank=True, related_name="areas")

    citations = GenericRelation(Citation)

    class Meta:
        verbose_name = _("area of interest")
        verbose_name_plural = _("areas of interest")
        ordering = ["process", "part_of__order", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "part_of", "order"],
                nulls_distinct=None,
                name="area_number_once",
                violation_error_message=_("There is an area with this number already."),
            )
        ]

    def __str__(self) -> str:
        return self.words


class Subject(models.Model):
    """What something of a process is about, in the words of its source."""

    kind = models.CharField(_("kind"), max_length=80)
    order = models.PositiveSmallIntegerField(_("number"))
    words = models.CharField(_("words"), max_length=300)
    citations = GenericRelation(Citation)

    class Meta:
        abstract = True
        ordering = ["kind", "order", "pk"]

    def __str__(self) -> str:
        return self.words


class ProcessSubject(Subject):
    """A key issue or subject that a source names for a process."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="subjects")


class Website(models.Model):
    """A web site of a process, with the date from which it is known."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="websites")
    url = models.URLField(_("address"), max_length=300)
    note = models.CharField(_("note"), max_length=200, blank=True)
    citations = GenericRelation(Citation)

    class Meta:
        verbose_name = _("web site")
        ordering = ["process", "pk"]

    def __str__(self) -> str:
        return self.url


class GroupingFocus(models.TextChoices):
    """Why a regional grouping is listed beside the processes."""

    FOCUS = "focus", _("Migration focus")
    INTEREST = "interest", _("Migration interest")


class Grouping(Versioned):
    """A regional grouping with a focus on migration or an interest in it."""

    region = models.CharField(_("region"), max_length=20, choices=Region)
    focus = models.CharField(_("column"), max_length=20, choices=GroupingFocus)
    order = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=200)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, null=True, blank=True, related_name="groupings"
    )
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="groupings"
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    citations = GenericRelation(Citation)

    class Meta:
        verbose_name = _("grouping")
        ordering = ["region", "focus", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "focus", "order"], name="grouping_number_once"
            ),
            models.CheckConstraint(
                condition=Q(process=None) | Q(party=None), name="grouping_is_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return self.name
