"""The bare meeting: what, when and where; agendas and delegations stand on it."""

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comity.audit.models import Versioned
from comity.core.dates import LONGEST, EdgeField, FuzzyDateField, parse_date
from comity.core.translated import TranslatedField, text_in
from comity.parties.models import Party
from comity.processes.models.processes import Process, Subject
from comity.sources.models import Citation

MOST_DAYS = 366


class Series(Versioned):
    """A series of meetings of a process, and how many a source counts."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="series")
    name = TranslatedField(_("name"))
    count_stated = models.PositiveSmallIntegerField(_("number stated"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    citations = GenericRelation(Citation)

    class Meta:
        verbose_name = _("series of meetings")
        ordering = ["process", "pk"]

    def __str__(self) -> str:
        return text_in(self.name)


class MeetingStatus(models.TextChoices):
    """How far a meeting has come."""

    PROPOSED = "proposed", _("proposed")
    PLANNED = "planned", _("planned")
    LISTED = "listed", _("listed; the source does not say that it was held")
    CONFIRMED = "confirmed", _("confirmed")
    CONVENED = "convened", _("convened")
    IN_SESSION = "in-session", _("in session")
    HELD = "held", _("held")
    POSTPONED = "postponed", _("postponed")
    CANCELLED = "cancelled", _("cancelled")


AHEAD = (
    MeetingStatus.PROPOSED,
    MeetingStatus.PLANNED,
    MeetingStatus.LISTED,
    MeetingStatus.CONFIRMED,
    MeetingStatus.CONVENED,
    MeetingStatus.POSTPONED,
)


# What a meeting comes to by an act of its own, which says why.
CALLED_OFF = (MeetingStatus.POSTPONED, MeetingStatus.CANCELLED)
# Not certain to be held.
TENTATIVE = (MeetingStatus.PROPOSED, MeetingStatus.PLANNED, MeetingStatus.LISTED)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """The questions one asks of meetings."""

    def latest_first(self) -> "MeetingQuerySet":
        """Order by day, the undated last."""
        return self.order_by(F("days_latest").desc(nulls_last=True), "-days_earliest", "pk")


def validate_days(text: str) -> None:
    """Accept what a meeting may lie on: no more than a year, where both its days are given."""
    try:
        when = parse_date(text)
    except ValidationError:
        return  # its field refuses it, or it has none
    if when.earliest is None or when.latest is None or len(text) != LONGEST:
        return
    if (when.latest - when.earliest).days >= MOST_DAYS:
        raise ValidationError(
            _("A meeting lasts no more than %(count)d days."),
            code="days",
            params={"count": MOST_DAYS},
        )


class Meeting(Versioned):
    """A meeting of a process, of a forum, or of neither."""

    slug = models.SlugField(unique=True, max_length=80)
    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    number = models.PositiveSmallIntegerField(_("number in the series"), null=True, blank=True)
    title = TranslatedField(_("title"))
    kind = models.CharField(_("kind"), max_length=60)
    status = models.CharField(_("status"), max_length=20, choices=MeetingStatus)
    days = FuzzyDateField(_("when"), blank=True)
    days_earliest = EdgeField(of="days", edge="earliest")
    days_latest = EdgeField(of="days", edge="latest")
    place = models.CharField(_("place"), max_length=120, blank=True)
    country = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings_in"
    )
    place_basis = models.CharField(_("how the place is known"), max_length=60, blank=True)
    organisers = models.CharField(_("organisers"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=600, blank=True)

    citations = GenericRelation(Citation)
    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        ordering = ["days_earliest", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=MeetingStatus.values), name="meeting_status_is_known"
            ),
            models.UniqueConstraint(
                fields=["series", "number"],
                name="meeting_number_once_in_series",
                violation_error_message=_("The series has a meeting with this number already."),
            ),
        ]
        indexes = [models.Index(fields=["process", "days_earliest"], name="meeting_by_day")]

    def __str__(self) -> str:
        return text_in(self.title)

    def clean(self) -> None:
        """Refuse days of which there are too many for one meeting."""
        try:
            validate_days(self.days)
        except ValidationError as error:
            raise ValidationError({"days": error}) from error

    def get_absolute_url(self) -> str:
        """Return the address of the page about it."""
        return reverse("pages:meeting", args=[self.slug])

    @property
    def is_off(self) -> bool:
        """Whether it is not held on its days."""
        return self.status in CALLED_OFF

    @property
    def is_tentative(self) -> bool:
        """Whether it is not certain to be held."""
        return self.status in TENTATIVE


class MeetingSubject(Subject):
    """What a meeting was about, in the words of the source."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="subjects")


class Attendance(models.Model):
    """That a source names a party, or a group of them, for a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    order = models.PositiveSmallIntegerField(_("order"))
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    name_in_source = models.CharField(_("name in the source"), max_length=255)
    role = models.CharField(_("role"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    citations = GenericRelation(Citation)

    class Meta:
        verbose_name = _("attendance")
        ordering = ["meeting", "order"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "order"], name="attendance_order_once")
        ]

    def __str__(self) -> str:
        return self.name_in_source
