"""The files of a paper: one for each language and form."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.accounts.authority import SYSTEM, Actor
from comity.audit.models import Versioned
from comity.documents.models.documents import Document
from comity.processes.models import Process
from comity.store.models import StoredFile


class VersionStatus(models.TextChoices):
    """What the words of a language version are worth."""

    ORIGINAL = "original", _("original")
    TRANSLATION = "translation", _("translation")
    UNOFFICIAL = "unofficial", _("unofficial translation")


class LanguageVersionQuerySet(models.QuerySet["LanguageVersion"]):
    """The questions one asks of the files of papers."""

    def visible_to(self, actor: Actor, on: date | None = None) -> Self:
        """Keep the files that ``actor`` may have on that day.

        Who may read a document has its files; those of a withdrawn one only the secretariat.
        """
        if actor is SYSTEM:
            return self.all()
        readable = Document.objects.visible_to(actor, on)
        return self.of_readable(actor, on).filter(document__in=readable)

    def of_readable(self, actor: Actor, on: date | None = None) -> Self:
        """Keep of the files of documents that ``actor`` may read those that they may have too.

        For whoever has found the documents by ``visible_to`` already: the policy is the same.
        """
        if actor is SYSTEM:
            return self.all()
        run = Process.objects.run_by(actor, on or timezone.localdate())
        return self.filter(Q(document__withdrawn_at=None) | Q(document__process__in=run))


class LanguageVersion(Versioned):
    """A paper in one language, as a file of one form."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    language = models.CharField(_("language"), max_length=10)
    status = models.CharField(_("status"), max_length=20, choices=VersionStatus)
    form = models.CharField(_("form"), max_length=10)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    crc32 = models.PositiveBigIntegerField(editable=False)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True, editable=False)
    kept_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = LanguageVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("language version")
        ordering = ["document", "language", "form"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "language", "form"], name="language_version_once_in_a_form"
            ),
            models.CheckConstraint(
                condition=Q(status__in=VersionStatus.values),
                name="language_version_status_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}.{self.form}"

    def get_absolute_url(self) -> str:
        """Return where the file is handed out."""
        return reverse("documents:file", args=[self.document.slug, self.language, self.form])

    @property
    def download_name(self) -> str:
        """The name under which the file is saved: the symbol, or the end of the address."""
        stem = (self.document.symbol or self.document.slug).replace("/", "-")
        return f"{stem}-{self.language}.{self.form}"


class Reading(models.Model):
    """The words that could be read from a file, so that the paper is found by them."""

    version = models.OneToOneField(
        LanguageVersion, on_delete=models.CASCADE, related_name="reading", primary_key=True
    )
    words = models.TextField(blank=True)
    is_recognised = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)
