"""Where facts come from: sources, the places in them that facts rest on, and what they say.

A model whose facts have sources says ``citations = GenericRelation(Citation)``, and
``statements = GenericRelation(Statement)`` where sources may differ; both are then removed
with the row that they are about.
"""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comity.audit.models import Versioned
from comity.core.dates import EdgeField, FuzzyDateField
from comity.core.translated import TranslatedField, text_in
from comity.sources.locators import ReadingOrderField, address_of, short_form
from comity.sources.publishers import publisher_in_words


class Source(Versioned):
    """A document, data set or page that facts come from."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = TranslatedField(_("title"))
    symbol = models.CharField(_("symbol"), max_length=80, blank=True)
    issued = FuzzyDateField(_("issued"), blank=True)
    issued_earliest = EdgeField(of="issued", edge="earliest")
    issued_latest = EdgeField(of="issued", edge="latest")
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    note = TranslatedField(_("note"), blank=True, default=dict)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.symbol or text_in(self.title)

    def get_absolute_url(self) -> str:
        """Return the page that shows what rests on this source."""
        return reverse("sources:detail", args=[self.slug])

    @property
    def published_by(self) -> str:
        """Who issued it, in the reader's language where that is known."""
        return publisher_in_words(self.publisher)


class Located(models.Model):
    """Something that stands at one place of a source, about one object."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="%(class)ss")
    locator = models.CharField(_("place in the source"), max_length=200, blank=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey()

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Return the place on the page of the source; a query unless the source is loaded."""
        return address_of(self.source.slug, self.locator)

    @property
    def short(self) -> str:
        """The place as the quiet mark beside a fact shows it, in the reader's language."""
        return short_form(self.locator) or str(self.source)


class Citation(Located):
    """One place of a source on which a fact rests: a field of a row, or the whole row."""

    field = models.CharField(_("field"), max_length=60, blank=True)
    note = models.TextField(_("note"), blank=True)
    place_order = ReadingOrderField(of="locator")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "field", "source", "locator"],
                name="citation_once_for_each_fact_and_place",
            )
        ]
        indexes = [models.Index(fields=["source", "place_order"], name="citation_in_reading_order")]

    def __str__(self) -> str:
        return f"{self.source}, {self.locator}" if self.locator else str(self.source)


class Original(models.Model):
    """What a row said while it rested on its sources alone.

    It is kept when people first change or remove the row: so that a page does not let a source
    say what it never said, and a second loading does not bring back what was removed.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey()
    values = models.JSONField(_("what the sources said"))
    differing = models.JSONField(_("fields that say otherwise now"), default=list)
    changed_on = models.DateField(_("changed on"))
    grounds = models.CharField(_("source of the change"), max_length=300, blank=True)
    is_removed = models.BooleanField(_("removed"), default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], name="original_once_for_each_row"
            )
        ]

    def __str__(self) -> str:
        return ", ".join(self.differing)


class Grounds(models.Model):
    """Where something that people entered or changed comes from, in their words.

    A source that is described and cited has a page of its own; this is a note verbale, a letter or
    a call, which only the fact names.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey()
    words = models.CharField(_("source"), max_length=300)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "words"], name="grounds_once_for_each_row"
            )
        ]

    def __str__(self) -> str:
        return self.words


class Statement(Located):
    """What one source says of something on which sources, or parts of one, differ."""

    about = models.SlugField(_("subject"), max_length=60)
    value = TranslatedField(_("what the source says"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["content_type", "object_id", "about", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "about", "source", "locator"],
                name="statement_once_for_each_subject_and_place",
            )
        ]

    def __str__(self) -> str:
        return text_in(self.value)
