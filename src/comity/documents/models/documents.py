"""Documents, and who may read them."""

from datetime import date, datetime
from typing import Final, Self

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.accounts.authority import SYSTEM, Actor
from comity.accounts.models import User
from comity.audit.models import Versioned
from comity.core.dates import EdgeField, FuzzyDateField
from comity.core.translated import TranslatedField, text_in
from comity.processes.audiences import Addressed, Audience, addressed_to, presided_by
from comity.processes.models import Body, Meeting, Process, Subject
from comity.sources.models import Citation
from comity.sources.vocabulary import KINDS as WORDS

# What a secretariat may call a paper; each has its words in ``sources.vocabulary``.
KINDS: Final = (
    "agenda",
    "conclusions",
    "decision",
    "declaration",
    "draft declaration",
    "financial paper",
    "information note",
    "letter",
    "minutes",
    "note",
    "plan of action",
    "presidency conclusions",
    "press release",
    "programme of action",
    "report",
    "resolution",
    "rules",
    "technical paper",
    "terms of reference",
    "working paper",
)
# What the presidency reads under embargo: it is meant in each of these.
PRESIDED: Final = (Audience.PUBLIC, Audience.PARTICIPANTS, Audience.MEMBERS, Audience.CHAIR)


class PaperPart(models.TextChoices):
    """What a paper is of another one."""

    REVISION = "revision", _("revision")
    ADDENDUM = "addendum", _("addendum")
    CORRIGENDUM = "corrigendum", _("corrigendum")


# As symbols write them, in every language.
PARTS_WRITTEN: Final = {
    PaperPart.REVISION: "Rev.",
    PaperPart.ADDENDUM: "Add.",
    PaperPart.CORRIGENDUM: "Corr.",
}


class DocumentQuerySet(models.QuerySet["Document"]):
    """The questions one asks of documents."""

    def visible_to(self, actor: Actor, on: date | None = None) -> Self:
        """Keep the documents that ``actor`` may read on that day, today unless another is given.

        - A published document is read by its audience, see ``processes.audiences``.
        - Under embargo it is read by the presidency and the secretariat, as far as the presidency
          is in its audience; afterwards by its audience.
        - A draft is read by the secretariat of its process.
        - A withdrawn document is read by those who could read it: it says so.
        - The platform itself reads all; its administrator, as such, only what is public.
        """
        if actor is SYSTEM:
            return self.all()
        day = on or timezone.localdate()
        # The moment is the database's: pages keep the SQL of this question.
        is_free = Q(embargo_until=None) | Q(embargo_until__lte=Now())
        published = Q(is_free, addressed_to(Document, actor, day), published_at__isnull=False)
        if not isinstance(actor, User):
            return self.filter(published)
        early = Q(
            published_at__isnull=False,
            embargo_until__isnull=False,
            audience__in=PRESIDED,
            process__in=presided_by(actor, day).values("process"),
        )
        drafted = Q(process__in=Process.objects.run_by(actor, day))
        return self.filter(published | early | drafted)

    def latest_first(self) -> Self:
        """Order by day, the undated last."""
        return self.order_by(F("dated_latest").desc(nulls_last=True), "pk")


class Document(Addressed, Versioned):
    """A text or paper: a declaration, a plan of action, an agenda, a report."""

    slug = models.SlugField(unique=True, max_length=80)
    symbol = models.CharField(
        _("symbol"), max_length=60, blank=True, help_text=_("The reference printed on the paper.")
    )
    title = TranslatedField(_("title"))
    kind = models.CharField(_("kind"), max_length=60)
    dated = FuzzyDateField(_("date"), blank=True)
    dated_earliest = EdgeField(of="dated", edge="earliest")
    dated_latest = EdgeField(of="dated", edge="latest")
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("meeting"),
    )
    of_body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name=_("body it is for"),
    )
    part_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    part = models.CharField(_("part"), max_length=20, choices=PaperPart, blank=True)
    part_number = models.PositiveSmallIntegerField(_("number of the part"), null=True, blank=True)
    adopted_by = models.CharField(_("adopted by"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
        verbose_name=_("superseded by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_because = models.CharField(
        _("why it is withdrawn"), max_length=400, blank=True, editable=False
    )

    citations = GenericRelation(Citation)
    objects = DocumentQuerySet.as_manager()

    class Meta(Addressed.Meta):
        verbose_name = _("document")
        ordering = ["dated_earliest", "pk"]
        constraints = [
            *Addressed.Meta.constraints,
            models.UniqueConstraint(
                fields=["process", "symbol"],
                condition=~Q(symbol=""),
                name="document_symbol_once_in_process",
            ),
            models.UniqueConstraint(
                fields=["part_of", "part", "part_number"],
                name="document_part_once",
                violation_error_message=_("The paper has a part of this number already."),
            ),
            models.CheckConstraint(
                condition=Q(part_of=None, part="", part_number=None)
                | Q(part_of__isnull=False, part__in=PaperPart.values, part_number__gte=1),
                name="document_part_is_numbered",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_because="")
                | Q(~Q(withdrawn_because=""), withdrawn_at__isnull=False),
                name="document_withdrawn_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["process", "dated_earliest"], name="document_by_day")]

    def __str__(self) -> str:
        return text_in(self.title)

    def clean(self) -> None:
        """Refuse a body or a meeting of another process, and what supersedes itself."""
        super().clean()
        if self.of_body and self.of_body.process_id != self.process_id:
            raise ValidationError({"of_body": _("This body belongs to another process.")})
        if self.superseded_by_id is not None and self.superseded_by_id == self.pk:
            raise ValidationError({"superseded_by": _("A paper does not supersede itself.")})

    def get_absolute_url(self) -> str:
        """Return the address of the page about it."""
        return reverse("pages:document", args=[self.slug])

    @property
    def is_published(self) -> bool:
        """Whether the document is out; only then does its audience matter."""
        return self.published_at is not None

    @property
    def is_withdrawn(self) -> bool:
        """Whether its page only says that it was withdrawn, and why."""
        return self.withdrawn_at is not None

    @property
    def kind_in_words(self) -> str:
        """The kind in the reader's language; as its source has it where we have no words for it."""
        return str(WORDS.get(self.kind, self.kind))

    @property
    def out_at(self) -> datetime | None:
        """When its audience could first read it."""
        return max(filter(None, [self.published_at, self.embargo_until]), default=None)

    def is_embargoed(self, now: datetime) -> bool:
        """Tell whether its audience waits at that moment."""
        return self.embargo_until is not None and now < self.embargo_until


class DocumentSubject(Subject):
    """A thematic area or problem that a document sets out, in the words of the source."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="subjects")
