"""What a process has approved: names with footnotes, the order of its languages, and the map."""

from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comity.audit.models import Versioned
from comity.core.translated import TranslatedField, text_in
from comity.office.models import Boundaries
from comity.parties.models import Party
from comity.processes.models.processes import Process
from comity.store.models import StoredFile

# What stands behind a name: signs or digits that no name ends with.
MARK = r"^[*†‡§¶#0-9]{1,4}$"


def approved_on(on: date, prefix: str = "") -> Q:
    """Return the condition that what stands at ``prefix`` is approved and in force that day."""
    unended = Q(**{f"{prefix}ends": None}) | Q(**{f"{prefix}ends__gte": on})
    return Q(**{f"{prefix}begins__lte": on}) & unended


class Approved(Versioned):
    """Something that is prepared, approved from a day on, and one day followed by the next.

    It is in force from ``begins`` to ``ends``, both included; without a beginning it is only
    prepared. Approved, it is never changed again: its successor is.
    """

    begins = models.DateField(_("in force from"), null=True, blank=True)
    ends = models.DateField(_("in force until"), null=True, blank=True)
    decision = models.CharField(_("decision"), max_length=300, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(begins__isnull=False, ends__gte=F("begins")),
                name="%(class)s_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(begins=None) | ~Q(decision=""),
                name="%(class)s_in_force_has_its_decision",
            ),
            models.UniqueConstraint(fields=["process", "begins"], name="%(class)s_once_from_a_day"),
        ]

    @property
    def is_prepared(self) -> bool:
        """Whether nobody has approved it yet."""
        return self.begins is None

    def is_in_force(self, on: date) -> bool:
        """Whether it is approved and in force on that day."""
        return bool(self.begins and self.begins <= on and (self.ends is None or self.ends >= on))


class ApprovedList(Approved):
    """The names of the participants as a process has approved them, in its languages."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="approved_lists")
    languages = models.JSONField(_("languages"), default=list)

    class Meta(Approved.Meta):
        verbose_name = _("list of names")
        ordering = ["process", F("begins").desc(nulls_first=True), "-pk"]
        constraints = [
            *Approved.Meta.constraints,
            models.UniqueConstraint(
                fields=["process"],
                condition=Q(begins=None),
                name="approvedlist_prepared_once_in_process",
                violation_error_message=_("A list is being prepared already."),
            ),
        ]

    def __str__(self) -> str:
        return self.decision or str(_("List in preparation"))

    def get_absolute_url(self) -> str:
        """Return the address of the page about it."""
        return reverse("processes:approved_list", args=[self.process.slug, self.pk])


class Footnote(Versioned):
    """Words that stand under every list in which a name has its mark."""

    listed_in = models.ForeignKey(ApprovedList, on_delete=models.CASCADE, related_name="footnotes")
    mark = models.CharField(
        _("mark"),
        max_length=4,
        validators=[
            RegexValidator(MARK, _("Take signs such as * † ‡ § ¶ #, or digits: four at most."))
        ],
        help_text=_("What stands behind the name, such as “*”."),
    )
    text = TranslatedField(_("text"))

    class Meta:
        verbose_name = _("footnote")
        ordering = ["listed_in", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["listed_in", "mark"],
                name="footnote_mark_once_in_list",
                violation_error_message=_("There is a footnote with this mark already."),
            )
        ]

    def __str__(self) -> str:
        return self.mark


class ApprovedName(Versioned):
    """What a party is called in a process, in each language, and where it stands there.

    ``positions`` is its place in the protocol order of each language, as in
    ``{"en": 3, "fr": 7}``.
    """

    listed_in = models.ForeignKey(ApprovedList, on_delete=models.CASCADE, related_name="names")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="approved_names")
    name = TranslatedField(_("name"))
    positions = models.JSONField(_("protocol order"), default=dict, blank=True)
    footnote = models.ForeignKey(
        Footnote,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="names",
        verbose_name=_("footnote"),
    )

    class Meta:
        verbose_name = _("approved name")
        ordering = ["listed_in", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["listed_in", "party"],
                name="party_once_in_approved_list",
                violation_error_message=_("The party is in the list already."),
            )
        ]

    def __str__(self) -> str:
        return text_in(self.name)


class ApprovedMap(Approved):
    """The outlines and the disclaimer that the maps of a process use.

    Without ``boundaries`` of its own it keeps the outlines of the platform, and says only
    what stands beside them. ``extent`` is west, south, east and north of the outlines.
    """

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="approved_maps")
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    file_name = models.CharField(_("file"), max_length=255, blank=True)
    boundaries = models.ForeignKey(
        Boundaries, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    extent = models.JSONField(null=True, blank=True, editable=False)
    source = models.CharField(_("source of the outlines"), max_length=300, blank=True)
    disclaimer = TranslatedField(_("disclaimer"))

    class Meta(Approved.Meta):
        verbose_name = _("map")
        ordering = ["process", F("begins").desc(nulls_first=True), "-pk"]
        constraints = [
            *Approved.Meta.constraints,
            models.CheckConstraint(
                condition=Q(boundaries=None, file=None, extent=None)
                | Q(boundaries__isnull=False, file__isnull=False, extent__isnull=False),
                name="approvedmap_has_its_file_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name or str(_("The outlines of the platform"))

    def get_absolute_url(self) -> str:
        """Return the address of the page about it."""
        return reverse("processes:approved_map", args=[self.process.slug, self.pk])
