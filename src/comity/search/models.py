"""The index: rows written in the same transaction as what they index.

The full-text index over them is the database's own and follows each row by itself: an FTS5
table with triggers on SQLite, a generated column on PostgreSQL (see the migration).
"""

from django.contrib.contenttypes.models import ContentType
from django.db import models


class SearchEntry(models.Model):
    """One passage by which an object is found, in one language."""

    kind = models.CharField(max_length=40)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    language = models.CharField(max_length=10, blank=True)
    title = models.TextField()
    text = models.TextField(blank=True)
    url = models.CharField(max_length=500)
    sort_on = models.DateField(null=True)
    weight = models.FloatField(default=1.0)
    is_made_up = models.BooleanField(default=False)
    # Whether everybody may see it: what most rows are, known without asking for their keys.
    is_public = models.BooleanField(default=False)
    folded_title = models.TextField(blank=True)
    folded_text = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "search entries"
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="entry_by_target"),
            # All that is asked of an entry before its texts are read, without reading them.
            models.Index(
                fields=[
                    "id",
                    "is_public",
                    "kind",
                    "content_type",
                    "object_id",
                    "language",
                    "weight",
                ],
                name="entry_head",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EntryKey(models.Model):
    """A key with which an entry is found: whoever holds one of its keys may see it."""

    entry = models.ForeignKey(
        SearchEntry, on_delete=models.CASCADE, related_name="keys", db_index=False
    )
    key = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "key"], name="entry_opened_once_by_each_key")
        ]

    def __str__(self) -> str:
        return self.key
