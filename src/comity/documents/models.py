"""Documents, and who may read them."""

from datetime import date
from typing import Self

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.accounts.authority import SYSTEM, Actor
from comity.audit.models import Versioned
from comity.core.dates import EdgeField, FuzzyDateField
from comity.core.translated import TranslatedField, text_in
from comity.processes.audiences import Addressed, addressed_to
from comity.processes.models import Meeting, Process, Subject
from comity.sources.models import Citation


class DocumentQuerySet(models.QuerySet["Document"]):
    """The questions one asks of documents."""

    def visible_to(self, actor: Actor, on: date | None = None) -> Self:
        """Keep the documents that ``actor`` may read on that day, today unless another is given.

        - A published document is read by its audience, see ``processes.audiences``.
        - A draft is read by the secretariat of its process.
        - The platform itself reads all; its administrator, as such, only what is public.
        """
        if actor is SYSTEM:
            return self.all()
        day = on or timezone.localdate()
        published = Q(addressed_to(Document, actor, day), published_at__isnull=False)
        drafted = Q(process__in=Process.objects.run_by(actor, day))
        return self.filter(published | drafted)

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
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="documents"
    )
    adopted_by = models.CharField(_("adopted by"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)

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
        ]
        indexes = [models.Index(fields=["process", "dated_earliest"], name="document_by_day")]

    def __str__(self) -> str:
        return text_in(self.title)

    def get_absolute_url(self) -> str:
        """Return the address of the page about it."""
        return reverse("pages:document", args=[self.slug])

    @property
    def is_published(self) -> bool:
        """Whether the document is out; only then does its audience matter."""
        return self.published_at is not None


class DocumentSubject(Subject):
    """A thematic area or problem that a document sets out, in the words of the source."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="subjects")
